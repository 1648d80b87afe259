import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topConfiguration } from '../domain/configuration.ts';
import { ASSUMED_GROWTH, createRateKeeper } from './rateKeeper.ts';
import { contextOf, knobs } from './testTrace.ts';

const TOP = topConfiguration(knobs);
const values = knobs.quantizer.values.map(Number);
const keeperAt = (...quantizers: number[]) => {
  const moved = quantizers.map((quantizer) => ({ ...TOP, quantizer }));
  const keeper = createRateKeeper(contextOf(['quantizer']), moved);
  return { keeper, now: () => moved.map((one) => keeper.applied(one).quantizer) };
};

describe('the rate keeper', () => {
  it('goes down as far as the excess asks for, and up by one rung where that would fit', () => {
    const { keeper, now } = keeperAt(32);
    // Twice the budget: ln 2 / ln 1.3 = 2.6, so three rungs from the top: 48, 64, 80.
    keeper.observe(800, 400);
    expect(now()).toEqual([80]);
    // Three rungs took 2, so one takes 2^⅓ = 1.26; with 1.3 before, 1.28. 400 fits, 400 · 1.28 does not.
    keeper.observe(400, 400);
    expect(now()).toEqual([80]);
    // 312 · 1.28 = 399.4 fits.
    keeper.observe(312, 400);
    expect(now()).toEqual([64]);
  });

  it('moves several together: the coarser stops at the bottom, the finer at the top', () => {
    const { keeper, now } = keeperAt(176, 128);
    // 10 times the budget: ln 10 / ln 1.3 = 8.8 rungs, of which the finer has seven.
    keeper.observe(4000, 400);
    expect(now()).toEqual([240, 240]);
    for (let i = 0; i < 30; i += 1) keeper.observe(1, 400);
    // Six rungs above where they were given.
    expect(now()).toEqual([80, 32]);
  });

  it('stands still without a budget, and where the quantizer is not the policy’s to move', () => {
    const { keeper, now } = keeperAt(128);
    keeper.observe(4000, null);
    expect(now()).toEqual([128]);
    const pinned = createRateKeeper(contextOf(['frameRate']), [TOP]);
    pinned.observe(4000, 400);
    expect(pinned.applied(TOP)).toEqual(TOP);
  });

  it('comes under any reachable budget within four intervals, and stays close below it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.06, max: 1.9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 13 }),
        (growth, share, from) => {
          const { keeper, now } = keeperAt(values[from] ?? 0);
          const took = (): number => 100 * growth ** values.indexOf(now()[0] ?? 0);
          const budget = 100 * growth ** (13 * share) * 1.001;
          const used: number[] = [];
          for (let i = 0; i < 40; i += 1) {
            used.push(took());
            keeper.observe(took(), budget);
          }
          expect(values).toContain(now()[0]);
          expect(Math.max(...used.slice(4))).toBeLessThanOrEqual(budget * growth);
          // No rung is left that would fit twice over; but until a first move a rung is believed to take ASSUMED_GROWTH times as much.
          const leftOver = Math.max(growth ** 2.2, ASSUMED_GROWTH * 1.001);
          if (budget < 100 * growth ** 13) expect(used.at(-1)).toBeGreaterThan(budget / leftOver);
        },
      ),
    );
  });
});
