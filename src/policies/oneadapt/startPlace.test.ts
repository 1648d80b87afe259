import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PerKnob } from '../../domain/knob.ts';
import { startPlace, typicalPrice } from './startPlace.ts';

const price = fc.double({ min: 0.001, max: 5, noNaN: true });
const within = (budgetKbps: number): PerKnob => startPlace(typicalPrice(budgetKbps));

it('starts in the middle where bandwidth has no price', () => {
  expect(startPlace(null)).toEqual({ quantizer: 0.5, resolution: 0.5 });
});

it('starts within a budget where a typical content takes seven tenths of it', () => {
  for (const kbps of [100, 400, 1600]) {
    const { quantizer: q = NaN, resolution: r = NaN } = within(kbps);
    expect(250 * Math.exp(3.5 * (q - 0.5) + 1.6 * (r - 0.5))).toBeCloseTo(0.7 * kbps, 1);
  }
  expect(within(1)).toEqual({ quantizer: 0, resolution: 0 });
  expect(within(1e6)).toEqual({ quantizer: 1, resolution: 1 });
});

it('starts the lower the more a megabit has to be worth', () => {
  fc.assert(
    fc.property(price, price, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      for (const name of ['quantizer', 'resolution'] as const) {
        expect(startPlace(low)[name]).toBeGreaterThanOrEqual((startPlace(high)[name] ?? NaN) - 1e-9);
      }
    }),
  );
});

it('starts where the typical content’s gain and its bytes’ price meet for both knobs, by hand', () => {
  for (const megabit of [0.4, 0.5, 0.6, 1]) {
    const { quantizer: q = NaN, resolution: r = NaN } = startPlace(megabit);
    const megabits = 0.25 * Math.exp(3.5 * (q - 0.5) + 1.6 * (r - 0.5));
    expect(0.2 * Math.exp(-2.9 * (q - 0.5))).toBeCloseTo(megabit * megabits * 3.5, 3);
    expect(0.28 * Math.exp(-1.3 * (r - 0.5))).toBeCloseTo(megabit * megabits * 1.6, 3);
  }
  // Where bytes are cheap the whole width is sent, and the quantizer goes on alone.
  expect(startPlace(0.06).resolution).toBe(1);
  expect(startPlace(0.06).quantizer).toBeGreaterThan(0.55);
});
