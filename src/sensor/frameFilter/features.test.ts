import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaDifference, blurred } from './areaFeature.ts';
import { edgeDifference, edgesOf } from './edgeFeature.ts';
import { lumaOf, type Luma } from './luma.ts';
import { pixelDifference } from './pixelFeature.ts';

const SIZE = { width: 40, height: 30 };

/** A dark frame with bright rectangles [x, y, width, height]. */
function frame(...rectangles: readonly (readonly [number, number, number, number])[]): Luma {
  const values = new Float32Array(SIZE.width * SIZE.height).fill(40);
  for (const [left, top, width, height] of rectangles) {
    for (let y = top; y < top + height; y += 1) {
      values.fill(200, y * SIZE.width + left, y * SIZE.width + left + width);
    }
  }
  return { size: SIZE, values };
}

const area = (a: Luma, b: Luma): number => areaDifference(blurred(a), blurred(b));
const edge = (a: Luma, b: Luma): number => edgeDifference(edgesOf(a), edgesOf(b));
const FEATURES = { pixel: pixelDifference, area, edge };

const pictures = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 1200, maxLength: 1200 })
  .map((values): Luma => ({ size: SIZE, values: Float32Array.from(values) }));

describe.each(Object.entries(FEATURES))('the %s difference', (_, difference) => {
  it('is 0 between a frame and itself, the same both ways, and a share', () => {
    fc.assert(
      fc.property(pictures, pictures, (a, b) => {
        expect(difference(a, a)).toBe(0);
        expect(difference(a, b)).toBe(difference(b, a));
        expect(difference(a, b)).toBeGreaterThanOrEqual(0);
        expect(difference(a, b)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  });

  it('grows with how far something moved', () => {
    const still = frame([5, 5, 12, 12]);
    expect(difference(still, frame([11, 5, 12, 12]))).toBeGreaterThan(
      difference(still, frame([7, 5, 12, 12])),
    );
  });
});

it('pixel counts what changed by more than 21 grey levels', () => {
  const [still, moved] = [frame(), frame([0, 0, 10, 6])];
  expect(pixelDifference(still, moved)).toBeCloseTo(60 / 1200, 6);
  const dim = { size: SIZE, values: still.values.map((value) => value + 21) };
  expect(pixelDifference(still, dim)).toBe(0);
});

it('area is that of the largest region: many small changes are not one large one', () => {
  const one = area(frame(), frame([4, 4, 14, 14]));
  const two = area(frame(), frame([4, 4, 14, 14], [26, 12, 8, 8]));
  expect(two).toBeCloseTo(one, 6);
  expect(one).toBeGreaterThan((14 * 14) / 1200);
});

it('edges are thin, and light that changes evenly leaves them', () => {
  const box = frame([8, 8, 20, 12]);
  const count = edgesOf(box).values.reduce((sum, value) => sum + value, 0);
  expect(count).toBeGreaterThan(2 * (20 + 12) - 12);
  expect(count).toBeLessThan(2 * (20 + 12) + 12);
  expect(edge(box, { size: SIZE, values: box.values.map((value) => value + 30) })).toBe(0);
});

it('grey of white is white', () => {
  const { values } = lumaOf(new Uint8ClampedArray(8).fill(255), { width: 2, height: 1 });
  for (const value of values) expect(value).toBeCloseTo(255, 3);
});
