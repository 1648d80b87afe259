import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationAt } from '../domain/configuration.ts';
import { ladders } from '../domain/ladders.ts';
import { calibrated, calibratedGain, decayOf, f1PerUnit, type Step } from './calibrated.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const step = (
  name: Step['name'],
  indices: Partial<Record<Step['name'], number>>,
  offset: 1 | -1 = 1,
): Step => ({
  ...{ knobs, name, offset },
  ran: configurationAt(knobs, { quantizer: 6, resolution: 3, ...indices }),
});
const loss = fc.double({ min: 0.02, max: 0.6, noNaN: true });
const distortion = fc.double({ min: 0.05, max: 100, noNaN: true });
const fitted = fc.constantFrom('quantizer' as const, 'resolution' as const);

describe('calibrated', () => {
  it('is a gain, and a larger one where more is lost and where the distortion form says so', () => {
    fc.assert(
      fc.property(fitted, loss, distortion, (name, level, d) => {
        const at = step(name, {});
        const gain = calibrated(d, level, at);
        expect(gain).toBeGreaterThan(0);
        expect(calibrated(d, level * 1.1, at)).toBeGreaterThanOrEqual(gain);
        expect(calibrated(d * 2, level, at)).toBeGreaterThan(gain);
      }),
    );
  });

  it('falls as the quantizer gets finer and as more is sent than the detector looks at', () => {
    for (const name of ['quantizer', 'resolution'] as const) {
      expect(calibrated(5, 0.2, step(name, { quantizer: 9 }))).toBeLessThan(
        calibrated(5, 0.2, step(name, {})),
      );
      expect(calibrated(5, 0.2, step(name, { resolution: 4 }))).toBeLessThan(
        calibrated(5, 0.2, step(name, {})),
      );
    }
  });

  it('says the same of a step from either end, but for what was seen there', () => {
    const up = calibrated(5, 0.2, step('quantizer', { quantizer: 6 }));
    const down = calibrated(5, 0.2, step('quantizer', { quantizer: 7 }, -1));
    expect(down).toBeCloseTo(up, 12);
  });

  it('wins nothing much back by a finer quantizer where nothing was found, and still something by a larger picture', () => {
    const change = (name: Step['name']): number =>
      calibrated(5, 1, step(name, {})) / calibrated(5, 0.7, step(name, {}));
    expect(change('quantizer')).toBeLessThan(0.1);
    expect(change('resolution')).toBe(1);
  });

  it('gains what the exponential leaves over with a step to the reference, where F1 is 1 by definition', () => {
    const top = { quantizer: 13, resolution: 5 };
    const referenceFactor = (at: Step): number => calibratedGain(5, 0.25, at) / calibrated(5, 0.25, at);
    for (const name of ['quantizer', 'resolution'] as const) {
      const [down, up] = [step(name, top, -1), step(name, { ...top, [name]: top[name] - 1 })];
      const [decay, width] = [decayOf(name), 1 / top[name]];
      // The tail of e^(−κx) from the ladder's end on, by the slope half a step before it.
      const left = Array.from(
        { length: 200_000 },
        (_, i) => Math.exp(-decay * (width / 2 + i * 1e-4)) * 1e-4,
      );
      const factor = (width + left.reduce((a, b) => a + b, 0)) / width;
      for (const at of [down, up]) expect(referenceFactor(at)).toBeCloseTo(factor, 2);
      // A grey picture is not the reference's.
      const grey = { ...down, ran: { ...down.ran, colour: 'grey' } } as const;
      expect(referenceFactor(grey)).toBe(1);
      expect(referenceFactor(step(name, {}))).toBe(1);
    }
    expect(referenceFactor(step('frameRate', top, -1))).toBe(1);
  });

  it('is the distortion form in F1 for knobs that were not fitted', () => {
    expect(calibrated(-3, 0.2, step('frameRate', { frameRate: 1 }))).toBeCloseTo(
      -3 * f1PerUnit('frameRate'),
      12,
    );
    expect(calibrated(0.5, 0.2, step('member', {}))).toBe(0.5);
  });
});
