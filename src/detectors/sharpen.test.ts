import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharpen } from './sharpen.ts';

const size = { width: 8, height: 6 };
const grey = (level: (x: number, y: number) => number): Uint8ClampedArray<ArrayBuffer> =>
  Uint8ClampedArray.from({ length: size.width * size.height * 4 }, (_, i) => {
    const pixel = Math.floor(i / 4);
    return i % 4 === 3 ? 255 : level(pixel % size.width, Math.floor(pixel / size.width));
  });
const at = (rgba: Uint8ClampedArray, x: number, y: number): number => rgba[4 * (y * size.width + x)] ?? -1;

describe('sharpen', () => {
  it('leaves an even picture and every alpha as they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (level) => {
        const picture = grey(() => level);
        expect(sharpen(picture, size)).toEqual(picture);
      }),
    );
  });

  it('makes an edge steeper on both sides, as worked by hand, and nothing a pixel further', () => {
    const sharp = sharpen(
      grey((x) => (x < 4 ? 100 : 140)),
      size,
    );
    // Blurred across: 110 and 130, so the detail is ∓10 and 0.6 of it is added.
    expect([2, 3, 4, 5].map((x) => at(sharp, x, 2))).toEqual([100, 94, 146, 140]);
  });

  it('does not change the picture that it was given', () => {
    const picture = grey((x, y) => 20 * x + 3 * y);
    const before = picture.slice();
    sharpen(picture, size);
    expect(picture).toEqual(before);
  });
});
