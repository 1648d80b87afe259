import type { Codec } from '../domain/experiment.ts';

/** Between the passes of a frame: a stream's time has to go on. */
export const PASS_MICROS = 1;

/** One captured frame, encoded, on its way over the link. Its `data` is the encoder's output, byte for byte. */
export interface Packet {
  readonly codec: Codec;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly key: boolean;
  /** Bytes of each of its encodes, of which the last one is shown: one, or two where tiles have a quality of their own (tiles/twoPasses.ts). */
  readonly passes: readonly number[];
  readonly timestampMicros: number;
  /**
   * How the encoder made YUV of RGB, which the decoder must be told: Chromium's VP9 stream is of full range and does not say so, and
   * decoded as the limited range that is taken for granted its contrast grows by a sixth. null where the encoder says nothing.
   */
  readonly colourSpace: VideoColorSpaceInit | null;
}
