/**
 * fidelity.json: how well every estimator of AccGrad told what a step of a knob really changed, on a walk over the ladders.
 *
 * All gains are towards the expensive side of a step, for steps up and down alike, so that an estimator gets no credit
 * for knowing which way is up.
 */
import type { Configuration } from '../../domain/configuration.ts';
import { constantSignAgreement, pearson, signAgreement, spearman } from '../../domain/correlation.ts';
import { DEFAULT_ONEADAPT, type Experiment } from '../../domain/experiment.ts';
import type { IntervalFidelity, ProbeCost, TrueStep } from '../../domain/fidelity.ts';
import type { Environment, IntervalRecord } from '../../domain/interval.ts';
import { KNOB_NAMES, type KnobName, type PerKnob } from '../../domain/knob.ts';
import type { ReportedRun } from '../report.ts';

/** What the lab steers by where nobody says otherwise: in F1, by the DNNGrad of the last backward pass and the level of loss. */
export const DEFAULT_ESTIMATE = `calibrated@${DEFAULT_ONEADAPT.utilitySlope}`;
/** What the lab shows as the level of loss; the calibrated AccGrad takes the mean where something was found, and the place by itself. */
export const DEFAULT_LEVEL = 'placedLoss';
/** The same in reports from before it. */
const OLDER_LEVEL = 'agedLoss';
/** Estimators that need more than one backward pass: frames of every neighbour encoded, sent and detected. */
export const CHARGED_ESTIMATORS: readonly string[] = ['forwardProbe', 'profiledProbe', 'combinedProbe'];

/** Correlations are null where nothing varied. */
export interface EstimatorFidelity {
  /** With the true change of mean F1. */
  readonly pearsonAccuracy: number | null;
  readonly spearmanAccuracy: number | null;
  /** With the true change of utility per candidate. */
  readonly pearsonUtility: number | null;
  /** Share of the steps that changed accuracy in which the sign was right. */
  readonly signAgreement: number | null;
  /** The same for always saying the commoner sign. */
  readonly constantSignAgreement: number | null;
  readonly samples: number;
  /** Of steps to the more expensive neighbour alone, which is the one that a run probes. */
  readonly pearsonAccuracyUp: number | null;
  readonly pearsonAccuracyDown: number | null;
}

export interface LevelFidelity {
  /** With the true loss 1 − F1. */
  readonly pearson: number | null;
  readonly samples: number;
}

/** Means of what probes take. */
export interface ProbeShare {
  readonly inferences: number;
  readonly encodes: number;
  /** Bytes sent for it, as a share of those that an interval sends. Not known of builds that did not count them. */
  readonly bytesShare?: number;
}

/** From the accounts of the walk, which is charged as the default policy would be. */
export interface FidelityCost {
  /** Backward passes for every inference. */
  readonly backwardPerInference: number;
  /** Frames encoded for every captured frame: those sent, one probe of the present, one a knob. */
  readonly encodesPerFrame: number;
  /** Time of one gradient pass (forward and backward together) in inferences, as warming up measured it. */
  readonly gradientPassInInferences: number;
  /** Time of all backward passes as a share of the inferences'. */
  readonly backwardShare: number;
  /** Time of all inferences, and of all backward passes. */
  readonly inferenceMs: number;
  readonly backwardMs: number;
  /** What a forward probe adds for each knob and interval: the neighbour's frames. */
  readonly forwardProbe: ProbeShare;
  /** What a profiled or combined probe adds to that for each interval, for all knobs at once: the reference's frames. */
  readonly profiledReference?: ProbeShare;
  /**
   * A profiled (or combined) probe of every tuned knob in every interval, the neighbours' frames and the reference's: inferences as a share
   * of those that the walk made, encodes for every captured frame, bytes as a share of those sent.
   */
  readonly profiledProbe?: {
    readonly inferencesShare: number;
    readonly encodesPerFrame: number;
    readonly bytesShare: number;
  };
}

export interface FidelitySample extends TrueStep {
  readonly interval: number;
}

/** What the report takes over of the run. */
export type MeasuredRun = Pick<ReportedRun, 'experiment' | 'environment'>;

