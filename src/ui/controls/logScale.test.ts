import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logShare, logValue, steppedValue } from './logScale.ts';

const range = { min: 20, max: 10_000 };

describe('logarithmic scale', () => {
  it('ends where the range ends', () => {
    expect([logShare(1, range), logShare(20, range), logShare(10_000, range), logShare(1e9, range)]).toEqual([
      0, 0, 1, 1,
    ]);
    expect([logValue(0, range), logValue(1, range)]).toEqual([20, 10_000]);
  });
  it('comes back to within two significant digits', () => {
    fc.assert(
      fc.property(fc.double({ ...range, noNaN: true }), (value) => {
        const back = logValue(logShare(value, range), range);
        expect(Math.abs(back - value) / value).toBeLessThan(0.051);
      }),
    );
  });
  it('moves with every key, up and down', () => {
    const inside = { min: range.min * 1.1, max: range.max / 1.1 };
    const values = fc.oneof(
      fc.constantFrom(100, 1000, 1200, 5000),
      fc.double({ ...inside, noNaN: true }),
      fc.integer({ min: 22, max: 9000 }),
    );
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(1, 10),
        fc.constantFrom(1 as const, -1 as const),
        (from, by, sign) => {
          const share = (Math.round(400 * logShare(from, range)) + sign * by) / 400;
          const to = steppedValue(from, share, sign, range);
          expect((to - from) * sign).toBeGreaterThan(0);
          expect(to).toBe(Number(to.toPrecision(2)));
        },
      ),
    );
    expect([steppedValue(20, 1 / 400, 1, range), steppedValue(20, 0, -1, range)]).toEqual([21, 20]);
  });
});
