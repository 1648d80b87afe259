import { expect, it } from 'vitest';
import { suppress, type RawBox } from './nms.ts';

const box = (x: number, score: number, classIndex = 0, index = 0): RawBox => ({
  ...{ x, y: 0, width: 0.2, height: 0.2 },
  score,
  classIndex,
  index,
});

it('keeps the most confident of overlapping boxes of a class', () => {
  const kept = suppress([box(0, 0.5), box(0.02, 0.9), box(0.5, 0.4)], 100);
  expect(kept.map(({ score }) => score)).toEqual([0.9, 0.4]);
});

it('leaves other classes and slightly overlapping boxes alone', () => {
  expect(suppress([box(0, 0.9), box(0.01, 0.8, 1), box(0.1, 0.7)], 100)).toHaveLength(3);
});

it('keeps at most the limit, and orders equal scores by index', () => {
  const boxes = [box(0.6, 0.5, 0, 9), box(0, 0.5, 0, 3), box(0.3, 0.5, 0, 5)];
  expect(suppress(boxes, 2).map(({ index }) => index)).toEqual([3, 5]);
});
