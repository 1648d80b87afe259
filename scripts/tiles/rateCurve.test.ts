import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesAt, rateCurve, savingBetween } from './rateCurve.ts';

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

const LEAST_SPREAD = 0.02;

it('saves nothing against itself, and the same share of all bytes wherever a way takes that much less', () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0.1, max: 3, noNaN: true }), (measured, factor) => {
      const plain = rateCurve(measured);
      const scaled = rateCurve(measured.map(({ bytes, accuracy }) => ({ bytes: bytes * factor, accuracy })));
      const spread = (plain.at(-1)?.accuracy ?? 0) - (plain[0]?.accuracy ?? 0);
      if (spread < LEAST_SPREAD) {
        expect(savingBetween(plain, scaled, LEAST_SPREAD)).toBeNull();
        return;
      }
      expect(savingBetween(plain, plain, LEAST_SPREAD)).toBeCloseTo(0, 9);
      expect(savingBetween(plain, scaled, LEAST_SPREAD)).toBeCloseTo(1 - factor, 6);
    }),
  );
});

it('compares over the accuracies that both reach, and not at all where those are too few', () => {
  const curve = (from: number, factor: number) =>
    rateCurve([100, 200, 400].map((bytes, i) => ({ bytes: bytes * factor, accuracy: from + 0.2 * i })));
  // One step of accuracy higher for the same bytes is half the bytes for the same accuracy.
  expect(savingBetween(curve(0.3, 1), curve(0.5, 1), LEAST_SPREAD)).toBeCloseTo(0.5);
  expect(savingBetween(curve(0.5, 1), curve(0.3, 1), LEAST_SPREAD)).toBeCloseTo(-1);
  expect(savingBetween(curve(0, 1), curve(0.39, 1), LEAST_SPREAD)).toBeNull();
  expect(savingBetween(curve(0, 1), curve(0.5, 1), LEAST_SPREAD)).toBeNull();
});
