/**
 * Decodes a stream and detects what it shows. What was detected can be remembered by content: the bytes from the last key
 * frame on decide what a decoder shows, so that the same bytes need not be looked at twice.
 */
import type { DetectResult } from '../detectors/detector.ts';
import { settingKey } from '../domain/serverKnobs.ts';
import { createStreamDecoder } from '../sensor/frameDecoder.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Look } from './serverProbe.ts';
import type { Setup } from './setups.ts';

/** The newest frame of a stream as it was seen. */
export interface Sight {
  readonly result: DetectResult;
  /** Time of the look when it was made, with the enhancement before it, milliseconds. */
  readonly elapsedMs: number;
  /** As captured. */
  readonly seconds: number;
  /** null where it was not wanted. */
  readonly image: ImageBitmap | null;
}

export interface Watcher {
  /**
   * @param packets since the last call, oldest first; the newest frame is looked at
   * @param picture is the decoded frame wanted?
   * @returns null where no packet came
   */
  see(packets: readonly Packet[], setup: Setup, picture: boolean): Promise<Sight | null>;
  /** The frame that was seen last, which stays the watcher's; undefined before the first. */
  look(): Promise<Look | undefined>;
}

interface Remembered {
  readonly result: DetectResult;
  readonly elapsedMs: number;
}

export interface Memory {
  get(key: string): Remembered | undefined;
  set(key: string, seen: Remembered): void;
}

/** Boxes of some seconds at a few hundred configurations. */
const LARGEST_MEMORY = 4000;

/** The newest entries; the oldest makes room. */
export function createMemory(): Memory {
  const entries = new Map<string, Remembered>();
  return {
    get: (key) => entries.get(key),
    set(key, seen) {
      entries.set(key, seen);
      const [oldest] = entries.keys();
      if (entries.size > LARGEST_MEMORY && oldest !== undefined) entries.delete(oldest);
    },
  };
}

/** @param memory null: nothing is remembered */
export function createWatcher(memory: Memory | null): Watcher {
  const decoder = createStreamDecoder();
  /** Of the bytes since the last key frame. */
  let content = '';
  /** Seen by its content alone and not yet decoded. */
  let pending: Packet[] = [];
  let frame: VideoFrame | undefined;
  let last: { readonly setup: Setup; readonly result: DetectResult } | undefined;
  let pixels: Uint8ClampedArray<ArrayBuffer> | undefined;

  const decode = async (): Promise<void> => {
    const due = pending;
    pending = [];
    for (const packet of due) {
      frame?.close();
      frame = undefined;
      frame = await decoder.decode(packet);
    }
  };
  const pixelsOf = async ({ scaler, enhance }: Setup, scaled?: () => void): Promise<typeof pixels> => {
    await decode();
    const picture = frame && scaler.pixels(frame);
    scaled?.();
    return picture && enhance(picture);
  };

  return {
    async see(packets, setup, picture) {
      const newest = packets.at(-1);
      if (!newest) return null;
      // What comes before a key frame does not matter to what it shows, and would be kept for as long as everything is remembered.
      const from = packets.findLastIndex(({ key }) => key);
      pending = from < 0 ? [...pending, ...packets] : packets.slice(from);
      if (memory)
        for (const { key, codec, data } of packets) content = digest(`${key ? '' : content} ${codec}`, data);
      const key = `${content} ${settingKey(setup.setting)}`;
      pixels = undefined;
      let seen = memory?.get(key);
      if (!seen) {
        let start = 0;
        pixels = await pixelsOf(setup, () => (start = performance.now()));
        if (!pixels) throw new Error('A stream was looked at before its first frame had come.');
        const result = await setup.detector.detect(pixels);
        seen = { result, elapsedMs: performance.now() - start };
        memory?.set(key, seen);
      }
      last = { setup, result: seen.result };
      if (picture) await decode();
      const image = picture && frame ? await createImageBitmap(frame) : null;
      return { ...seen, seconds: newest.timestampMicros / 1e6, image };
    },
    async look() {
      if (!last) return undefined;
      pixels ??= await pixelsOf(last.setup);
      return frame && pixels ? { ...last, frame, pixels } : undefined;
    },
  };
}

/** Two hashes of 32 bits (FNV-1a, with different seeds) of what came before and the bytes. */
function digest(before: string, data: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  const add = (byte: number): void => {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x01000193) ^ (b >>> 15);
  };
  for (let i = 0; i < before.length; i += 1) add(before.charCodeAt(i));
  for (const byte of data) add(byte);
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}.${data.length}`;
}
