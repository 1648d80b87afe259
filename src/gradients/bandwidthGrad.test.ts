import { describe, expect, it } from 'vitest';
import { keyFramesOf, meanBytes, slopeOfFrames, slopeOfKeyFrames } from './bandwidthGrad.ts';

const BYTES = { keyBytes: 3000, meanDeltaBytes: 300 };

describe('the bytes of an interval on average over a key frame’s period', () => {
  it('are the key frame and the deltas where every interval has one', () => {
    expect(meanBytes(BYTES, 10, keyFramesOf(1))).toBe(3000 + 9 * 300);
    expect(meanBytes({ ...BYTES, meanDeltaBytes: null }, 1, 1)).toBe(3000);
  });

  it('add up to what the period takes', () => {
    const period = 3000 + 49 * 300;
    expect(5 * meanBytes(BYTES, 10, keyFramesOf(5))).toBeCloseTo(period, 6);
  });
});

it('frame rate and key frames have the slope of what they leave out', () => {
  const step = 1 / 3;
  const keys = slopeOfKeyFrames(BYTES, 10, 2, 1, step);
  expect(keys).toBeCloseTo(Math.log(5700 / (1500 + 9.5 * 300)) / step, 6);
  expect(slopeOfKeyFrames(BYTES, 10, 1, 2, -step)).toBeCloseTo(keys, 6);
  const rate = slopeOfFrames(BYTES, 1, 5, 10, step);
  expect(rate).toBeCloseTo(Math.log((3000 + 9 * 300 * 0.5 ** 0.5) / (3000 + 4 * 300)) / step, 6);
});
