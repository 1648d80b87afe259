import { describe, expect, it } from 'vitest';
import { f1, f1AgainstTruth, intersectionOverUnion } from './accuracy.ts';
import type { Box, Detection, TruthBox } from './detection.ts';

const UNIT: Box = { x: 0, y: 0, width: 0.5, height: 0.5 };
const moved = (x: number): Box => ({ ...UNIT, x });
const car = (box: Box = UNIT, score = 0.9): Detection => ({ ...box, label: 'car', score });
const truth = (box: Box, ignored = false): TruthBox => ({ ...box, label: 'car', occlusion: 0, ignored });

describe('F1', () => {
  it('is 1 where there is nothing and nothing is found, 0 where only one side has boxes', () => {
    expect(f1([], [])).toBe(1);
    expect(f1([car()], [])).toBe(0);
    expect(f1([], [car()])).toBe(0);
  });

  it('counts misses and false alarms alike', () => {
    expect(f1([car()], [car()])).toBe(1);
    expect(f1([car()], [car(), car(moved(0.5))])).toBeCloseTo(2 / 3);
    expect(f1([car(), car(moved(0.5))], [car()])).toBeCloseTo(2 / 3);
  });

  it('asks for the same class', () => {
    expect(f1([{ ...car(), label: 'truck' }], [car()])).toBe(0);
  });

  it('asks for more than half an overlap: exactly half does not count', () => {
    const whole: Box = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const half: Box = { ...whole, width: 0.25 };
    expect(intersectionOverUnion(whole, half)).toBe(0.5);
    expect(f1([car(half)], [car(whole)])).toBe(0);
    expect(f1([car({ ...whole, width: 0.26 })], [car(whole)])).toBe(1);
  });

  it('matches the most confident first, each to the nearest free box, each box once', () => {
    // Both overlap the first box; only the one on the right overlaps the second too.
    const reference = [car(moved(0)), car(moved(0.15))];
    const [left, right] = [moved(0), moved(0.075)];
    expect(f1([car(left, 0.9), car(right, 0.8)], reference)).toBe(1);
    // Two on the same box: the second finds it taken.
    expect(f1([car(left, 0.9), car(left, 0.8)], [car(left)])).toBeCloseTo(2 / 3);
    // The confident one takes the only box that the other could have had, whatever their order in the list.
    const [near, far] = [moved(0.16), moved(0)];
    const single = moved(0.15);
    const other = moved(0.3);
    expect(f1([car(far, 0.5), car(near, 0.9)], [car(single), car(other)])).toBe(0.5);
    expect(f1([car(far, 0.9), car(near, 0.5)], [car(single), car(other)])).toBe(1);
  });
});

describe('F1 against exact boxes', () => {
  it('neither misses ignored boxes nor blames detections on them', () => {
    const far = moved(0.5);
    expect(f1AgainstTruth([], [truth(UNIT, true)])).toBe(1);
    expect(f1AgainstTruth([car()], [truth(UNIT, true)])).toBe(1);
    expect(f1AgainstTruth([car(), car(far)], [truth(UNIT), truth(far, true)])).toBe(1);
    expect(f1AgainstTruth([car(), car(far)], [truth(UNIT)])).toBeCloseTo(2 / 3);
  });
});