export interface FidelityReport {
  readonly experiment: Experiment;
  readonly environment: Environment;
  /** The estimator that "default" names. */
  readonly defaultEstimator: string;
  readonly knobs: PerKnob<{ readonly estimators: Readonly<Record<string, EstimatorFidelity>> }>;
  readonly level: Readonly<Record<string, LevelFidelity>>;
  readonly cost: FidelityCost;
  /** Where the walk went, and what was lost there. */
  readonly intervals: readonly {
    readonly index: number;
    readonly configuration: Configuration;
    readonly accuracy: number;
    readonly level: Readonly<Record<string, number>>;
  }[];
  /** Every step of every knob. */
  readonly samples: readonly FidelitySample[];
}

/** Every measured step of a run. */
export const samplesOf = (intervals: readonly IntervalRecord[]): FidelitySample[] =>
  intervals.flatMap(({ index, fidelity }) =>
    (fidelity?.steps ?? []).map((step) => ({ interval: index, ...step })),
  );

/** Knobs of which steps were measured. */
export const measuredKnobs = (samples: readonly TrueStep[]): KnobName[] =>
  KNOB_NAMES.filter((name) => samples.some(({ knob }) => knob === name));

/** Estimators that said something of some step. */
export const estimatorsOf = (samples: readonly TrueStep[]): string[] => [
  ...new Set(samples.flatMap(({ estimates }) => Object.keys(estimates))),
];

/**
 * The estimator that a run steered by, of those that were measured; the lab's default where it steered by none.
 * @returns null where nothing was estimated
 */
export function steeringEstimate({ policy }: Experiment, estimators: readonly string[]): string | null {
  const steered: string[] = [];
  if (policy.name === 'oneadapt') {
    const { estimator, utilitySlope, calibrated } = policy;
    if (estimator === 'distortion' && calibrated) steered.push(`calibrated@${utilitySlope}`);
    // With the gradient that the run went on with, which may be some intervals old.
    if (estimator === 'distortion') steered.push(`reused@${utilitySlope}`);
    steered.push(`${estimator}@${utilitySlope}`);
  }
  return [...steered, DEFAULT_ESTIMATE].find((name) => estimators.includes(name)) ?? estimators[0] ?? null;
}

/** How one estimator did on those steps of which it said something. */
export function estimatorFidelity(steps: readonly TrueStep[], name: string): EstimatorFidelity {
  const samples = steps.filter(({ estimates }) => name in estimates);
  const estimate = (list: readonly TrueStep[]): number[] => list.map(({ estimates }) => estimates[name] ?? 0);
  const gain = (list: readonly TrueStep[]): number[] => list.map(({ accuracyGain }) => accuracyGain);
  const [said, was] = [estimate(samples), gain(samples)];
  const oneWay = (offset: 1 | -1): number | null => {
    const those = samples.filter((sample) => sample.offset === offset);
    return pearson(estimate(those), gain(those));
  };
  return {
    pearsonAccuracy: pearson(said, was),
    spearmanAccuracy: spearman(said, was),
    pearsonUtility: pearson(
      said,
      samples.map(({ utilityGain }) => utilityGain),
    ),
    signAgreement: signAgreement(said, was),
    constantSignAgreement: constantSignAgreement(was),
    samples: samples.length,
    pearsonAccuracyUp: oneWay(1),
    pearsonAccuracyDown: oneWay(-1),
  };
}

/**
 * @param intervals records that carry their fidelity
 * @throws Error when none does
 */
