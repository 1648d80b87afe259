import { expect, it } from 'vitest';
import { recoveries } from './recovery.ts';

const point = (configuration: number, bytes: number, accuracy: number) => ({
  ...{ configuration, bytes, frames: 1 },
  accuracies: [accuracy],
});
/** Cheap is enough for the first content, the second needs the dear one. */
const easy = [point(0, 1000, 0.9), point(1, 2000, 0.92)];
const hard = [point(0, 1000, 0.4), point(1, 2000, 0.8)];
const grid = [...Array.from({ length: 6 }, () => easy), ...Array.from({ length: 6 }, () => hard)];
const record = (accuracy: number) => ({ accuracy, bandwidthKbps: 10 });

it('holds each content from its fifth interval on against its own best static', () => {
  const slow = [
    ...Array.from({ length: 6 }, () => record(0.9)),
    ...[0.4, 0.4, 0.6, 0.6, 0.7, 0.8].map(record),
  ];
  // 16 kbps allow the dear configuration, 8 the cheap one alone.
  expect(recoveries(slow, grid, [0, 6], 16)).toEqual([
    { from: 0, best: 1, bestAccuracy: 0.92, accuracy: 0.9, bestKbps: 16, bandwidthKbps: 10 },
    { from: 6, best: 1, bestAccuracy: 0.8, accuracy: 0.75, bestKbps: 16, bandwidthKbps: 10 },
  ]);
  expect(recoveries(slow, grid, [0, 6], 8).map(({ best }) => best)).toEqual([0, 0]);
});

it('leaves out what is too short, or has no static that fits', () => {
  expect(recoveries([], grid, [0, 10], 16).map(({ from }) => from)).toEqual([0]);
  expect(recoveries([], grid, [0, 6], 7)).toEqual([]);
});
