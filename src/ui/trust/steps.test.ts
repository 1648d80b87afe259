import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationAt } from '../../domain/configuration.ts';
import type { TrueStep } from '../../domain/fidelity.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { ladders } from '../../domain/ladders.ts';
import { agreement, estimateLabel, scaleOf, stepRows } from './steps.ts';
import { tickLabels } from './tickLabels.ts';

const KNOBS = ladders({ width: 640, height: 384 }, 255);
const CONFIGURATION = configurationAt(KNOBS, { resolution: 3, quantizer: 4 });

const step = (accuracyGain: number, estimate: number, rest: Partial<TrueStep> = {}): TrueStep => ({
  knob: 'quantizer',
  offset: 1,
  accuracy: 0.5,
  accuracyGain,
  utilityGain: -accuracyGain,
  estimates: { some: estimate },
  ...rest,
});

const gains = fc.double({ min: -1, max: 1, noNaN: true });
const steps = fc.array(fc.tuple(gains, gains)).map((pairs) => pairs.map(([a, b]) => step(a, b)));

describe('scaleOf', () => {
  it('brings an estimate of another unit to the truth, and never turns its sign', () => {
    expect(scaleOf([step(0.1, 20), step(0.3, 60)], 'some', 'accuracy')).toBeCloseTo(0.005, 12);
    expect(scaleOf([step(0.1, -20), step(0.3, -60)], 'some', 'accuracy')).toBeCloseTo(0.005, 12);
    expect(scaleOf([step(0.1, 0)], 'some', 'accuracy')).toBe(0);
    fc.assert(fc.property(steps, (some) => scaleOf(some, 'some', 'accuracy') >= 0));
  });
});

describe('stepRows', () => {
  it('tells of a step what happens when the knob is moved, down as well as up', () => {
    const down = step(0.2, 4, { offset: -1 });
    const up = step(0.1, 2, { knob: 'resolution' });
    const record = {
      configuration: CONFIGURATION,
      fidelity: { accuracy: 0.6, steps: [down, up], level: {}, probedFrames: 3 },
    } as unknown as IntervalRecord;
    const rows = stepRows(record, KNOBS, [down, up], 'accuracy');
    expect(rows.map(({ knob, offset, to, change }) => ({ knob, offset, to, change }))).toEqual([
      { knob: 'resolution', offset: 1, to: '512×308', change: 0.1 },
      { knob: 'quantizer', offset: -1, to: String(KNOBS.quantizer.values[3]), change: -0.2 },
    ]);
    expect(rows.map(({ marks }) => marks[0]?.scaled)).toEqual([
      expect.closeTo(0.1, 12),
      expect.closeTo(-0.2, 12),
    ]);
    expect(stepRows(record, KNOBS, [down, up], 'utility')[0]?.change).toBe(-0.1);
  });

  it('has none where nothing was measured', () => {
    const record = { configuration: CONFIGURATION } as unknown as IntervalRecord;
    expect(stepRows(record, KNOBS, [], 'accuracy')).toEqual([]);
  });
});

it('holds an estimator against the utility as it does against accuracy', () => {
  const some = [step(0.1, 1), step(0.2, 3), step(-0.1, 0)];
  const [accuracy, utility] = [agreement(some, 'some', 'accuracy'), agreement(some, 'some', 'utility')];
  expect(utility.pearsonAccuracy).toBeCloseTo(-(accuracy.pearsonAccuracy ?? 0), 12);
  expect(utility.pearsonAccuracy).toBe(accuracy.pearsonUtility);
});

it('names estimators as a person reads them, ones that it does not know too', () => {
  expect(estimateLabel('towardSource@8')).toBe('Toward source @8');
  expect(estimateLabel('forwardProbe')).toBe('Forward probe');
  expect(estimateLabel('reused@8')).toBe('Reused @8');
});

it('labels ticks with as many decimals as tell them apart', () => {
  expect([-0.05, 0, 0.05].map(tickLabels([-0.05, 0, 0.05]))).toEqual(['−0.05', '0', '0.05']);
  expect([0, 2.5, 5].map(tickLabels([0, 2.5, 5]))).toEqual(['0', '2.5', '5.0']);
  expect([0, 100].map(tickLabels([0, 100]))).toEqual(['0', '100']);
  expect([0, 2e-5].map(tickLabels([0, 2e-5]))).toEqual(['0', '2.0·10⁻⁵']);
});
