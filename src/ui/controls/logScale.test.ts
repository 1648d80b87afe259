import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logShare, logValue } from './logScale.ts';

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
});
