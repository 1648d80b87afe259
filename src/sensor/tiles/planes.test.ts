import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planesByTile, planesOf, type Planes } from './planes.ts';

const SIZE = { width: 64, height: 48 };
const LUMA_BYTES = SIZE.width * SIZE.height;

const filled = (red: number, green: number, blue: number): Uint8ClampedArray => {
  const rgba = new Uint8ClampedArray(4 * LUMA_BYTES);
  for (let pixel = 0; pixel < LUMA_BYTES; pixel += 1) rgba.set([red, green, blue, 255], 4 * pixel);
  return rgba;
};
const level = fc.nat(255);

it('is BT.709 in full range, to a level', () => {
  fc.assert(
    fc.property(level, level, level, (red, green, blue) => {
      const { data } = planesOf(filled(red, green, blue), SIZE);
      const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      const [u, v] = [128 + (blue - luma) / 1.8556, 128 + (red - luma) / 1.5748];
      expect(Math.abs((data[0] ?? 0) - luma)).toBeLessThanOrEqual(0.51);
      expect(Math.abs((data[LUMA_BYTES] ?? 0) - u)).toBeLessThanOrEqual(0.51);
      expect(Math.abs((data[1.25 * LUMA_BYTES] ?? 0) - v)).toBeLessThanOrEqual(0.51);
      // One colour throughout.
      expect(new Set(data.subarray(0, LUMA_BYTES)).size).toBe(1);
      expect(new Set(data.subarray(LUMA_BYTES, 1.25 * LUMA_BYTES)).size).toBe(1);
    }),
    { numRuns: 30 },
  );
});

it('has the mean colour of each square of four pixels', () => {
  const rgba = filled(0, 0, 0);
  rgba.set([200, 0, 0], 0);
  rgba.set([0, 0, 100], 4 * (SIZE.width + 1));
  const { data } = planesOf(rgba, SIZE);
  const [red, blue] = [200 / 4, 100 / 4];
  const luma = 0.2126 * red + 0.0722 * blue;
  expect(data[LUMA_BYTES]).toBe(Math.round(128 + (blue - luma) / 1.8556));
  expect(data[1.25 * LUMA_BYTES]).toBe(Math.round(128 + (red - luma) / 1.5748));
  expect(data[LUMA_BYTES + 1]).toBe(128);
});

it('takes every pixel from one of two pictures: of kept tiles from the one above', () => {
  const uniform = (value: number): Planes => ({
    size: SIZE,
    data: new Uint8Array(1.5 * LUMA_BYTES).fill(value),
  });
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }), (kept) => {
      const { data } = planesByTile(uniform(1), uniform(2), kept, '4x4');
      // Tiles of 16 × 12 pixels, whose edges are moved to the next multiple of 8.
      const rows = [0, 16, 24, 40, 48];
      kept.forEach((isKept, tile) => {
        const [left, top] = [16 * (tile % 4), rows[Math.floor(tile / 4)] ?? 0];
        const bottom = (rows[Math.floor(tile / 4) + 1] ?? 0) - 1;
        for (const y of [top, bottom]) {
          for (const x of [left, left + 15]) {
            const chroma = LUMA_BYTES + Math.floor(y / 2) * (SIZE.width / 2) + Math.floor(x / 2);
            const values = [data[y * SIZE.width + x], data[chroma], data[chroma + LUMA_BYTES / 4]];
            expect(values).toEqual(isKept ? [2, 2, 2] : [1, 1, 1]);
          }
        }
      });
    }),
    { numRuns: 50 },
  );
});
