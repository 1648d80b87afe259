import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationAt } from '../domain/configuration.ts';
import { ladders } from '../domain/ladders.ts';
import { calibrated, f1PerUnit, type Step } from './calibrated.ts';

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

  it('reads no more from a level at which nothing was found than from one at which much is unsure', () => {
    expect(calibrated(5, 1, step('quantizer', {}))).toBe(calibrated(5, 0.6, step('quantizer', {})));
  });

  it('is the distortion form in F1 for knobs that were not fitted', () => {
    expect(calibrated(-3, 0.2, step('frameRate', { frameRate: 1 }))).toBeCloseTo(
      -3 * f1PerUnit('frameRate'),
      12,
    );
    expect(calibrated(0.5, 0.2, step('member', {}))).toBe(0.5);
  });
});
