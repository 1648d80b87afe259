import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourAt, colourTable, cssGradient, type Rgb } from './colourMaps.ts';

/** Relative luminance, enough to compare two colours of one map. */
const lightness = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

describe('colour maps', () => {
  it('get lighter with magnitude, so that they survive a grey print', () => {
    for (const map of ['magnitude', 'accuracy'] as const) {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 0.95, noNaN: true }), (t) => {
          expect(lightness(colourAt(map, t + 0.05))).toBeGreaterThan(lightness(colourAt(map, t)) - 2);
        }),
      );
    }
  });
  it('are darkest at the zero of the signed map and light at both ends', () => {
    const zero = lightness(colourAt('signed', 0.5));
    expect(zero).toBeLessThan(20);
    expect(lightness(colourAt('signed', 0))).toBeGreaterThan(150);
    expect(lightness(colourAt('signed', 1))).toBeGreaterThan(150);
  });
  it('clamp what is outside and read NaN as zero', () => {
    expect(colourAt('magnitude', 7)).toEqual(colourAt('magnitude', 1));
    expect(colourAt('magnitude', Number.NaN)).toEqual(colourAt('magnitude', 0));
  });
  it('agree with their table', () => {
    expect([...colourTable('signed').slice(-3)]).toEqual([...colourAt('signed', 1)]);
    expect(cssGradient('signed')).toMatch(/^linear-gradient\(90deg, rgb\(/);
  });
});
