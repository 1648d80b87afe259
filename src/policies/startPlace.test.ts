import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startPosition } from './startPlace.ts';

const price = fc.double({ min: 0.001, max: 5, noNaN: true });

it('starts in the middle, and skips no frame, where bandwidth has no price', () => {
  expect(
    ['quantizer', 'resolution', 'frameRate'].map((name) => startPosition(name as 'quantizer', null)),
  ).toEqual([0.5, 0.5, 1]);
});

it('starts the lower the more a megabit has to be worth', () => {
  fc.assert(
    fc.property(price, price, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      for (const name of ['quantizer', 'resolution'] as const) {
        expect(startPosition(name, low)).toBeGreaterThanOrEqual(startPosition(name, high) - 1e-9);
      }
    }),
  );
});

it('starts where the typical content’s gain and its bytes’ price meet, by hand', () => {
  // In the middle: 0.2 = p·0.25·3.5 for the quantizer at 0.229, and 0.12 = p·0.25·1.7 for the resolution at 0.282.
  const [quantizer, resolution] = [startPosition('quantizer', 0.229), startPosition('resolution', 0.229)];
  expect(quantizer).toBeCloseTo(0.5, 1);
  expect(resolution).toBeGreaterThan(0.5);
  expect(startPosition('quantizer', 0.03)).toBeGreaterThan(0.65);
});
