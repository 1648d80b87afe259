import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanCurve } from '../../domain/hindsight.ts';
import { hindsightOf } from './hindsightFigures.ts';

const point = (configuration: number, bytes: number, ...accuracies: number[]) => ({
  ...{ configuration, bytes, accuracies },
  frames: accuracies.length,
});

/** Two seconds; the dear configuration is worth it in the first alone. */
const GRID = [
  [point(0, 1000, 0.5, 0.5), point(1, 4000, 1, 1)],
  [point(0, 1000, 0.9, 0.9), point(1, 4000, 1, 1)],
];

describe('hindsight', () => {
  it('knows the best static and the oracle within the budget', () => {
    const found = hindsightOf(GRID, 20);
    expect(found?.within?.bestStatic).toMatchObject({ accuracy: 0.7, bandwidthKbps: 8 });
    // 1000 and 4000 bytes: 20 kbps in the mean.
    expect(found?.within?.oracle).toMatchObject({ accuracy: 0.95, bandwidthKbps: 20 });
    // Both halves of every second are alike, so there is no luck to take out.
    expect(found?.splitHalf).toEqual(
      found?.oracle.map(({ accuracy, bandwidthKbps }) => ({ accuracy, bandwidthKbps })),
    );
  });

  it('does not count luck on split halves', () => {
    // The dear configuration hits more on even frames by luck, and as much less on odd ones.
    const lucky = [[point(0, 1000, 0.8, 0.8), point(1, 4000, 1, 0.6)]];
    const found = hindsightOf(lucky, null);
    expect(found?.oracle.at(-1)?.accuracy).toBeCloseTo(0.8, 12);
    expect(Math.max(...(found?.splitHalf ?? []).map(({ accuracy }) => accuracy))).toBeLessThanOrEqual(
      0.8 + 1e-12,
    );
  });

  it('has nothing to say without a grid, and of the budget nothing where the cheapest takes more', () => {
    expect(hindsightOf([], 100)).toBeNull();
    expect(hindsightOf(GRID, 1)?.within).toBeNull();
  });
});

it('takes the mean of two curves where both are known', () => {
  const at = (bandwidthKbps: number, accuracy: number) => ({ bandwidthKbps, accuracy });
  expect(meanCurve([at(0, 0), at(10, 1)], [at(5, 0.5), at(20, 0.5)])).toEqual([at(5, 0.5), at(10, 0.75)]);
  const curves = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
    })
    .map((pairs) => {
      const byRate = new Map(pairs);
      return [...byRate].sort(([a], [b]) => a - b).map(([kbps, accuracy]) => at(kbps, accuracy));
    });
  fc.assert(
    fc.property(curves, (curve) => {
      const mean = meanCurve(curve, curve);
      expect(mean.map((o) => o.bandwidthKbps)).toEqual(curve.map((o) => o.bandwidthKbps));
      mean.forEach(({ accuracy }, i) => expect(accuracy).toBeCloseTo(curve[i]?.accuracy ?? -1, 12));
    }),
  );
});
