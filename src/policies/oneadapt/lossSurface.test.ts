import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decayOf } from '../../gradients/calibrated.ts';
import { createLossSurface } from './lossSurface.ts';

const position = fc.double({ min: 0, max: 1, noNaN: true });

describe('the surface of the loss', () => {
  it('is the same wherever on the ladder it was told, and its slope is the fall of its loss', () => {
    fc.assert(
      fc.property(position, position, fc.double({ min: 0.01, max: 5, noNaN: true }), (seen, at, content) => {
        const surface = createLossSurface(0.8);
        surface.observe({ quantizer: content * Math.exp(-decayOf('quantizer') * seen) }, { quantizer: seen });
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
    surface.observe({ quantizer: 4 }, { quantizer: 0 });
    surface.observe({ quantizer: 1 }, { quantizer: 0 });
    // (0.5·4 + 1)/(0.5 + 1)
    expect(surface.slope('quantizer', 0)).toBeCloseTo(2, 12);
  });

  it('leaves over at the end of the quantizer’s ladder what is not lost at the reference', () => {
    const surface = createLossSurface(0.8);
    surface.observe(
      { quantizer: 4, resolution: 3, frameRate: 2 },
      { quantizer: 0, resolution: 0, frameRate: 0 },
    );
    const ends = surface.loss({ quantizer: 1 });
    expect(ends).toBeGreaterThan(0);
    expect(surface.leftOver()).toBeCloseTo(ends, 12);
  });

  it('forgets at once what was told of another content', () => {
    const surface = createLossSurface(0.8);
    surface.observe({ quantizer: 4, resolution: 3 }, { quantizer: 0, resolution: 0 });
    surface.forget();
    surface.observe({ quantizer: 1 }, { quantizer: 0 });
    expect(surface.slope('quantizer', 0)).toBeCloseTo(1, 12);
    expect(surface.slope('resolution', 0)).toBe(0);
  });

  it('takes less and less to be there while nothing is found, and all of it as soon as something is', () => {
    const surface = createLossSurface(0.8);
    surface.observe({ quantizer: 4 }, { quantizer: 0 });
    const slopes = Array.from({ length: 7 }, () => {
      surface.observeNothing();
      return surface.slope('quantizer', 0);
    });
    expect(slopes[0]).toBeCloseTo(2, 12);
    expect(slopes[1]).toBeCloseTo(4 / 3, 12);
    expect(slopes.at(-1)).toBeCloseTo(0.5, 12);
    // An hour says no more than ten seconds do.
    for (let second = 0; second < 3600; second += 1) surface.observeNothing();
    expect(surface.slope('quantizer', 0)).toBeCloseTo(0.4, 12);
    surface.observe({ quantizer: 4 }, { quantizer: 0 });
    expect(surface.slope('quantizer', 0)).toBeCloseTo(4, 12);
  });

  it('says nothing of a knob that has shown nothing', () => {
    const surface = createLossSurface(0.8);
    surface.observe({ quantizer: 1 }, { quantizer: 0.5 });
    expect(surface.slope('resolution', 0.5)).toBe(0);
    expect(surface.loss({ resolution: 0.2 })).toBe(0);
  });
});
