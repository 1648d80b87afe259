import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axis, regression } from './axes.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const points = fc.array(fc.record({ x: number, y: number }), { minLength: 1, maxLength: 20 });

describe('axis', () => {
  it('holds every value and zero, and ends at ticks', () => {
    fc.assert(
      fc.property(fc.array(number), (values) => {
        const { low, high, ticks } = axis(values);
        expect(low).toBeLessThan(high);
        for (const value of [0, ...values]) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-9);
          expect(value).toBeLessThanOrEqual(high + 1e-9);
        }
        expect([ticks[0], ticks.at(-1)]).toEqual([expect.closeTo(low, 6), expect.closeTo(high, 6)]);
      }),
    );
  });
});

describe('regression', () => {
  it('is the line y = x where the points lie on it', () => {
    const line = regression(
      [
        { x: 1, y: 1 },
        { x: -2, y: -2 },
      ],
      axis([1, -2]),
      axis([1, -2]),
    );
    expect(line?.map(([x, y]) => x - y)).toEqual([0, 0]);
  });

  it('stays within the axes', () => {
    fc.assert(
      fc.property(points, (some) => {
        const [xs, ys] = [axis(some.map(({ x }) => x)), axis(some.map(({ y }) => y))];
        for (const [x, y] of regression(some, xs, ys) ?? []) {
          expect(x).toBeGreaterThanOrEqual(xs.low - 1e-6);
          expect(x).toBeLessThanOrEqual(xs.high + 1e-6);
          expect(y).toBeGreaterThanOrEqual(ys.low - 1e-6);
          expect(y).toBeLessThanOrEqual(ys.high + 1e-6);
        }
      }),
    );
  });

  it('is nothing where no estimate says anything', () => {
    expect(regression([{ x: 0, y: 1 }], axis([0]), axis([1]))).toBeNull();
  });
});
