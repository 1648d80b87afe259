/** The interval (1 s) is the unit of adaptation and of record; a run is its list of intervals. */
import type { Prices } from './budget.ts';
import type { Configuration } from './configuration.ts';
import type { Edit, Estimator, Experiment } from './experiment.ts';
import type { IntervalFidelity } from './fidelity.ts';
import type { KnobName, PerKnob } from './knob.ts';
import { bucketViolations } from './tokenBucket.ts';

export const INTERVAL_SECONDS = 1;

/** What one interval showed about one knob, per full ladder (position 0 → 1). */
export interface KnobGradient {
  /**
   * As the policy steered by it (smoothed where the policy smooths): change of F1 where it steers by the calibrated distortion form
   * (`isInF1`), else of utility per candidate detection.
   */
  readonly accGrad: number;
  /** What every estimator made of this interval alone. */
  readonly estimates: Readonly<Record<Estimator, number>>;
  /** Change of bandwidth as a fraction of the budget (of the present bandwidth where there is no budget). */
  readonly bandwidthGrad: number;
  /** Change of detector time as a fraction of the budget (of the present time where there is no budget). */
  readonly gpuGrad: number;
  /** Both neighbours decode to the same pixels: there is nothing to be learnt. */
  readonly flat: boolean;
}

export interface IntervalRecord {
  readonly index: number;
  readonly startSeconds: number;
  readonly configuration: Configuration;
  /** Where the policy's continuous knobs stood, 0 … 1. */
  readonly positions: PerKnob;
  /** Bytes sent on the link. */
  readonly bytes: number;
  /** Of these what was sent beside each frame once: to profile, or in a second round. Missing in older reports. */
  readonly extraBytes?: number;
  readonly bandwidthKbps: number;
  /**
   * What a policy has to plan with: bandwidth had no frame been dropped, on average over a key frame's period. In virtual
   * time with a key frame in every interval it is `bandwidthKbps`.
   */
  readonly plannedKbps: number;
  /** Bytes of the same interval at the most expensive configuration: the instrument's, not charged. */
  readonly referenceBytes: number;
  /**
   * Mean F1 against the reference detections, over the captured frames. A live run that cannot keep up measures only the
   * frames that it analysed (`measuredFrames`), which flatters it.
   */
  readonly accuracy: number;
  /** Mean F1 against the scene's exact boxes; null where there are none. */
  readonly accuracyTruth: number | null;
  /** Share of the tiles that kept full quality, per cent: at least the knob's value. Missing in older reports. */
  readonly keptTilesPercent?: number;
  /** Frames captured, of which `sentFrames` were encoded and sent. */
  readonly frames: number;
  readonly sentFrames: number;
  /** Captured frames for which accuracy was measured; less than `frames` when a live run cannot keep up. */
  readonly measuredFrames: number;
  /** Live only: frames that came while the pipeline was busy and were not captured or not analysed. */
  readonly droppedFrames: number;
  readonly inferences: number;
  /** Of these the ones beside each sent frame's: of profiling, or of a second round. Missing in older reports. */
  readonly extraInferences?: number;
  readonly backwardPasses: number;
  /** By the sensor for the policy, of frames sent and of the neighbours'; a frame some of whose tiles are given up takes two. */
  readonly encodes: number;
  /** Bytes from server to sensor, uncompressed: the DNNGrad that the steering estimator needs there. Not in `bytes`. */
  readonly feedbackBytes: number;
  /** Detector time as measured by the clock, milliseconds. */
  readonly gpuMs: number;
  /** The same as counts × cost of a pass: what budget and policy see, so that a run repeats. */
  readonly gpuAccountedMs: number;
  /** Smooth count of confident detections on the interval's last frame. */
  readonly utility: number;
  /** Mean time from capture until the server has all of the frame, milliseconds (link model); null: one of the frames never arrives. */
  readonly delayMs: number | null;
  readonly gradients: PerKnob<KnobGradient>;
  readonly prices: Prices;
  /** What was changed by hand before and while it ran. */
  readonly edits: readonly Edit[];
  /** Only where the truth was asked for: what a step of each knob would really have changed. */
  readonly fidelity?: IntervalFidelity;
  /** The budget in force, as the user can change it at any moment. */
  readonly budget: { readonly bandwidthKbps: number | null; readonly gpuMsPerSecond: number | null };
}