export function buildFidelity(run: MeasuredRun, intervals: readonly IntervalRecord[]): FidelityReport {
  const walked = intervals.flatMap((record) =>
    record.fidelity ? [{ record, fidelity: record.fidelity }] : [],
  );
  const [first] = walked;
  if (!first) throw new Error('The run measured no true changes, so there is nothing to compare with.');
  const samples = samplesOf(walked.map(({ record }) => record));
  const knobs: Partial<Record<KnobName, { readonly estimators: Record<string, EstimatorFidelity> }>> = {};
  for (const name of measuredKnobs(samples)) {
    const own = samples.filter(({ knob }) => knob === name);
    knobs[name] = {
      estimators: {
        default: estimatorFidelity(own, DEFAULT_ESTIMATE),
        ...Object.fromEntries(
          estimatorsOf(own).map((estimator) => [estimator, estimatorFidelity(own, estimator)]),
        ),
      },
    };
  }
  const losses = walked.map(({ fidelity }) => 1 - fidelity.accuracy);
  const levelFidelity = (name: string): LevelFidelity => ({
    pearson: pearson(
      walked.map(({ fidelity }) => fidelity.level[name] ?? 0),
      losses,
    ),
    samples: walked.length,
  });
  return {
    experiment: run.experiment,
    environment: run.environment,
    defaultEstimator: DEFAULT_ESTIMATE,
    knobs,
    level: {
      default: levelFidelity(DEFAULT_LEVEL in first.fidelity.level ? DEFAULT_LEVEL : OLDER_LEVEL),
      ...Object.fromEntries(Object.keys(first.fidelity.level).map((name) => [name, levelFidelity(name)])),
    },
    cost: costOf(run, walked),
    intervals: walked.map(({ record: { index, configuration, accuracy }, fidelity: { level } }) => ({
      index,
      configuration,
      accuracy,
      level,
    })),
    samples,
  };
}

interface Walked {
  readonly record: IntervalRecord;
  readonly fidelity: IntervalFidelity;
}

function costOf({ experiment }: MeasuredRun, walked: readonly Walked[]): FidelityCost {
  const sum = (of: (record: IntervalRecord) => number): number =>
    walked.reduce((total, { record }) => total + of(record), 0);
  const { inferenceMs, backwardMs } = experiment.gpuCost ?? { inferenceMs: 0, backwardMs: 0 };
  const [inferences, passes] = [sum((record) => record.inferences), sum((record) => record.backwardPasses)];
  const frames = sum((record) => record.frames);
  const backwardPerInference = passes / Math.max(1, inferences);
  // Where a pass takes no time that could be told, a ratio to it says nothing.
  const finite = (ratio: number): number => (Number.isFinite(ratio) ? ratio : 0);
  const gradientPassInInferences = finite(backwardMs / inferenceMs);
  return {
    backwardPerInference,
    encodesPerFrame: sum((record) => record.encodes) / Math.max(1, frames),
    gradientPassInInferences,
    backwardShare: finite(backwardPerInference * gradientPassInInferences),
    inferenceMs: inferences * inferenceMs,
    backwardMs: passes * backwardMs,
    ...probeCosts(walked),
  };
}

/** Of the intervals whose probes were counted; for builds that encoded the whole interval to probe, what that took. */
function probeCosts(
  walked: readonly Walked[],
): Pick<FidelityCost, 'forwardProbe' | 'profiledReference' | 'profiledProbe'> {
  const counted = walked.filter(({ fidelity }) => fidelity.referenceCost !== undefined);
  const mean = (list: readonly number[]): number =>
    list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  if (counted.length === 0) {
    const encodes = mean(walked.map(({ record }) => record.sentFrames));
    return { forwardProbe: { inferences: walked[0]?.fidelity.probedFrames ?? 0, encodes } };
  }
  const run = (of: (record: IntervalRecord) => number): number =>
    Math.max(1, mean(counted.map(({ record }) => of(record))));
  const bytes = run((record) => record.bytes);
  const share = (costs: readonly ProbeCost[]) => ({
    inferences: mean(costs.map((cost) => cost.inferences)),
    encodes: mean(costs.map((cost) => cost.encodes)),
    bytesShare: mean(costs.map((cost) => cost.bytes)) / bytes,
  });
  const steps = counted.flatMap(({ fidelity }) => fidelity.steps);
  const neighbour = share(steps.flatMap(({ probeCost }) => probeCost ?? []));
  const reference = share(counted.flatMap(({ fidelity }) => fidelity.referenceCost ?? []));
  const knobs = new Set(steps.map(({ knob }) => knob)).size;
  const all = (key: keyof typeof neighbour): number => reference[key] + knobs * neighbour[key];
  return {
    forwardProbe: neighbour,
    profiledReference: reference,
    profiledProbe: {
      inferencesShare: all('inferences') / run((record) => record.inferences),
      encodesPerFrame: all('encodes') / run((record) => record.frames),
      bytesShare: all('bytesShare'),
    },
  };
}

/** fidelity.json as text. */
export const fidelityJson = (report: FidelityReport): string => `${JSON.stringify(report, null, 2)}\n`;
