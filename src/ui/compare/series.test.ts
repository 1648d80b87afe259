import { expect, it } from 'vitest';
import { intervalAt, stepPath } from './series.ts';

const x = (interval: number): number => 10 * interval;
const y = (value: number): number => 100 - 100 * value;

it('draws each value until the next one begins, the last one an interval long', () => {
  expect(stepPath([0.5, 1], 3, x, y)).toBe('M30 50H40V0H50');
  expect(stepPath([], 0, x, y)).toBe('');
});

it('points at the interval under a place of the time axis, and at none that is not drawn', () => {
  expect(intervalAt(3.99, 2, 5)).toBe(3);
  expect(intervalAt(-1, 2, 5)).toBe(2);
  expect(intervalAt(Infinity, 2, 5)).toBe(5);
});
