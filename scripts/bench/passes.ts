/** What both sides of the benchmark have in common: the picture and what is timed. */
import type { Size } from '../../src/domain/size.ts';

export interface Passes {
  /** Milliseconds of a forward pass with its read-back. */
  forward(): Promise<number>;
  /** Milliseconds of a forward and a backward pass to the pixels, with the gradient's read-back. */
  forwardBackward(): Promise<number>;
}

/** RGBA noise, the same each time. */
export const picture = ({ width, height }: Size): Uint8ClampedArray<ArrayBuffer> =>
  Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 2654435761) >>> 24);
