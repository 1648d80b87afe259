import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandwidthAxis, bent, labelRows, labelsOf, lowerEnd, namedPlaces } from './plane.ts';

const rates = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });

it('spans every bandwidth, with few ticks within', () => {
  expect(bandwidthAxis([230, 3600])).toEqual({ low: 200, high: 5000, ticks: [200, 500, 1000, 2000, 5000] });
  expect(bandwidthAxis([3, 20_000]).ticks).toEqual([10, 100, 1000, 10_000]);
  fc.assert(
    fc.property(rates, (kbps) => {
      const { low, high, ticks } = bandwidthAxis(kbps);
      expect(low).toBeLessThanOrEqual(Math.min(...kbps));
      expect(high).toBeGreaterThanOrEqual(Math.max(...kbps));
      expect(low).toBeLessThan(high);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.every((tick) => tick >= low && tick <= high)).toBe(true);
    }),
  );
});

it('keeps labels apart, in the order of their marks, and where they want to stand when they may', () => {
  expect(labelRows([10, 50, 90], 13)).toEqual([10, 50, 90]);
  expect(labelRows([50, 50], 10)).toEqual([45, 55]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 9 }), (wanted) => {
      const rows = labelRows(wanted, 13);
      const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
      order.slice(1).forEach((i, n) => {
        expect((rows[i] ?? 0) - (rows[order[n] ?? 0] ?? 0)).toBeGreaterThanOrEqual(13 - 1e-9);
      });
    }),
  );
});

it('bends a line that is straight in bandwidth, and keeps its ends', () => {
  const axis = bandwidthAxis([10, 1000]);
  const line = [
    { bandwidthKbps: 10, accuracy: 0 },
    { bandwidthKbps: 1000, accuracy: 0.99 },
  ];
  const points = bent(line, axis);
  expect(points[0]).toEqual(line[0]);
  expect(points.at(-1)).toEqual(line[1]);
  expect(points.length).toBeGreaterThan(10);
  for (const { bandwidthKbps, accuracy } of points)
    expect(accuracy).toBeCloseTo((bandwidthKbps - 10) / 1000, 9);
});

it('begins the axis of accuracy at a round number below all', () => {
  expect(lowerEnd([{ accuracy: 0.95 }])).toBe(0.8);
  expect(lowerEnd([{ accuracy: 0.95 }, { accuracy: 0.28 }])).toBe(0.2);
});

it('names all marks where there is room, else those that no mix of others beats', () => {
  const at = (bandwidthKbps: number, accuracy: number) => ({ bandwidthKbps, accuracy });
  const marks = [at(100, 0.5), at(200, 0.4), at(300, 0.9), at(200, 0.6)];
  expect(namedPlaces(marks, 52, 13)).toEqual([0, 1, 2, 3]);
  // Half of the time each of the first and the third gives 0.7 for 200 kbps.
  expect(namedPlaces(marks, 51, 13)).toEqual([0, 2]);
  const crowd = Array.from({ length: 4 }, () => marks).flat();
  expect(namedPlaces(crowd, 1000, 13)).toHaveLength(2);
});

it('puts names to the right of their marks, and in a crowd those of the right half to the left', () => {
  const outcomes = [100, 200, 300].map((bandwidthKbps, i) => ({ bandwidthKbps, accuracy: 0.5 + i * 0.1 }));
  const marks = [10, 60, 90].map((x) => ({ x, y: x }));
  const plot = { left: 0, right: 100, top: 0, bottom: 100 };
  expect(labelsOf(outcomes, marks, plot, 13)).toEqual(marks.map(({ y }) => ({ row: y, side: 1 })));
  // Of the three on one line the hull keeps both ends.
  expect(labelsOf(outcomes, marks, { ...plot, bottom: 30 }, 13)).toEqual([
    { row: 10, side: 1 },
    { row: null, side: -1 },
    { row: 90, side: -1 },
  ]);
});
