import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../domain/detection.ts';
import {
  agedLoss,
  drift,
  expectedLoss,
  flicker,
  lossWhereFound,
  placedLoss,
  scoreMargin,
} from './lossLevel.ts';

type Frame = Parameters<typeof lossWhereFound>[0][number];

const score = fc.double({ min: 0, max: 1, noNaN: true });

describe('expectedLoss', () => {
  it('is as worked by hand', () => {
    // At slope 0 every σ is ½. Two found of three candidates: 1 − 2·(2·½)/(2 + 3·½) = 1 − 2/3.5.
    expect(expectedLoss([0.9, 0.8, 0.1], 0.5, 0)).toBeCloseTo(1 - 2 / 3.5, 12);
  });

  it('is near 0 where all are sure, high where all are below the threshold, 0 for an empty frame', () => {
    expect(expectedLoss([0.99, 0.98, 0.01], 0.5, 20)).toBeLessThan(0.01);
    expect(expectedLoss([0.3, 0.4, 0.45], 0.5)).toBe(1);
    expect(expectedLoss([], 0.5)).toBe(0);
  });

  it('stays within [0, 1] and does not depend on how many such objects there are', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1 }), (scores) => {
        const loss = expectedLoss(scores, 0.5);
        expect(loss).toBeGreaterThanOrEqual(0);
        expect(loss).toBeLessThanOrEqual(1);
        expect(expectedLoss([...scores, ...scores], 0.5)).toBeCloseTo(loss, 9);
      }),
    );
  });
});

it('lossWhereFound takes no empty frame for a hard one, nor for an easy one, unless all are empty', () => {
  const [sure, unsure] = [0.1, 0.3].map((loss) => ({ loss, isEmpty: false })) as [Frame, Frame];
  const [missed, nothing] = [1, 0].map((loss) => ({ loss, isEmpty: true })) as [Frame, Frame];
  expect(lossWhereFound([missed, sure, nothing, unsure, missed])).toBeCloseTo(0.2, 12);
  expect(lossWhereFound([missed, nothing])).toBe(0.5);
  expect(lossWhereFound([])).toBe(0);
});

it('scoreMargin counts what stands at the threshold, per detection', () => {
  expect(scoreMargin([0.5 + 1e-9, 0.5 + 1e-9], 0.5)).toBeCloseTo(1, 6);
  expect(scoreMargin([1], 0.5, 20)).toBeLessThan(0.01);
  expect(scoreMargin([0.5 + 1e-9, 0.5], 0.5)).toBeCloseTo(2, 6);
});

it('agedLoss adds what detections drift at the ages that are shown, and nothing where every capture is sent', () => {
  expect(agedLoss(0.2, 0.6, [0, 0, 0])).toBeCloseTo(0.2, 12);
  // Half of the captures one capture old: 1 − 0.8·(1 − 0.3/2).
  expect(agedLoss(0.2, 0.3, [0, 1, 0, 1])).toBeCloseTo(0.32, 12);
  // No more than all can be lost by age.
  expect(agedLoss(0, 0.9, [4, 9])).toBe(1);
  // The same drift is seen in one step of four captures as in one of one.
  expect(drift(0.4, 4)).toBeCloseTo(drift(0.2, 1), 12);
});

it('placedLoss is the loss itself in the middle of the ladder, more where it is coarser, and never more than all', () => {
  expect(placedLoss(0.2, 0.5)).toBeCloseTo(0.2, 12);
  expect(placedLoss(0.2, 0)).toBeCloseTo(0.2 * Math.exp(0.375), 12);
  expect(placedLoss(0.2, 1)).toBeCloseTo(0.2 * Math.exp(-0.375), 12);
  expect(placedLoss(0.9, 0)).toBe(1);
});

it('flicker is 0 where nothing changes and 1 where nothing stays', () => {
  const box: Detection = { x: 0.1, y: 0.1, width: 0.2, height: 0.2, label: 'car', score: 0.9 };
  const moved = { ...box, x: 0.6 };
  expect(flicker([[box], [box], [box]])).toBe(0);
  expect(flicker([[box], [moved], [box]])).toBe(1);
  expect(flicker([[box]])).toBe(0);
});
