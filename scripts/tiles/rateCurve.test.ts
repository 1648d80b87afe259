import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesAt, rateCurve, savedBy } from './rateCurve.ts';

const points = fc.array(
  fc.record({
    bytes: fc.integer({ min: 1, max: 1e6 }),
    accuracy: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);

it('never falls, and keeps the mean accuracy of its points', () => {
  fc.assert(
    fc.property(points, (measured) => {
      const curve = rateCurve(measured);
      curve.slice(1).forEach((point, i) => {
        expect(point.bytes).toBeGreaterThanOrEqual(curve[i]?.bytes ?? 0);
        expect(point.accuracy).toBeGreaterThanOrEqual((curve[i]?.accuracy ?? 0) - 1e-12);
      });
      const sum = (list: readonly { accuracy: number }[]): number => list.reduce((a, p) => a + p.accuracy, 0);
      expect(sum(curve)).toBeCloseTo(sum(measured), 9);
    }),
  );
});

it('finds the bytes between two points along their logarithm, and none outside', () => {
  const curve = rateCurve([
    { bytes: 100, accuracy: 0.5 },
    { bytes: 10_000, accuracy: 0.9 },
  ]);
  expect(bytesAt(curve, 0.7)).toBeCloseTo(1000);
  expect(bytesAt(curve, 0.5)).toBe(100);
  expect(bytesAt(curve, 0.4)).toBeNull();
  expect(bytesAt(curve, 0.95)).toBeNull();
});

it('takes the cheapest point of a plateau', () => {
  const curve = rateCurve([
    { bytes: 100, accuracy: 0.8 },
    { bytes: 200, accuracy: 0.8 },
    { bytes: 300, accuracy: 0.9 },
  ]);
  expect(bytesAt(curve, 0.8)).toBe(100);
});

it('saves half where the plain encode takes twice the bytes, and says where the curve ends', () => {
  const plain = rateCurve([100, 200, 400].map((bytes, i) => ({ bytes, accuracy: 0.5 + 0.2 * i })));
  const saved = (bytes: number, accuracy: number) => savedBy({ bytes, accuracy }, plain);
  expect(saved(100, 0.7)).toEqual({ share: 0.5, bound: '' });
  expect(saved(400, 0.7)).toEqual({ share: -1, bound: '' });
  expect(saved(100, 0.95)).toEqual({ share: 0.75, bound: '≥' });
  expect(saved(300, 0.4)).toEqual({ share: -2, bound: '≤' });
  expect(saved(50, 0.4)).toBeNull();
});
