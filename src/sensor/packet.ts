import type { Codec } from '../domain/experiment.ts';

/** One encoded frame on its way over the link. Its `data` is the encoder's output, byte for byte. */
export interface Packet {
  readonly codec: Codec;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly key: boolean;
  readonly timestampMicros: number;
}
