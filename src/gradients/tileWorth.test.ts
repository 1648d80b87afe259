import { describe, expect, it } from 'vitest';
import { blockWeights, type Gradient } from './accGrad.ts';
import { tileWorth, type EncodedPicture } from './tileWorth.ts';

const SIZE = { width: 64, height: 64 };

/** A picture of one grey level, another one within the left upper 16×16 pixels. */
function picture(level: number, corner: number, bytes: number): EncodedPicture {
  const pixels = new Uint8ClampedArray(SIZE.width * SIZE.height * 4);
  for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel += 1) {
    const inCorner = pixel % SIZE.width < 16 && pixel < 16 * SIZE.width;
    pixels.fill(inCorner ? corner : level, 4 * pixel, 4 * pixel + 4);
  }
  return { pixels, bytes };
}

const gradientOf = (value: number, count = 2): Gradient => ({
  values: new Float32Array(SIZE.width * SIZE.height * 3).fill(value),
  size: SIZE,
  count,
});

const ORIGINAL = picture(100, 100, 0).pixels;

describe('what a tile is worth', () => {
  it('is the weighted error that full quality takes from it, and nothing elsewhere', () => {
    const gradient = gradientOf(0.5);
    const pictures = {
      full: picture(101, 101, 1000),
      low: picture(101, 110, 900),
      step: picture(102, 102, 800),
      original: ORIGINAL,
      tooCoarse: false,
    };
    const worth = tileWorth(gradient, blockWeights(gradient), pictures, '4x4');
    // 16×16 pixels, 3 colours, 9 grey levels more error, weight 3 · 0.5, per one of two candidates.
    expect(worth?.values[0]).toBeCloseTo((256 * 3 * 9 * 1.5) / 2);
    expect(worth?.values.slice(1).every((value) => value === 0)).toBe(true);
    expect(worth?.bytes).toBe(1000);
    expect(worth?.tooCoarse).toBe(false);
    expect(worth?.savedBytes[0]).toBeCloseTo(100);
    expect(worth?.savedBytes.slice(1).every((bytes) => bytes === 0)).toBe(true);
    // One grey level more everywhere saves 200 bytes.
    expect(worth?.bytesPerError).toBeCloseTo(200 / ((64 * 64 * 3 * 1.5) / 2));
  });

  it('is negative where the low quality is nearer to the captured frame', () => {
    const gradient = gradientOf(1);
    const pictures = {
      full: picture(100, 120, 1000),
      low: picture(100, 105, 900),
      step: picture(101, 120, 800),
      original: ORIGINAL,
      tooCoarse: false,
    };
    expect(tileWorth(gradient, blockWeights(gradient), pictures, '4x4')?.values[0]).toBeLessThan(0);
  });

  it('is unknown where nothing can be found', () => {
    const gradient = gradientOf(0, 0);
    const one = picture(100, 100, 1);
    const pictures = { full: one, low: one, step: one, original: ORIGINAL, tooCoarse: true };
    expect(tileWorth(gradient, blockWeights(gradient), pictures, '4x4')).toBeNull();
  });
});
