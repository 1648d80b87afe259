import type { Codec } from '../domain/experiment.ts';

/** One encoded frame on its way over the link. Its `data` is the encoder's output, byte for byte. */
export interface Packet {
  readonly codec: Codec;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly key: boolean;
  readonly timestampMicros: number;
  /**
   * How the encoder made YUV of RGB, which the decoder must be told: Chromium's VP9 stream is of full range and does not say so, and
   * decoded as the limited range that is taken for granted its contrast grows by a sixth. null where the encoder says nothing.
   */
  readonly colourSpace: VideoColorSpaceInit | null;
}
