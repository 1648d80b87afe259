/**
 * Reducto's "area" (SIGCOMM 2020): the largest connected region in which two frames, blurred, differ, as a share of the
 * frame. The blur keeps sensor noise and codec ringing out of it.
 */
import { CHANGED_LEVELS } from './pixelFeature.ts';
import { filtered, type Luma } from './luma.ts';

/** An 11×11 Gaussian, its deviation as OpenCV derives it from the size: 0.3·((11 − 1)/2 − 1) + 0.8. */
const RADIUS = 5;
const DEVIATION = 2;

const gaussian = (): number[] => {
  const weights = Array.from({ length: 2 * RADIUS + 1 }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * DEVIATION ** 2)),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
};
const WEIGHTS = gaussian();

/** Made once a frame. */
export const blurred = (luma: Luma): Luma => filtered(luma, WEIGHTS);

/** @param a {@link blurred}, as b */
export function areaDifference(a: Luma, b: Luma): number {
  const { width, height } = a.size;
  const changed = Uint8Array.from(a.values, (value, i) =>
    Math.abs(value - (b.values[i] ?? 0)) > CHANGED_LEVELS ? 1 : 0,
  );
  const open: number[] = [];
  const take = (at: number): void => {
    if (changed[at] !== 1) return;
    changed[at] = 0;
    open.push(at);
  };
  let largest = 0;
  for (let start = 0; start < changed.length; start += 1) {
    take(start);
    let area = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      area += 1;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
          take(row * width + column);
        }
      }
    }
    largest = Math.max(largest, area);
  }
  return largest / changed.length;
}
