import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrueStep } from '../../domain/fidelity.ts';
import type { IntervalRecord, RunReport } from '../../domain/interval.ts';
import { ladders } from '../../domain/ladders.ts';
import { parseExperiment } from '../parseExperiment.ts';
import { reports } from '../fixtures.ts';
import { buildFidelity, DEFAULT_ESTIMATE, estimatorFidelity, fidelityJson } from './fidelity.ts';
import { fidelityHtml } from './fidelityHtml.ts';

const step = (accuracyGain: number, estimate: number, offset: 1 | -1 = 1): TrueStep => ({
  knob: 'quantizer',
  offset,
  accuracy: 0.5,
  accuracyGain,
  utilityGain: 2 * accuracyGain,
  estimates: { [DEFAULT_ESTIMATE]: estimate, 'a<b': -estimate },
});

const STEPS = [step(0.1, 1), step(0.2, 3), step(-0.1, 0), step(0.4, 4, -1), step(0, 1, -1)];

/** Some report's first intervals, with the steps of a walk put in. */
function walked(): { report: RunReport; intervals: IntervalRecord[] } {
  const [report] = fc
    .sample(reports(parseExperiment), { numRuns: 200, seed: 1 })
    .filter(({ intervals }) => intervals.length > 1);
  if (!report) throw new Error('No report with two intervals was drawn.');
  const intervals = report.intervals.slice(0, 2).map((record, i) => ({
    ...record,
    frames: 10,
    sentFrames: 10,
    inferences: 10,
    backwardPasses: 1 - i,
    encodes: 12,
    fidelity: {
      accuracy: 0.9 - 0.4 * i,
      steps: i === 0 ? STEPS.slice(0, 2) : STEPS.slice(2),
      level: { agedLoss: 0.2 + 0.3 * i, flicker: 0.1 },
      probedFrames: 3,
    },
  }));
  return { report, intervals };
}

const runOf = ({ report }: { report: RunReport }) => ({
  experiment: {
    ...report.experiment,
    knobs: ['quantizer'] as const,
    gpuCost: { inferenceMs: 20, backwardMs: 50 },
  },
  environment: report.environment,
  knobs: ladders({ width: 640, height: 384 }, 255),
});

describe('estimatorFidelity', () => {
  it('has every figure, in the directions apart too', () => {
    const found = estimatorFidelity(STEPS, DEFAULT_ESTIMATE);
    expect(found).toMatchObject({ samples: 5, signAgreement: 3 / 4, constantSignAgreement: 3 / 4 });
    expect(found.pearsonAccuracy).toBeCloseTo(found.pearsonUtility ?? 0, 12);
    expect(found.pearsonAccuracyDown).toBeCloseTo(1, 12);
    expect(estimatorFidelity(STEPS, 'a<b').pearsonAccuracy).toBeCloseTo(-(found.pearsonAccuracy ?? 0), 12);
    expect(estimatorFidelity(STEPS, 'unheard of').pearsonAccuracy).toBeNull();
  });
});

describe('fidelity.json and fidelity.html', () => {
  it('hold every estimator by knob, the level, the cost and the raw steps', () => {
    const walk = walked();
    const fidelity = buildFidelity(runOf(walk), walk.intervals);
    const estimators = fidelity.knobs.quantizer?.estimators ?? {};
    expect(Object.keys(estimators)).toEqual(['default', DEFAULT_ESTIMATE, 'a<b']);
    expect(estimators.default).toEqual(estimators[DEFAULT_ESTIMATE]);
    expect(fidelity.level.default?.pearson).toBeCloseTo(1, 12);
    expect(fidelity.level.flicker?.pearson).toBeNull();
    // As the records have been charged.
    expect(fidelity.cost).toMatchObject({
      backwardPerInference: 0.05,
      encodesPerFrame: 1.2,
      gradientPassInInferences: 2.5,
      backwardShare: 0.125,
    });
    expect(fidelity.samples).toHaveLength(STEPS.length);
    expect(JSON.parse(fidelityJson(fidelity))).toMatchObject({ experiment: { knobs: ['quantizer'] } });
  });

  it('draws a page that runs nothing and escapes names', () => {
    const walk = walked();
    const html = fidelityHtml(buildFidelity(runOf(walk), walk.intervals));
    expect(html).toContain('a&lt;b');
    expect(html).not.toContain('a<b');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('NaN');
    expect(html.match(/<circle/g)).toHaveLength(2 * STEPS.length + 2 * 2);
  });

  it('says so where nothing was measured', () => {
    const walk = walked();
    expect(() => buildFidelity(runOf(walk), walk.report.intervals)).toThrow(/no true changes.*\.$/);
  });
});
