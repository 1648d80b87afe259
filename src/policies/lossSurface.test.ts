import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLossSurface, decayOf } from './lossSurface.ts';

const position = fc.double({ min: 0, max: 1, noNaN: true });

describe('the surface of the loss', () => {
  it('is the same wherever on the ladder it was told, and its slope is the fall of its loss', () => {
    fc.assert(
      fc.property(position, position, fc.double({ min: 0.01, max: 5, noNaN: true }), (seen, at, content) => {
        const surface = createLossSurface(0.8);
        surface.observe(
          { quantizer: content * Math.exp(-decayOf('quantizer') * seen) },
          { quantizer: seen },
          0,
        );
        const slope = surface.slope('quantizer', at);
        expect(slope).toBeCloseTo(content * Math.exp(-decayOf('quantizer') * at), 9);
        const h = 1e-5;
        const [above, below] = [at + h, at - h].map((x) => surface.loss({ quantizer: x }));
        expect(((below ?? 0) - (above ?? 0)) / (2 * h)).toBeCloseTo(slope, 5);
      }),
    );
  });

  it('forgets: of two contents the newer one counts more, by hand', () => {
    const surface = createLossSurface(0.5);
    surface.observe({ quantizer: 4 }, { quantizer: 0 }, 0.4);
    surface.observe({ quantizer: 1 }, { quantizer: 0 }, 0.1);
    // (0.5·4 + 1)/(0.5 + 1)
    expect(surface.slope('quantizer', 0)).toBeCloseTo(2, 12);
    expect(surface.jump()).toBeCloseTo(0.2, 12);
  });

  it('says nothing of a knob that has shown nothing', () => {
    const surface = createLossSurface(0.8);
    surface.observe({ quantizer: 1 }, { quantizer: 0.5 }, 0);
    expect(surface.slope('resolution', 0.5)).toBe(0);
    expect(surface.loss({ resolution: 0.2 })).toBe(0);
  });
});
