import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelled } from './levelled.ts';

const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const loss = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('levelled', () => {
  it('has the sign of the error that the step removes, and is 0 where it removes none', () => {
    fc.assert(
      fc.property(loss, positive, positive, (level, low, high) => {
        expect(Math.sign(levelled(level, low, high))).toBe(Math.sign(Math.log(low / high)));
        expect(levelled(level, low, low)).toBe(0);
      }),
    );
    expect(levelled(0.5, 0, 0)).toBe(0);
  });

  it('does not depend on the scale of the error, and so not on the number of detections', () => {
    fc.assert(
      fc.property(loss, positive, positive, positive, (level, low, high, scale) => {
        expect(levelled(level, low * scale, high * scale)).toBeCloseTo(levelled(level, low, high), 9);
      }),
    );
  });

  it('is largest at half the accuracy and nothing where all or nothing is lost', () => {
    expect(levelled(0.5, 2, 1)).toBeCloseTo(Math.LN2 / 4, 12);
    expect(levelled(0.2, 2, 1)).toBeLessThan(levelled(0.5, 2, 1));
    expect(levelled(0, 2, 1)).toBe(0);
    expect(levelled(1, 2, 1)).toBe(0);
  });
});
