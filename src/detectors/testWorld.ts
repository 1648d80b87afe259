/** For tests: a browser's cache and a server that are a few lines long. */
import { vi } from 'vitest';

export interface TestWorld {
  /** What the cache holds, by address. */
  readonly cached: Map<string, Response>;
  /** Addresses that the server was asked for, in order. */
  readonly asked: string[];
}

/** @param answer body for an address; an Error where the network fails. Ends with vi.unstubAllGlobals(). */
export function testWorld(answer: (url: string) => BodyInit | Error): TestWorld {
  const cached = new Map<string, Response>();
  const asked: string[] = [];
  const cache = {
    match: (url: string) => Promise.resolve(cached.get(url)?.clone()),
    put: (url: string, response: Response) => Promise.resolve(cached.set(url, response)),
    delete: (url: string) => Promise.resolve(cached.delete(url)),
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const body = answer(url);
    return body instanceof Error ? Promise.reject(body) : Promise.resolve(new Response(body));
  });
  return { cached, asked };
}