/**
 * Truth comes after the record that it is about.
 * @param found by index of the interval
 */
export const withFidelity = (
  records: readonly IntervalRecord[],
  found: ReadonlyMap<number, IntervalFidelity>,
): readonly IntervalRecord[] => {
  if (found.size === 0) return records;
  return records.map((record) => {
    const fidelity = found.get(record.index);
    return fidelity ? { ...record, fidelity } : record;
  });
};

export interface RunSummary {
  readonly accuracy: number;
  readonly accuracyTruth: number | null;
  readonly bandwidthKbps: number;
  readonly referenceBandwidthKbps: number;
  /** Detector time as measured by the clock. */
  readonly gpuMsPerSecond: number;
  /** The same as counts × cost of a pass, which budgets are held against. */
  readonly gpuAccountedMsPerSecond: number;
  readonly overBudgetIntervals: number;
  /** Intervals that sent more than a token bucket of two seconds of the bandwidth budget held. */
  readonly bucketViolations: number;
  readonly intervals: number;
  readonly inferences: number;
  readonly backwardPasses: number;
  readonly encodes: number;
  /** DNNGrad on its way back to the sensor. */
  readonly feedbackKbps: number;
  readonly droppedFrames: number;
}

export interface Environment {
  readonly backend: string;
  readonly adapter: string;
  readonly browser: string;
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly detector: { readonly name: string; readonly inputWidth: number; readonly inputHeight: number };
  /** Why the backend is not the one that was asked for; null when it is. */
  readonly fallback: string | null;
}

export const SCHEMA_VERSION = 1;

export interface RunReport {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly experiment: Experiment;
  readonly environment: Environment;
  /** Ladder of every knob, so that a chart can be drawn from the report alone. */
  readonly ladders: Readonly<Record<KnobName, readonly (string | number)[]>>;
  readonly intervals: readonly IntervalRecord[];
  readonly summary: RunSummary;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;

/** Share by which a budget may be exceeded before an interval counts as over it. */
export const BUDGET_TOLERANCE = 0.05;

/** Mean of the intervals' delays, milliseconds; null where a frame never arrives. */
export function meanDelayMs(intervals: readonly IntervalRecord[]): number | null {
  let sum = 0;
  for (const { delayMs } of intervals) {
    if (delayMs === null) return null;
    sum += delayMs;
  }
  return sum / Math.max(1, intervals.length);
}

/** The run in one row. */
export function summarise(intervals: readonly IntervalRecord[]): RunSummary {
  const sum = (of: (i: IntervalRecord) => number): number => intervals.reduce((total, i) => total + of(i), 0);
  const truths = intervals.flatMap((i) => (i.accuracyTruth === null ? [] : [i.accuracyTruth]));
  const exceeds = (value: number, bound: number | null): boolean =>
    bound !== null && value > bound * (1 + BUDGET_TOLERANCE);
  return {
    accuracy: mean(intervals.map((i) => i.accuracy)),
    accuracyTruth: truths.length === 0 ? null : mean(truths),
    bandwidthKbps: mean(intervals.map((i) => i.bandwidthKbps)),
    referenceBandwidthKbps: (mean(intervals.map((i) => i.referenceBytes)) * 8) / 1000 / INTERVAL_SECONDS,
    gpuMsPerSecond: mean(intervals.map((i) => i.gpuMs)) / INTERVAL_SECONDS,
    gpuAccountedMsPerSecond: mean(intervals.map((i) => i.gpuAccountedMs)) / INTERVAL_SECONDS,
    overBudgetIntervals: intervals.filter(
      (i) =>
        exceeds(i.bandwidthKbps, i.budget.bandwidthKbps) ||
        exceeds(i.gpuAccountedMs, i.budget.gpuMsPerSecond),
    ).length,
    bucketViolations: bucketViolations(intervals, INTERVAL_SECONDS),
    intervals: intervals.length,
    inferences: sum((i) => i.inferences),
    backwardPasses: sum((i) => i.backwardPasses),
    encodes: sum((i) => i.encodes),
    feedbackKbps: (mean(intervals.map((i) => i.feedbackBytes)) * 8) / 1000 / INTERVAL_SECONDS,
    droppedFrames: sum((i) => i.droppedFrames),
  };
}
