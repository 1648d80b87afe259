import { expect, it } from 'vitest';
import { cornersAround } from './rounding.ts';

const steps = { quantizer: 0.25, codec: 1, resolution: 0.2 };

it('gives both rungs around every position, most expensive first', () => {
  const corners = cornersAround({ quantizer: 0.3, codec: 0.4 }, steps).map((corner) => corner.indices);
  expect(corners).toEqual([
    { quantizer: 2, codec: 1 },
    { quantizer: 2, codec: 0 },
    { quantizer: 1, codec: 1 },
    { quantizer: 1, codec: 0 },
  ]);
});

it('goes rungs beyond on either side where asked, and never off the ladder', () => {
  const rungs = (position: number): unknown[] =>
    cornersAround({ quantizer: position }, steps, {}, { quantizer: 1 }).map(
      (corner) => corner.indices.quantizer,
    );
  expect(rungs(0.55)).toEqual([4, 3, 2, 1]);
  expect(rungs(0.5)).toEqual([3, 2, 1]);
  expect(rungs(1)).toEqual([4, 3]);
  expect(rungs(0.1)).toEqual([2, 1, 0]);
});

it('keeps a knob on its rung until the position is clearly nearer another', () => {
  const rungs = (position: number, codec: number): unknown[] =>
    cornersAround({ codec: position }, steps, { codec }).map((corner) => corner.indices.codec);
  expect([1, 0.6, 0.3, 0.2, 0].map((position) => rungs(position, 1))).toEqual([[1], [1], [1], [0], [0]]);
  expect([0, 0.4, 0.7, 0.8, 1].map((position) => rungs(position, 0))).toEqual([[0], [0], [0], [1], [1]]);
  const far = cornersAround({ resolution: 0.55 }, steps, { resolution: 5 });
  expect(far.map((corner) => corner.indices.resolution)).toEqual([3]);
});
