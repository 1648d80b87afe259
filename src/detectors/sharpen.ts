/**
 * The enhancement that the lab offers: an unsharp mask on the luma. A low resolution and a coarse quantizer take fine detail
 * first; this gives what is left of it more weight, learns nothing and costs a few operations a pixel.
 */
import type { Size } from '../domain/size.ts';

/** How much of the detail is added once more. */
const AMOUNT = 0.6;

/**
 * luma′ = luma + {@link AMOUNT}·(luma − blurred luma), the change given to all three colours; the blur is binomial, 3×3.
 * @param rgba 4 bytes a pixel; left as it is
 */
export function sharpen(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  { width, height }: Size,
): Uint8ClampedArray<ArrayBuffer> {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const at = 4 * pixel;
    luma[pixel] = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
  }
  const across = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const start = row * width;
    for (let x = 0; x < width; x += 1) {
      const left = luma[start + Math.max(0, x - 1)] ?? 0;
      const right = luma[start + Math.min(width - 1, x + 1)] ?? 0;
      across[start + x] = (left + 2 * (luma[start + x] ?? 0) + right) / 4;
    }
  }
  const result = new Uint8ClampedArray(rgba);
  for (let row = 0; row < height; row += 1) {
    const [above, here, below] = [Math.max(0, row - 1), row, Math.min(height - 1, row + 1)].map(
      (r) => r * width,
    ) as [number, number, number];
    for (let x = 0; x < width; x += 1) {
      const blurred = ((across[above + x] ?? 0) + 2 * (across[here + x] ?? 0) + (across[below + x] ?? 0)) / 4;
      const detail = AMOUNT * ((luma[here + x] ?? 0) - blurred);
      const at = 4 * (here + x);
      for (let colour = at; colour < at + 3; colour += 1) result[colour] = (rgba[colour] ?? 0) + detail;
    }
  }
  return result;
}
