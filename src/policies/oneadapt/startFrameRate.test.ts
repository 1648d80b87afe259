import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startFrameRate } from './startFrameRate.ts';

const RATES = [1, 2, 5, 10];
const FREE = { inferenceMs: 10, price: null, budgetMsPerSecond: null };
const at = (
  of: Partial<typeof FREE> | { price: number } | { budgetMsPerSecond: number },
): number | undefined => RATES[startFrameRate(RATES, { ...FREE, ...of })];

it('skips no frame where detector time is free, or costs nothing', () => {
  expect(at({})).toBe(10);
  expect(at({ price: 0 })).toBe(10);
  expect(RATES[startFrameRate(RATES, { ...FREE, inferenceMs: 0, price: 5 })]).toBe(10);
});

it('starts where loss and price are least together, by hand', () => {
  // 10 fps lose nothing, 5 lose 0.17 · (0 + 1)/2 = 0.085, 2 lose 0.17 · (0 + 1 + √2 + √3 + 2)/5 = 0.209, 1 loses 0.328; a frame takes 0.01 s.
  expect(at({ price: 1.6 })).toBe(10); // 0.16 against 0.165
  expect(at({ price: 1.8 })).toBe(5); // 0.175 against 0.18 and 0.245
  expect(at({ price: 4.3 })).toBe(2); // 0.295 against 0.3 and 0.371
  expect(at({ price: 13 })).toBe(1); // 0.458 against 0.469
});

it('starts at the highest frame rate that a budget pays for, and at the lowest where it pays for none', () => {
  expect(at({ budgetMsPerSecond: 100 })).toBe(10);
  expect(at({ budgetMsPerSecond: 70 })).toBe(5);
  expect(at({ budgetMsPerSecond: 20 })).toBe(2);
  expect(at({ budgetMsPerSecond: 5 })).toBe(1);
});

it('starts the lower the dearer detector time is', () => {
  const price = fc.double({ min: 0, max: 50, noNaN: true });
  fc.assert(
    fc.property(price, price, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(at({ price: low })).toBeGreaterThanOrEqual(at({ price: high }) ?? NaN);
    }),
  );
});
