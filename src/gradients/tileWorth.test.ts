import { describe, expect, it } from 'vitest';
import { blockWeights, type Gradient } from './accGrad.ts';
import { overInterval, tileWorth, type EncodedPicture } from './tileWorth.ts';

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
    };
    const worth = tileWorth(gradient, blockWeights(gradient), pictures, '4x4');
    // 16×16 pixels, 3 colours, 9 grey levels more error, weight 3 · 0.5, per one of two candidates.
    expect(worth?.values[0]).toBeCloseTo((256 * 3 * 9 * 1.5) / 2);
    expect(worth?.values.slice(1).every((value) => value === 0)).toBe(true);
    expect(worth?.bytes).toBe(1000);
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
    };
    expect(tileWorth(gradient, blockWeights(gradient), pictures, '4x4')?.values[0]).toBeLessThan(0);
  });

  it('is unknown where nothing can be found', () => {
    const gradient = gradientOf(0, 0);
    const one = picture(100, 100, 1);
    const pictures = { full: one, low: one, step: one, original: ORIGINAL };
    expect(tileWorth(gradient, blockWeights(gradient), pictures, '4x4')).toBeNull();
  });
});

describe('over an interval', () => {
  /** Two tiles of a key frame of 1000 bytes; giving both up saves half of it. */
  const worth = { values: [1, 2], bytes: 1000, savedBytes: [100, 400], bytesPerError: 10 };

  it('delta frames are saved where something moves', () => {
    const all = overInterval(worth, {
      keyFrames: 1,
      deltaBytes: 2000,
      kept: [true, true],
      motion: [30, 10],
      filtered: true,
    });
    expect(all.bytes).toBe(3000);
    expect(all.filtered).toBe(true);
    expect(all.savedBytes).toEqual([100 + 750, 400 + 250]);
    expect(all.bytesPerError).toBeCloseTo(30);
    expect(all.values).toBe(worth.values);
  });

  it('of tiles that were given up less was sent than they would have taken', () => {
    const full = overInterval(worth, {
      keyFrames: 1,
      deltaBytes: 2000,
      kept: [true, true],
      motion: [1, 1],
      filtered: false,
    });
    // The second tile has half of the motion, and half of its bytes were sent.
    const sent = overInterval(worth, {
      keyFrames: 1,
      deltaBytes: 1500,
      kept: [true, false],
      motion: [1, 1],
      filtered: false,
    });
    expect(sent.bytes).toBeCloseTo(full.bytes);
    sent.savedBytes.forEach((saved, tile) => {
      expect(saved).toBeCloseTo(full.savedBytes[tile] ?? 0);
    });
  });

  it('without motion or delta frames it is what its key frames are, and rare ones count as many times less', () => {
    const still = { keyFrames: 1, deltaBytes: 0, kept: [true, false], motion: [0, 0], filtered: false };
    expect(overInterval(worth, still)).toEqual({ ...worth, filtered: false });
    const rare = overInterval(worth, { ...still, keyFrames: 0.1 });
    expect(rare.bytes).toBeCloseTo(100);
    expect(rare.savedBytes[1]).toBeCloseTo(40);
    expect(rare.bytesPerError).toBeCloseTo(1);
  });
});
