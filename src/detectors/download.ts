/** Fetches a model's files with progress, and keeps them in the browser's Cache so that they work offline. */
import type { OnProgress } from './progress.ts';

/** Name of the Cache; another number makes old entries unused. */
const CACHE_NAME = 'oneadapt-models-1';

export interface Wanted {
  readonly url: string;
  /** What the progress bar says. */
  readonly label: string;
  /** The address can never mean other bytes (it names a commit): the cache is asked first, the network after. */
  readonly immutable: boolean;
  /** Bytes where they are known beforehand. */
  readonly expectedBytes?: number;
}

export interface Download {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Puts the bytes into the cache. For the caller, once they have proved readable: what is no model must be fetched anew
   * the next time, above all where the cache is asked first.
   */
  keep(): Promise<void>;
}

/** The server does not have the file, or cannot be asked for it. */
export class UnavailableError extends Error {}

/** The Cache exists only in a secure context; without it files are simply fetched anew. */
async function openCache(): Promise<Cache | null> {
  if (typeof caches === 'undefined') return null;
  return caches.open(CACHE_NAME).catch(() => null);
}

/**
 * The bytes behind a URL, from the network or, where that fails, from the cache.
 * @throws UnavailableError when the server has no such file, or cannot be reached and the file was never fetched before
 * @throws Error when the download breaks off
 */
export async function download(wanted: Wanted, onProgress: OnProgress): Promise<Download> {
  const cache = await openCache();
  const cached = await cache?.match(wanted.url);
  if (cached && wanted.immutable) return kept(cached);
  let response: Response;
  try {
    response = await fetch(wanted.url, { mode: 'cors', credentials: 'omit' });
  } catch (error) {
    if (cached) return kept(cached);
    throw new UnavailableError(
      `The address ${wanted.url} could not be fetched: the machine is offline, the server is gone, or it does not allow other ` +
        'pages to read its files (CORS). Check the connection, or download the model and bring it as files.',
      { cause: error },
    );
  }
  if (!response.ok) {
    throw new UnavailableError(
      `The address ${wanted.url} could not be fetched: the server answered ${response.status}. Check the address of the model.`,
    );
  }
  const bytes = await readBody(response, wanted, onProgress);
  const keep = async (): Promise<void> => {
    await cache
      ?.put(wanted.url, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }))
      .catch(() => undefined); // A full or forbidden cache costs only the next download.
  };
  return { bytes, keep };
}

const kept = async (cached: Response): Promise<Download> => ({
  bytes: new Uint8Array(await cached.arrayBuffer()),
  keep: () => Promise.resolve(),
});

async function readBody(
  response: Response,
  { url, label, expectedBytes }: Wanted,
  onProgress: OnProgress,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get('Content-Length') ?? 0);
  const compressed = response.headers.has('Content-Encoding');
  const total = expectedBytes ?? (announced > 0 && !compressed ? announced : null);
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      chunks.push(part.value);
      received += part.value.byteLength;
      onProgress(label, total === null ? null : Math.min(1, received / total));
    }
  } catch (error) {
    throw new Error(`The download of ${url} broke off after ${received} bytes. Try again.`, { cause: error });
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
