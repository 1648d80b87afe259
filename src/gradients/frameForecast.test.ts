import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameChoice } from '../domain/configuration.ts';
import { frameOptions, optionOf, stalePairs, type LatePair, type StalePair } from './frameForecast.ts';

const SIZE = { width: 32, height: 16 };
/** One grey level throughout. */
const picture = (level: number): Uint8ClampedArray => new Uint8ClampedArray(32 * 16 * 4).fill(level);
const OFF: FrameChoice = { frameRate: 10, pixelFilter: 0, areaFilter: 0, edgeFilter: 0 };
const TEN = Array.from({ length: 10 }, (_, i) => i);
const HALF = TEN.map((i) => i - (i % 2));

const losing = (pairs: readonly StalePair[], losses: readonly number[]): LatePair[] =>
  pairs.map(({ capture, shown }, i) => ({ capture, shown, loss: losses[i] ?? NaN }));

describe('pairs of a capture and what is shown at its time', () => {
  it('are each made once, hold the difference of each block, and none where the capture itself is shown', () => {
    const pictures = TEN.map((i) => picture(10 * i));
    const pairs = stalePairs([TEN, HALF, HALF], pictures, SIZE);
    expect(pairs.map(({ capture, shown }) => [capture, shown])).toEqual(
      [1, 3, 5, 7, 9].map((i) => [i, i - 1]),
    );
    for (const { error } of pairs) expect([...error]).toEqual([30, 30]);
  });
});

describe('what a choice of frames does', () => {
  it('is the mean loss over all captures, and as many frames as are shown', () => {
    const pairs = stalePairs([HALF], TEN.map(picture), SIZE);
    const half = { ...OFF, frameRate: 5 };
    const options = frameOptions([OFF, half], [TEN, HALF], losing(pairs, [1, 2, 3, 4, 5]));
    expect(optionOf(options, OFF)).toMatchObject({ frames: 10, loss: 0 });
    expect(optionOf(options, half)).toMatchObject({ frames: 5, loss: 1.5 });
  });

  it('counts frames as if no capture had been missed', () => {
    const options = frameOptions([OFF], [[0, 0, 2, 2, 2]], []);
    expect(optionOf(options, OFF).frames).toBe(4);
  });

  it('never loses less by showing older frames of a steady movement', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (a, b) => {
        const every = (n: number): number[] => TEN.map((i) => i - (i % n));
        const shown = [every(Math.min(a, b)), every(Math.max(a, b))];
        const pairs = stalePairs(shown, TEN.map(picture), SIZE);
        const losses = pairs.map(({ error }) => error.reduce((sum, value) => sum + value, 0));
        const choices = [OFF, { ...OFF, pixelFilter: 1 }];
        const [often, rarely] = frameOptions(choices, shown, losing(pairs, losses));
        expect(rarely?.loss).toBeGreaterThanOrEqual(often?.loss ?? 0);
      }),
    );
  });

  it('is an error where the choice was not tried', () => {
    expect(() => optionOf([], OFF)).toThrow(/not tried/);
  });
});
