import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constantSignAgreement,
  pearson,
  ranks,
  signAgreement,
  slopeThroughZero,
  spearman,
} from './correlation.ts';

describe('pearson', () => {
  it('is as worked by hand', () => {
    // x − 3 = −2, −1, 0, 1, 2; y − 4 = −2, 0, 1, 0, 1: Σ products 6, Σ squares 10 and 6.
    expect(pearson([1, 2, 3, 4, 5], [2, 4, 5, 4, 5])).toBeCloseTo(6 / Math.sqrt(60), 12);
    expect(pearson([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
    expect(pearson([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(pearson([-1, 0, 1], [1, -2, 1])).toBeCloseTo(0, 12);
  });

  it('says nothing where there is no spread or no pair', () => {
    expect(pearson([], [])).toBeNull();
    expect(pearson([1], [2])).toBeNull();
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(pearson([1, 2, 3], [0, 0, 0])).toBeNull();
  });

  it('does not depend on unit or origin', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 20 }), (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const r = pearson(x, y);
        if (r === null) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-9);
        expect(
          pearson(
            x.map((a) => 3 * a + 7),
            y.map((b) => 0.5 * b - 2),
          ),
        ).toBeCloseTo(r, 9);
      }),
    );
  });
});

describe('spearman', () => {
  it('shares ranks between equal values', () => {
    expect(ranks([30, 10, 20, 20])).toEqual([4, 1, 2.5, 2.5]);
    expect(ranks([5, 5, 5])).toEqual([2, 2, 2]);
  });

  it('is as worked by hand, and 1 for anything that only rises', () => {
    // Rank differences 0, 1, −1, 0: 1 − 6·2/(4·15) = 0.8.
    expect(spearman([1, 2, 3, 4], [10, 30, 20, 40])).toBeCloseTo(0.8, 12);
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1, 12);
  });
});

describe('slopeThroughZero', () => {
  it('leaves a remainder that says nothing of x any more', () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })));
    fc.assert(
      fc.property(numbers, (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const slope = slopeThroughZero(x, y);
        if (slope === null) return x.every((value) => value === 0);
        return Math.abs(x.reduce((sum, a, i) => sum + a * ((y[i] ?? 0) - slope * a), 0)) < 1e-6;
      }),
    );
  });
});

describe('signs', () => {
  it('counts pairs whose truth has a sign', () => {
    // y = 0 is left out; the estimate 0 is no sign.
    expect(signAgreement([1, -1, 2, 0, 5], [2, -3, -1, 4, 0])).toBe(2 / 4);
    expect(signAgreement([1, 2], [0, 0])).toBeNull();
  });

  it('holds it against always saying the commoner sign', () => {
    expect(constantSignAgreement([1, 2, 3, -1, 0])).toBe(3 / 4);
    expect(constantSignAgreement([-1, -2, 3])).toBe(2 / 3);
    expect(constantSignAgreement([0, 0])).toBeNull();
  });
});
