import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resizedGradient } from './resizedGradient.ts';

describe('resizedGradient', () => {
  it('gives each pixel of a block its share', () => {
    const gradient = { values: Float32Array.of(4, 8, 12, -4, 0, 4), size: { width: 2, height: 1 }, count: 3 };
    const { values, count } = resizedGradient(gradient, { width: 4, height: 2 });
    const row = [1, 2, 3, 1, 2, 3, -1, 0, 1, -1, 0, 1];
    expect([...values]).toEqual([...row, ...row]);
    expect(count).toBe(3);
  });

  it('says the same of an even change of all pixels, at any whole multiple', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 18, maxLength: 18 }),
        fc.integer({ min: 1, max: 4 }),
        (numbers, factor) => {
          const size = { width: 3, height: 2 };
          const gradient = { values: Float32Array.from(numbers), size, count: 1 };
          const larger = resizedGradient(gradient, { width: 3 * factor, height: 2 * factor });
          const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
          expect(sum(larger.values)).toBeCloseTo(sum(gradient.values), 2);
        },
      ),
    );
  });
});
