/** DNNGrad on a finer grid, where what the detector would see at a larger input size can be laid beside it. */
import type { Size } from '../domain/size.ts';
import type { Gradient } from './accGrad.ts';

/**
 * The gradient by the pixels of a larger picture of which the detector sees each block of pixels as one: a pixel has its
 * share of the one in which it lies. An even change of all pixels changes the utility as before.
 * @param size pixels
 */
export function resizedGradient({ values, size: from, count }: Gradient, size: Size): Gradient {
  const { width, height } = size;
  const resized = new Float32Array(width * height * 3);
  const share = (from.width * from.height) / (width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * from.height) / height) * from.width;
    for (let x = 0; x < width; x += 1) {
      const source = 3 * (row + Math.floor(((x + 0.5) * from.width) / width));
      const at = 3 * (y * width + x);
      for (let colour = 0; colour < 3; colour += 1) {
        resized[at + colour] = (values[source + colour] ?? 0) * share;
      }
    }
  }
  return { values: resized, size, count };
}
