/**
 * Serves the built lab on the loopback interface with the headers that make a page cross-origin isolated, without
 * which there is no SharedArrayBuffer and so no wasm threads. Beside the build it can serve single files.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
};

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-cache',
};

export interface LabServer {
  /** Address of the lab, ends in "/". */
  readonly url: string;
  /** Makes a file reachable. @returns its address */
  readonly share: (file: string) => string;
  readonly close: () => Promise<void>;
}

export interface LabServerOptions {
  /** Directory of the build. */
  readonly root: string;
  /** First port to try, the next ones after it; 0: any free one. */
  readonly port?: number;
}

/** Ports tried after the wished one before giving up. */
const PORTS_TRIED = 50;

/** @throws Error in a sentence when no port is free */
export async function startLabServer({ root, port = 0 }: LabServerOptions): Promise<LabServer> {
  const shared = new Map<string, string>();
  const server = createServer((request, response) => {
    answer(request, response, path.resolve(root), shared).catch(() => {
      response.destroy();
    });
  });
  const url = `http://127.0.0.1:${await listen(server, port)}/`;
  return {
    url,
    share: (file) => {
      const at = `shared/${shared.size}/${encodeURIComponent(path.basename(file))}`;
      shared.set(`/${at}`, file);
      return url + at;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  for (let tried = port; ; tried += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(tried, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server has no port.');
      return address.port;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || tried === 0 || tried >= port + PORTS_TRIED) {
        throw new Error(`No port from ${port} on could be opened on 127.0.0.1: ${String(error)}.`, {
          cause: error,
        });
      }
    }
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  shared: ReadonlyMap<string, string>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const file = shared.get(pathname) ?? inside(root, pathname);
  const found = file === undefined ? null : await stat(file).catch(() => null);
  if (file === undefined || found?.isFile() !== true) {
    response.writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain' }).end('There is no such file.\n');
    return;
  }
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  const headers = { ...HEADERS, 'Content-Type': type, 'Accept-Ranges': 'bytes' };
  const range = rangeOf(request.headers.range, found.size);
  if (range === undefined) {
    response.writeHead(200, { ...headers, 'Content-Length': found.size });
  } else {
    const [start, end] = range;
    const part = {
      'Content-Length': end - start + 1,
      'Content-Range': `bytes ${start}-${end}/${found.size}`,
    };
    response.writeHead(206, { ...headers, ...part });
  }
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file, range && { start: range[0], end: range[1] }), response);
}

/** First and last byte of a range request, without which a video cannot be wound back; undefined: all of it. */
function rangeOf(header: string | undefined, size: number): [number, number] | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start <= end ? [start, end] : undefined;
}

/** The file below the root that a path names; undefined for one outside. */
function inside(root: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const file = path.join(root, decoded.endsWith('/') ? `${decoded}index.html` : decoded);
  return file.startsWith(root + path.sep) ? file : undefined;
}
