import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bandwidthAt,
  bestWithin,
  EVEN,
  ODD,
  oracleFrontier,
  statics,
  timeSharedHull,
  type Grid,
} from './hindsight.ts';

const point = (configuration: number, bytes: number, ...accuracies: number[]) => ({
  ...{ configuration, bytes, accuracies },
  frames: accuracies.length,
});

/** Two seconds, a cheap and a dear configuration: the first second needs the dear one, the second does not. */
const GRID: Grid = [
  [point(0, 1000, 0.5, 0.5), point(1, 4000, 1, 1)],
  [point(0, 1000, 0.9, 0.9), point(1, 4000, 1, 1)],
];

it('reads statics off the grid: means over the run', () => {
  // 1000 bytes a second are 8 kbps; F1 (0.5 + 0.9) / 2.
  expect(statics(GRID, 1)).toEqual([
    { configurations: [0, 0], bandwidthKbps: 8, accuracy: 0.7 },
    { configurations: [1, 1], bandwidthKbps: 32, accuracy: 1 },
  ]);
  expect(bestWithin(statics(GRID, 1), 31)?.accuracy).toBe(0.7);
  expect(bestWithin(statics(GRID, 1), 7)).toBeUndefined();
});

describe('the oracle', () => {
  it('spends where it is worth most', () => {
    // Going dear gains 0.5 in the first second and 0.1 in the second, for 3000 bytes each: first the first, at 20 kbps 0.95.
    const found = bestWithin(oracleFrontier(GRID, 1), 20);
    expect(found).toEqual({
      configurations: [1, 0],
      bandwidthKbps: 20,
      accuracy: expect.closeTo(0.95) as number,
    });
  });

  it('is not misled by luck where it is scored on the other half', () => {
    // On even captures the cheap one seems perfect, on odd ones it fails.
    const lucky: Grid = [[point(0, 1000, 1, 0), point(1, 4000, 1, 1)]];
    expect(bestWithin(oracleFrontier(lucky, 1, EVEN, EVEN), 8)?.accuracy).toBe(1);
    expect(bestWithin(oracleFrontier(lucky, 1, EVEN, ODD), 8)?.accuracy).toBe(0);
  });

  it('is never beaten by a static, whatever the grid', () => {
    const interval = fc.array(
      fc.record({
        bytes: fc.integer({ min: 1, max: 1e5 }),
        accuracy: fc.float({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 4, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(interval, { minLength: 1, maxLength: 6 }), (intervals) => {
        const grid = intervals.map((points) => points.map((p, i) => point(i, p.bytes, p.accuracy)));
        const hull = timeSharedHull(oracleFrontier(grid, 1));
        for (const { accuracy, bandwidthKbps } of statics(grid, 1)) {
          expect(bandwidthAt(hull, accuracy - 1e-9)).toBeLessThanOrEqual(bandwidthKbps * (1 + 1e-6));
        }
      }),
    );
  });
});

describe('the time-shared hull', () => {
  it('leaves out what a mix beats, and interpolates', () => {
    const outcomes = [
      { bandwidthKbps: 10, accuracy: 0.5 },
      { bandwidthKbps: 20, accuracy: 0.55 },
      { bandwidthKbps: 30, accuracy: 0.9 },
      { bandwidthKbps: 40, accuracy: 0.8 },
    ];
    const hull = timeSharedHull(outcomes);
    expect(hull).toEqual([outcomes[0], outcomes[2]]);
    // Half of the way from 0.5 to 0.9.
    expect(bandwidthAt(hull, 0.7)).toBeCloseTo(20);
    expect(bandwidthAt(hull, 0.4)).toBe(10);
    expect(bandwidthAt(hull, 0.95)).toBeNull();
  });

  it('lies on or above every outcome, and is concave', () => {
    const outcome = fc.record({
      bandwidthKbps: fc.float({ min: 1, max: 1000, noNaN: true }),
      accuracy: fc.float({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 20 }), (outcomes) => {
        const hull = timeSharedHull(outcomes);
        for (const { accuracy, bandwidthKbps } of outcomes)
          expect(bandwidthAt(hull, accuracy) ?? Infinity).toBeLessThanOrEqual(bandwidthKbps + 1e-6);
      }),
    );
  });
});
