import { describe, expect, it } from 'vitest';
import { blockLuma, isNewContent } from './newContent.ts';

const SIZE = { width: 64, height: 48 };

/** A grey picture. */
function picture(greyAt: (x: number, y: number) => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(255);
  for (let y = 0; y < SIZE.height; y += 1)
    for (let x = 0; x < SIZE.width; x += 1) {
      const at = 4 * (y * SIZE.width + x);
      rgba.fill(greyAt(x, y), at, at + 3);
    }
  return rgba;
}

const street = (carAt: number): Uint8ClampedArray =>
  picture((x, y) => (y > 30 && x >= carAt && x < carAt + 16 ? 220 : 60 + 2 * y));
const isNew = (then: Uint8ClampedArray, now: Uint8ClampedArray): boolean =>
  isNewContent(blockLuma(then, SIZE), blockLuma(now, SIZE));

describe('new content', () => {
  it('is not a car that has driven on, nor coarser quantizing', () => {
    expect(isNew(street(0), street(40))).toBe(false);
    const coarse = street(0).map((value, i) => (i % 4 === 3 ? value : Math.round(value / 24) * 24));
    expect(isNew(street(0), coarse)).toBe(false);
  });

  it('is another place, or night', () => {
    expect(
      isNew(
        street(0),
        picture((x) => 2 * x),
      ),
    ).toBe(true);
    expect(
      isNew(
        street(0),
        picture((_, y) => 15 + y / 2),
      ),
    ).toBe(true);
  });

  it('is not told from another input size', () => {
    const night = picture((_, y) => 15 + y / 2);
    const smaller = { width: SIZE.width, height: SIZE.height / 2 };
    expect(isNewContent(blockLuma(street(0), SIZE), blockLuma(night, smaller))).toBe(false);
  });
});
