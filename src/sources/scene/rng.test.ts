import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, hash, pick, sequence, uniform } from './rng.ts';

describe('rng', () => {
  it('is a pure function of its keys', () => {
    fc.assert(fc.property(fc.array(fc.integer()), (keys) => hash(...keys) === hash(...keys)));
  });

  it('spreads evenly over [0, 1)', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) {
      const tenth = Math.floor(uniform(7, i) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('tells neighbouring keys, and their order, apart', () => {
    expect(new Set([hash(1, 2), hash(2, 1), hash(1, 3), hash(1), hash(1, 2, 0)]).size).toBe(5);
  });

  it('keeps within bounds', () => {
    fc.assert(
      fc.property(fc.integer(), (key) => {
        const x = between(-3, 5, key);
        return x >= -3 && x < 5;
      }),
    );
  });

  it('says what is wrong with an empty list', () => {
    expect(() => pick([], 1)).toThrow('empty list');
  });

  it('draws the same sequence again', () => {
    const [first, second] = [sequence(4), sequence(4)];
    const draws = [first(0, 1), first(0, 1)];
    expect([second(0, 1), second(0, 1)]).toEqual(draws);
    expect(draws[0]).not.toBe(draws[1]);
  });
});
