/** Fetches a model's files with progress, and keeps them in the browser's Cache so that they work offline. */
import { openCache } from './cache.ts';
import { FetchError } from './fetchError.ts';
import { checkIntegrity, isIntact, type PinnedFile } from './integrity.ts';

export interface Wanted {
  readonly url: string;
  /** The address can never mean other bytes (it names a commit): the cache is asked first, the network after. */
  readonly immutable: boolean;
  /** Bytes where they are known beforehand. */
  readonly expectedBytes?: number;
  /** What the file must be, from the network and from the cache. */
  readonly pinned?: PinnedFile;
}

/** Told while bytes arrive. total null: unknown. */
export type OnBytes = (received: number, total: number | null) => void;

export interface Download {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Puts the bytes into the cache. For the caller, once they have proved readable: what is no model must be fetched anew
   * the next time, above all where the cache is asked first.
   */
  keep(): Promise<void>;
}

/** The server does not have the file, or cannot be asked for it. */
export class UnavailableError extends FetchError {}

/**
 * The bytes behind a URL, from the network or, where that fails, from the cache.
 * @throws UnavailableError when the server has no such file, or cannot be reached and the file was never fetched before
 * @throws IntegrityError when the server gives another file than the pinned one
 * @throws FetchError when the download breaks off
 */
export async function download(wanted: Wanted, onBytes: OnBytes): Promise<Download> {
  const { url, immutable, pinned } = wanted;
  const cache = await openCache();
  const cached = await readCached(cache, wanted);
  if (cached && immutable) return cached;
  let response: Response;
  // Before the first byte too: a slow server is what is being waited for.
  onBytes(0, knownTotal(wanted));
  try {
    // The browser's own cache would keep a second copy, which Remove does not reach and which may be a bad one.
    const unkept: RequestInit = pinned && cache ? { cache: 'no-store' } : {};
    response = await fetch(url, { mode: 'cors', credentials: 'omit', ...unkept });
  } catch (error) {
    if (cached) return cached;
    throw new UnavailableError(unreachable(wanted), { cause: error });
  }
  if (!response.ok) {
    throw new UnavailableError(refused(wanted, response.status));
  }
  const bytes = await readBody(response, wanted, onBytes);
  if (pinned) await checkIntegrity(url, bytes, pinned);
  const keep = async (): Promise<void> => {
    await cache
      ?.put(url, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }))
      .catch(() => undefined); // A full or forbidden cache costs only the next download.
  };
  return { bytes, keep };
}

/** Nobody typed the address of a pinned file: it may be offline, but it is not wrong. */
const unreachable = ({ url, pinned }: Wanted): string =>
  pinned
    ? `${pinned.name} could not be fetched from ${new URL(url).host}: this machine is offline, or the server is gone. ` +
      'Check the connection and try again.'
    : `The address ${url} could not be fetched: the machine is offline, the server is gone, or it does not allow other ` +
      'pages to read its files (CORS). Check the connection, or download the model and bring it as files.';

const refused = ({ url, pinned }: Wanted, status: number): string =>
  pinned
    ? `${pinned.name} could not be fetched from ${new URL(url).host}: the server answered ${status}. ` +
      'Try again later.'
    : `The address ${url} could not be fetched: the server answered ${status}. Check the address of the model.`;

/** The kept copy; one that is no longer what it must be is dropped, and null given for it. */
async function readCached(cache: Cache | null, { url, pinned }: Wanted): Promise<Download | null> {
  const response = await cache?.match(url);
  if (!response) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!pinned || (await isIntact(bytes, pinned))) return { bytes, keep: () => Promise.resolve() };
  await cache?.delete(url);
  return null;
}

const knownTotal = ({ pinned, expectedBytes }: Wanted): number | null =>
  pinned?.bytes ?? expectedBytes ?? null;

async function readBody(
  response: Response,
  wanted: Wanted,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get('Content-Length') ?? 0);
  const compressed = response.headers.has('Content-Encoding');
  const total = knownTotal(wanted) ?? (announced > 0 && !compressed ? announced : null);
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      chunks.push(part.value);
      received += part.value.byteLength;
      onBytes(received, total);
    }
  } catch (error) {
    throw new FetchError(`The download of ${wanted.url} broke off after ${received} bytes. Try again.`, {
      cause: error,
    });
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
