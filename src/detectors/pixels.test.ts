import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../domain/card.ts';
import { packInput, unpackGradient } from './pixels.ts';

const input = (layout: InputSpec['layout'], channels: InputSpec['channels']): InputSpec => ({
  ...{ width: 2, height: 1, layout, channels },
  mean: [1, 2, 3],
  std: [1, 2, 4],
});
/** Two pixels: (10, 20, 30) and (40, 50, 60). */
const rgba = new Uint8ClampedArray([10, 20, 30, 255, 40, 50, 60, 255]);

describe('packInput', () => {
  it('normalises in the card’s channel order and layout', () => {
    expect([...packInput(rgba, input('NHWC', 'RGB'))]).toEqual([9, 9, 6.75, 39, 24, 14.25]);
    expect([...packInput(rgba, input('NHWC', 'BGR'))]).toEqual([29, 9, 1.75, 59, 24, 9.25]);
    expect([...packInput(rgba, input('NCHW', 'RGB'))]).toEqual([9, 39, 9, 24, 6.75, 14.25]);
    expect([...packInput(rgba, input('NCHW', 'BGR'))]).toEqual([29, 59, 9, 24, 1.75, 9.25]);
  });

  it('says what size it wants', () => {
    expect(() => packInput(new Uint8ClampedArray(4), input('NHWC', 'RGB'))).toThrow(
      'takes 2x1 pixels (8 bytes',
    );
  });
});

describe('unpackGradient', () => {
  it.each(['NHWC', 'NCHW'] as const)('is the derivative of packInput, %s', (layout) => {
    for (const channels of ['RGB', 'BGR'] as const) {
      const spec = input(layout, channels);
      const weights = Float32Array.from({ length: 6 }, (_, i) => i + 1);
      const gradient = unpackGradient(weights, spec);
      const value = (pixels: Uint8ClampedArray): number =>
        packInput(pixels, spec).reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0);
      for (let i = 0; i < 6; i += 1) {
        const moved = rgba.slice();
        const at = Math.floor(i / 3) * 4 + (i % 3);
        moved[at] = (moved[at] ?? 0) + 4;
        expect((value(moved) - value(rgba)) / 4).toBeCloseTo(gradient[i] ?? NaN, 5);
      }
    }
  });
});
