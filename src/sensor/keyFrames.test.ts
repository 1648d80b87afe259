import { expect, it } from 'vitest';
import { createKeyFrames } from './keyFrames.ts';

it('sends one every so many seconds, whole or in live time', () => {
  const frames = createKeyFrames();
  const at = (seconds: number): boolean => frames.isDue('vp9 640x384', seconds, 3, false);
  expect([0, 1, 2, 3, 4, 5, 6].map(at)).toEqual([true, false, false, true, false, false, true]);
  expect([7.3, 8.3, 9.3].map(at)).toEqual([false, false, true]);
});

it('sends one every second where that is asked', () => {
  const frames = createKeyFrames();
  expect([0, 1, 2.1, 3.1].map((at) => frames.isDue('vp9', at, 1, false))).toEqual([true, true, true, true]);
});

it('sends one after a change of encoder, back again too, and for a new decoder', () => {
  const frames = createKeyFrames();
  const encoders = ['a', 'a', 'b', 'b', 'a', 'a'];
  expect(encoders.map((name, i) => frames.isDue(name, i, 10, false))).toEqual([
    ...[true, false, true, false],
    ...[true, false],
  ]);
  expect(frames.isDue('a', 6, 10, true)).toBe(true);
  expect(frames.isDue('a', 7, 10, false)).toBe(false);
});

it('answers a shorter interval at once', () => {
  const frames = createKeyFrames();
  expect(frames.isDue('a', 0, 10, false)).toBe(true);
  expect(frames.isDue('a', 2, 2, false)).toBe(true);
  expect(frames.isDue('a', 3, 2, false)).toBe(false);
});
