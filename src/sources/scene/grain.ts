/** The one texture of the scene: tileable noise from which all surfaces take their grain. */
import { hash, uniform } from './rng.ts';

export const GRAIN_SIDE = 256;

/** Smooth noise that repeats after `cells` cells, in [0, 1]. */
function valueNoise(x: number, y: number, cells: number, key: number): number {
  const [cx, cy] = [Math.floor(x), Math.floor(y)];
  const fade = (t: number): number => t * t * (3 - 2 * t);
  const corner = (i: number, j: number): number =>
    uniform(key, (((cx + i) % cells) + cells) % cells, (((cy + j) % cells) + cells) % cells);
  const [tx, ty] = [fade(x - cx), fade(y - cy)];
  const upper = corner(0, 0) * (1 - tx) + corner(1, 0) * tx;
  const lower = corner(0, 1) * (1 - tx) + corner(1, 1) * tx;
  return upper * (1 - ty) + lower * ty;
}

/** Octaves of noise from `cells` cells a side on, spread to use the whole of [0, 1]. */
function fractal(u: number, v: number, cells: number, octaves: number, key: number): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let octave = 0; octave < octaves; octave++) {
    const n = cells * 2 ** octave;
    sum += weight * valueNoise(u * n, v * n, n, key + octave);
    total += weight;
    weight *= 0.55;
  }
  return Math.min(1, Math.max(0, 0.5 + (sum / total - 0.5) * 1.7));
}

/** RGBA bytes: white grain, medium fractal, coarse fractal, a second grain. */
export function grainPixels(): Uint8Array {
  const pixels = new Uint8Array(GRAIN_SIDE * GRAIN_SIDE * 4);
  for (let y = 0; y < GRAIN_SIDE; y++) {
    for (let x = 0; x < GRAIN_SIDE; x++) {
      const [u, v] = [x / GRAIN_SIDE, y / GRAIN_SIDE];
      const at = (y * GRAIN_SIDE + x) * 4;
      const bits = hash(5, x, y);
      pixels[at] = bits & 255;
      pixels[at + 1] = 255 * fractal(u, v, 16, 3, 100);
      pixels[at + 2] = 255 * fractal(u, v, 4, 4, 200);
      pixels[at + 3] = (bits >>> 8) & 255;
    }
  }
  return pixels;
}
