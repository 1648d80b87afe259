import { describe, expect, it } from 'vitest';
import { ablationMarkdown, meanOf, type FidelityRun } from './ablation.ts';
import { readFidelity } from './readFidelity.ts';

const estimator = (r: number | null) => ({
  pearsonAccuracy: r,
  pearsonAccuracyUp: r,
  spearmanAccuracy: r,
  pearsonUtility: null,
  signAgreement: 0.9,
  constantSignAgreement: 0.8,
  samples: 28,
});

function runOf(name: string, free: number | null, charged: number | null): FidelityRun {
  const json = {
    experiment: { source: { kind: 'scene', preset: 'plaza' }, seconds: 12, seed: 4 },
    environment: {
      backend: 'wasm',
      browser: 'Mozilla/5.0 HeadlessChrome/156.0.1.2 Safari',
      detector: { name: 'x' },
    },
    defaultEstimator: 'distortion@8',
    knobs: {
      quantizer: {
        estimators: {
          default: estimator(free),
          'distortion@8': estimator(free),
          forwardProbe: estimator(charged === null ? null : charged - 0.1),
          profiledProbe: estimator(charged),
        },
      },
    },
    level: { default: { pearson: 0.9, samples: 12 } },
    cost: {
      backwardPerInference: 0.1,
      encodesPerFrame: 1.2,
      gradientPassInInferences: 2,
      backwardShare: 0.2,
      inferenceMs: 1000,
      backwardMs: name === 'a' ? 50 : 20,
      forwardProbe: { inferences: 2.5, encodes: 2.25, bytesShare: 0.4 },
      ...(name === 'a'
        ? {
            profiledReference: { inferences: 3, encodes: 3, bytesShare: 1.5 },
            profiledProbe: { inferencesShare: 0.9, encodesPerFrame: 1.1, bytesShare: 2.7 },
          }
        : {}),
    },
    intervals: [
      { index: 0, accuracy: 0.2 },
      { index: 1, accuracy: 0.9 },
    ],
    // Perfect where something is found, and the contrary where nothing is.
    samples: Array.from({ length: 24 }, (_, i) => ({
      interval: i < 12 ? 0 : 1,
      knob: 'quantizer',
      accuracyGain: i % 12,
      estimates: { 'distortion@8': i < 12 ? -i : i },
    })),
  };
  return { name, fidelity: readFidelity(json, 'fidelity.json') };
}

const text = ablationMarkdown([runOf('a', 0.7, 0.8), runOf('b', 0.4, 0.6)], {
  commit: 'abc1234',
  command: 'npm run estimators -- runs/a runs/b --out docs/estimators.md',
});

describe('the table over several runs', () => {
  it('has a column a run, and the mean', () => {
    expect(text).toContain('| **distortion@8** (default) | 0.70 | 0.40 | **0.55** |');
    expect(text).toContain('| forwardProbe (charged) | 0.70 | 0.50 | **0.60** |');
    expect(text).toContain('| profiledProbe (charged) | 0.80 | 0.60 | **0.70** |');
    expect(text).toContain('| steps measured | 28 | 28 |');
  });

  it('says which bound is reached and which is not', () => {
    expect(text).toContain('0.55, **does not reach** the bound of 0.6');
    expect(text).toContain('charged probes (profiledProbe): 0.70, **does not reach** the bound of 0.75');
    expect(text).toContain('the level of loss: 0.90, reaches the bound of 0.8');
  });

  it('says beside it how it stands where the detector still works', () => {
    expect(text).toContain('the bound of 0.6; over intervals with F1 ≥ 0.5 alone 1.00.');
  });

  it('tells what the gradients cost over all runs, and each probe where it was counted', () => {
    // (50 + 20) ms by 2000.
    expect(text).toContain('| all runs together |  |  | **0.035** |  |');
    expect(text).toContain('| a | 2.50 | 2.25 | 40 % | 3.00 | 3.00 | 150 % | 90 % | 1.10 | 270 % |');
    expect(text).toContain('| b | 2.50 | 2.25 | 40 % | – | – | – | – | – | – |');
  });

  it('tells the commit and how to do it again', () => {
    expect(text).toContain('at commit abc1234');
    expect(text).toContain('npm run fidelity -- runs/b.json --out runs/b');
    expect(text).toContain('"seed":4');
  });

  it('leaves runs that know nothing out of a mean', () => {
    expect(meanOf([0.5, null, 0.7])).toBeCloseTo(0.6, 12);
    expect(meanOf([null])).toBeNull();
  });

  it('names the value that is wrong in a file', () => {
    expect(() => readFidelity({ experiment: {} }, 'x/fidelity.json')).toThrow(/^The file x\/fidelity.json/);
  });
});
