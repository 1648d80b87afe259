import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ONEADAPT, type Estimator } from '../../domain/experiment.ts';
import type { TrueStep } from '../../domain/fidelity.ts';
import type { IntervalRecord, RunReport } from '../../domain/interval.ts';
import { ladders } from '../../domain/ladders.ts';
import { reportHtml } from '../html/page.ts';
import { parseExperiment } from '../parseExperiment.ts';
import { parseReport } from '../report.ts';
import { reports } from '../fixtures.ts';
import {
  buildFidelity,
  DEFAULT_ESTIMATE,
  estimatorFidelity,
  fidelityJson,
  steeringEstimate,
} from './fidelity.ts';
import { fidelityHtml } from './fidelityHtml.ts';

const step = (accuracyGain: number, estimate: number, offset: 1 | -1 = 1): TrueStep => ({
  knob: 'quantizer',
  offset,
  accuracy: 0.5,
  accuracyGain,
  utilityGain: 2 * accuracyGain,
  estimates: { [DEFAULT_ESTIMATE]: estimate, 'a<b': 0 - estimate },
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
      level: { placedLoss: 0.2 + 0.3 * i, flicker: 0.1 },
      probedFrames: 3,
    },
  }));
  return { report, intervals };
}

function withoutFidelity(record: IntervalRecord): IntervalRecord {
  const { fidelity, ...rest } = record;
  return fidelity ? rest : record;
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
    expect(estimatorFidelity(STEPS, 'unheard of')).toMatchObject({ pearsonAccuracy: null, samples: 0 });
    expect(
      estimatorFidelity([...STEPS, { ...step(9, 9), estimates: { other: 1 } }], DEFAULT_ESTIMATE),
    ).toEqual(found);
  });
});

describe('steeringEstimate', () => {
  const { experiment } = walked().report;
  const steeredBy = (utilitySlope: number, estimator: Estimator = 'signed') => ({
    ...experiment,
    policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT, estimator, utilitySlope } as const,
  });

  it('is what the run steered by, as far as it was measured', () => {
    expect(steeringEstimate(steeredBy(20), ['a', DEFAULT_ESTIMATE, 'signed@20'])).toBe('signed@20');
    expect(steeringEstimate(steeredBy(11), ['a', DEFAULT_ESTIMATE, 'signed@20'])).toBe(DEFAULT_ESTIMATE);
    const published = { ...steeredBy(20, 'distortion').policy, calibrated: false };
    const found = ['distortion@20', 'reused@20', 'calibrated@20'];
    expect(steeringEstimate(steeredBy(20, 'distortion'), found)).toBe('calibrated@20');
    expect(steeringEstimate({ ...experiment, policy: published }, found)).toBe('reused@20');
    expect(steeringEstimate(steeredBy(20, 'distortion'), ['a', 'distortion@20'])).toBe('distortion@20');
    expect(steeringEstimate(steeredBy(11), ['a'])).toBe('a');
    expect(steeringEstimate(steeredBy(11), [])).toBeNull();
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
    // Two intervals of ten inferences of 20 ms; one pass of 50 ms.
    expect(fidelity.cost).toMatchObject({ inferenceMs: 400, backwardMs: 50 });
    expect(fidelity.samples).toHaveLength(STEPS.length);
    expect(JSON.parse(fidelityJson(fidelity))).toMatchObject({ experiment: { knobs: ['quantizer'] } });
  });

  it('say what probes take, by the bytes, encodes and inferences of their frames', () => {
    const walk = walked();
    const [encodes, bytes, inferences] = [3, 1500, 3];
    const intervals = walk.intervals.map((record, i) => ({
      ...record,
      bytes: i === 0 ? 4000 : 2000,
      fidelity: {
        ...{ accuracy: 0.9, level: {}, probedFrames: 3 },
        // Of five steps the first costs nothing, the others 3 encodes, 3 inferences and 1500 bytes.
        steps: (i === 0 ? STEPS.slice(0, 2) : STEPS.slice(2)).map((one, j) => ({
          ...one,
          probeCost: i + j === 0 ? { encodes: 0, bytes: 0, inferences: 0 } : { encodes, bytes, inferences },
        })),
        referenceCost: { encodes: 3, bytes: 6000 * i, inferences: 3 },
      },
    }));
    const { cost } = buildFidelity(runOf(walk), intervals);
    expect(cost.forwardProbe.encodes).toBeCloseTo(2.4, 12);
    expect(cost.forwardProbe.inferences).toBeCloseTo(2.4, 12);
    // 1200 bytes a step where an interval sends 3000; the reference 3000 on average.
    expect(cost.forwardProbe.bytesShare).toBeCloseTo(0.4, 12);
    expect(cost.profiledReference).toEqual({ encodes: 3, inferences: 3, bytesShare: 1 });
    // One knob: 2.4 + 3 inferences where an interval runs 10, as many encodes for 10 captures.
    expect(cost.profiledProbe?.inferencesShare).toBeCloseTo(0.54, 12);
    expect(cost.profiledProbe?.encodesPerFrame).toBeCloseTo(0.54, 12);
    expect(cost.profiledProbe?.bytesShare).toBeCloseTo(1.4, 12);
    const html = fidelityHtml(buildFidelity(runOf(walk), intervals));
    expect(html).toContain('2.40 inferences, 2.40 encodes, 40 % of the bytes that an interval sends');
    expect(html).toContain('54 % of its inferences, 0.54 encodes a captured frame, 140 % of its bytes');
  });

  it('say of builds that did not count them what those took', () => {
    const walk = walked();
    const { cost } = buildFidelity(runOf(walk), walk.intervals);
    expect(cost.forwardProbe).toEqual({ inferences: 3, encodes: 10 });
    expect(cost).not.toHaveProperty('profiledProbe');
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

  it('are in the report of a run that was measured, which opens again with them', () => {
    const { report, intervals } = walked();
    const html = reportHtml({ ...report, intervals });
    expect(html).toContain('How far AccGrad could be trusted');
    expect(html).toContain('a&lt;b');
    expect(html.match(/<circle/g)).toHaveLength(2 * STEPS.length);
    expect(parseReport(html).intervals).toEqual(intervals);
    const unmeasured = { ...report, intervals: intervals.map((record) => withoutFidelity(record)) };
    expect(reportHtml(unmeasured)).not.toContain('<circle');
  });

  it('says so where nothing was measured', () => {
    const walk = walked();
    const unmeasured = walk.report.intervals.filter(({ fidelity }) => fidelity === undefined);
    expect(() => buildFidelity(runOf(walk), unmeasured)).toThrow(/no true changes.*\.$/);
  });
});
