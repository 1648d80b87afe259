import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameGate, lastSentFrame } from './configuration.ts';
import { CAPTURE_FPS, ladders } from './ladders.ts';

const CAPTURES = Array.from({ length: CAPTURE_FPS }, (_, index) => index);
const RATES = ladders({ width: 640, height: 384 }, 255).frameRate.values.map(Number);
const sentAt = (rate: number): number[] => CAPTURES.filter(createFrameGate(rate, CAPTURE_FPS));
const anyRate = fc.constantFrom(...RATES, 3, 4, 7, 30);

describe('which captures a frame rate sends', () => {
  it.each([
    [1, [0]],
    [2, [0, 5]],
    [5, [0, 2, 4, 6, 8]],
    [10, CAPTURES],
    [30, CAPTURES],
    [3, [0, 4, 7]],
  ])('%i a second: %j', (rate, expected) => {
    expect(sentAt(rate)).toEqual(expected);
  });

  it('is what the newest sent frame of every capture says', () => {
    fc.assert(
      fc.property(anyRate, (rate) => {
        const sent = sentAt(rate);
        for (const index of CAPTURES) {
          expect(lastSentFrame(index, rate, CAPTURE_FPS)).toBe(sent.filter((at) => at <= index).at(-1));
        }
      }),
    );
  });

  it('goes to the next capture where a live run missed one, without sending more than the rate', () => {
    fc.assert(
      fc.property(anyRate, fc.subarray(CAPTURES.slice(1)), (rate, there) => {
        const gate = createFrameGate(rate, CAPTURE_FPS);
        const sent = [0, ...there].filter(gate);
        expect(sent[0]).toBe(0);
        expect(sent.length).toBeLessThanOrEqual(Math.min(rate, CAPTURE_FPS));
      }),
    );
    const gate = createFrameGate(2, CAPTURE_FPS);
    expect([0, 1, 7, 8].filter(gate)).toEqual([0, 7]);
  });
});
