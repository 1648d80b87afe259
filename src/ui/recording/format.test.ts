import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMap, encodeMap, packBox, unpackBox } from './format.ts';

describe('recorded heat maps', () => {
  it('come back within a hundredth of their largest value, sign kept', () => {
    const value = fc.float({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), (numbers) => {
        const values = Float32Array.from(numbers);
        const { codes, max } = encodeMap({ columns: 3, rows: 2, values });
        const back = decodeMap({ columns: 3, rows: 2, max, offset: 0 }, codes.buffer as ArrayBuffer);
        back.values.forEach((v, i) => {
          expect(Math.abs(v - (values[i] ?? 0))).toBeLessThanOrEqual(max * 0.01);
        });
      }),
    );
  });
});

describe('recorded boxes', () => {
  it('come back to a thousandth of the frame', () => {
    const labels: string[] = [];
    const box = { label: 'car', score: 0.91234, x: 0.1, y: 0.25, width: 0.33333, height: 0.5 };
    const back = unpackBox(packBox(box, labels), labels);
    expect(back.label).toBe('car');
    expect(back.width).toBeCloseTo(box.width, 3);
    expect(back.score).toBeCloseTo(box.score, 2);
  });
});
