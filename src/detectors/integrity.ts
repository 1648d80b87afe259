/** Whether a fetched file is the one that the lab was tested with, told by its size and its SHA-256. */
import { FetchError } from './fetchError.ts';

/** A file as it was when its address was registered. */
export interface PinnedFile {
  /** Its name, the last part of its address. */
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal, lower case. */
  readonly sha256: string;
}

/** The address gave other bytes than those that are pinned. */
export class IntegrityError extends FetchError {}

/** Enough of a hash for a person to compare, hexadecimal digits. */
const SHOWN_DIGITS = 12;

/** SHA-256 in hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Are these the pinned bytes? */
export async function isIntact(bytes: Uint8Array<ArrayBuffer>, pinned: PinnedFile): Promise<boolean> {
  return bytes.byteLength === pinned.bytes && (await sha256(bytes)) === pinned.sha256;
}

/** @throws IntegrityError in full sentences when these are not the pinned bytes */
export async function checkIntegrity(
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  pinned: PinnedFile,
): Promise<void> {
  if (await isIntact(bytes, pinned)) return;
  const described = (size: number, hash: string): string =>
    `${size} bytes with SHA-256 ${hash.slice(0, SHOWN_DIGITS)}…`;
  throw new IntegrityError(
    `${pinned.name} from ${new URL(url).host} is another file than the one that the lab was tested with: ` +
      `${described(pinned.bytes, pinned.sha256)} were expected, ${described(bytes.byteLength, await sha256(bytes))} came. ` +
      'Nothing of it is used or kept. Try again in another network, or choose another detector.',
  );
}
