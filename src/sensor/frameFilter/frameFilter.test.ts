import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFrameGate } from '../../domain/configuration.ts';
import { filterFrame, shownUnder, type FilterThresholds } from './frameFilter.ts';

const SIZE = { width: 40, height: 30 };
const OFF: FilterThresholds = { pixel: 0, area: 0, edge: 0 };

/** A bright box at x on a dark frame. */
const boxAt = (x: number) => {
  const values = new Float32Array(SIZE.width * SIZE.height).fill(40);
  for (let y = 10; y < 20; y += 1) values.fill(200, y * SIZE.width + x, y * SIZE.width + x + 8);
  return filterFrame(() => ({ size: SIZE, values }));
};

it('sends everything without thresholds', () => {
  expect(shownUnder([boxAt(0), boxAt(0), boxAt(5)], OFF)).toEqual([0, 1, 2]);
});

it.each(['pixel', 'area', 'edge'] as const)('by %s sends what moved and nothing that stands', (feature) => {
  const frames = [0, 0, 0, 12, 12, 25].map(boxAt);
  expect(shownUnder(frames, { ...OFF, [feature]: 0.01 })).toEqual([0, 0, 0, 3, 3, 5]);
});

it('compares with what was sent last, so that slow movement adds up', () => {
  const frames = [0, 1, 2, 3, 4, 5, 6].map(boxAt);
  const one = (2 * 10) / (SIZE.width * SIZE.height);
  expect(shownUnder(frames, { ...OFF, pixel: 3 * one })).toEqual([0, 0, 0, 3, 3, 3, 6]);
});

it('asks every feature that has a threshold', () => {
  const frames = [0, 12].map(boxAt);
  expect(shownUnder(frames, { pixel: 0.01, area: 0.9, edge: 0 })).toEqual([0, 0]);
});

it('asks only frames whose turn it is by the frame rate', () => {
  const frames = [0, 12, 12, 12, 25, 25, 0, 0, 0, 0].map(boxAt);
  const half = createFrameGate(5, 10);
  expect(shownUnder(frames, { ...OFF, pixel: 0.01 }, half)).toEqual([0, 0, 2, 2, 4, 4, 6, 6, 6, 6]);
});

it('looks at no picture without thresholds, and at each only once', () => {
  let looked = 0;
  const frames = [0, 12, 25].map((x) =>
    filterFrame(() => {
      looked += 1;
      return boxAt(x).luma();
    }),
  );
  shownUnder(frames, OFF);
  expect(looked).toBe(0);
  for (const pixel of [0.01, 0.02, 0.5]) shownUnder(frames, { ...OFF, pixel });
  expect(looked).toBe(3);
});

it('never sends more frames at a higher threshold of a still or steadily moving scene', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), fc.nat(40), fc.nat(40), (speed, a, b) => {
      const frames = Array.from({ length: 10 }, (_, i) => boxAt(i * speed));
      const sent = (threshold: number): number =>
        new Set(shownUnder(frames, { ...OFF, pixel: threshold / 100 })).size;
      expect(sent(Math.max(a, b))).toBeLessThanOrEqual(sent(Math.min(a, b)));
    }),
  );
});
