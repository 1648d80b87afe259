import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import { ascend, type Charges } from './ascent.ts';
import { createLossSurface } from './lossSurface.ts';

const GROWTH: PerKnob = { quantizer: 3.3, resolution: 1.8 };
const anywhere = { rise: 1, fall: 1 };
const position = fc.double({ min: 0, max: 1, noNaN: true });

/** Bytes that grow exponentially along both ladders, at a price. */
const charges = (price: number): Charges => {
  const bytes = (at: PerKnob): number =>
    Object.entries(at).reduce(
      (product, [name, x]) => product * Math.exp((GROWTH[name as KnobName] ?? 0) * x),
      1,
    );
  return {
    slope: (name, at) => price * (GROWTH[name] ?? 0) * bytes(at),
    growth: (name) => GROWTH[name] ?? 0,
  };
};
const surfaceOf = (quantizer: number, resolution: number) => {
  const surface = createLossSurface(0.8);
  surface.observe({ quantizer, resolution }, { quantizer: 0, resolution: 0 });
  return surface;
};

describe('the ascent', () => {
  it('ends where gain and charge meet, if it may go that far and wherever it began', () => {
    const surface = surfaceOf(2, 1);
    const charge = charges(0.02);
    for (const from of [
      { quantizer: 0.1, resolution: 0.1 },
      { quantizer: 0.6, resolution: 0.5 },
    ]) {
      let at: PerKnob = from;
      for (let i = 0; i < 6; i += 1) at = ascend(at, surface, charge, () => anywhere);
      for (const name of ['quantizer', 'resolution'] as const) {
        expect(at[name]).toBeGreaterThan(0);
        expect(at[name]).toBeLessThan(1);
        expect(surface.slope(name, at[name] ?? 0) / charge.slope(name, at)).toBeCloseTo(1, 2);
      }
    }
  });

  it('moves each knob the way its net gradient points, within its reach and its ladder', () => {
    fc.assert(
      fc.property(position, position, fc.double({ min: 1e-4, max: 10, noNaN: true }), (q, r, price) => {
        const from = { quantizer: q, resolution: r };
        const surface = surfaceOf(2, 1);
        const charge = charges(price);
        const to = ascend(from, surface, charge, () => ({ rise: 0.3, fall: 0.6 }));
        for (const name of ['quantizer', 'resolution'] as const) {
          const net = surface.slope(name, from[name]) - charge.slope(name, from);
          const move = (to[name] ?? 0) - from[name];
          expect(move * net).toBeGreaterThanOrEqual(0);
          expect(move).toBeLessThanOrEqual(0.3 + 1e-12);
          expect(move).toBeGreaterThanOrEqual(-0.6 - 1e-12);
          expect(to[name]).toBeGreaterThanOrEqual(0);
          expect(to[name]).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('climbs to the top where nothing is charged, and stays where nothing is known', () => {
    const free = charges(0);
    expect(ascend({ quantizer: 0.2 }, surfaceOf(1, 1), free, () => anywhere)).toEqual({ quantizer: 1 });
    expect(ascend({ quantizer: 0.2 }, createLossSurface(0.8), free, () => anywhere)).toEqual({
      quantizer: 0.2,
    });
  });
});
