import { describe, expect, it } from 'vitest';
import type { Detection } from '../domain/detection.ts';
import { forwardProbe, probedFrames } from './forwardProbe.ts';

const at = (x: number, score = 0.9): Detection => ({
  ...{ x, y: 0.4, width: 0.1, height: 0.1 },
  label: 'car',
  score,
});
const all = (detections: readonly Detection[]): Detection[][] =>
  Array.from({ length: 3 }, () => [...detections]);

describe('forwardProbe', () => {
  it('looks at the first, the middle and the last frame', () => {
    expect(probedFrames(10)).toEqual([0, 4, 9]);
    expect(probedFrames(1)).toEqual([0]);
  });

  it('is 0 where both sides see the same', () => {
    expect(forwardProbe(all([at(0.1), at(0.5)]), all([at(0.1), at(0.5)]), 0.5)).toBe(0);
    expect(forwardProbe(all([]), all([]), 0.5)).toBe(0);
    expect(forwardProbe([], [], 0.5)).toBe(0);
  });

  it('is as worked by hand where the cheap side misses one of two', () => {
    // F1 = 2·1/3, half of the confidence is gone: ½·⅓ + ½·½.
    expect(forwardProbe(all([at(0.1)]), all([at(0.1), at(0.5)]), 0.5)).toBeCloseTo(1 / 6 + 1 / 4, 12);
  });

  it('credits a gain less where the cheap side sees more, and does not depend on how many objects there are', () => {
    const one = [at(0.1)];
    const two = [at(0.1), at(0.5)];
    expect(forwardProbe(all(two), all(one), 0.5)).toBeLessThan(forwardProbe(all(one), all(two), 0.5));
    const [twin, twins] = [
      [at(0.1), at(0.3)],
      [at(0.1), at(0.3), at(0.5), at(0.7)],
    ];
    expect(forwardProbe(all(twin), all(twins), 0.5)).toBeCloseTo(forwardProbe(all(one), all(two), 0.5), 12);
  });
});
