/** results.json of a sweep: one row a cell, and what could have been had in hindsight. */
import type { Budget, Resource } from '../../src/domain/budget.ts';
import type { ComparisonReport, ContenderRun } from '../../src/domain/comparison.ts';
import type { Configuration } from '../../src/domain/configuration.ts';
import type { DetectorSpec, GpuCost } from '../../src/domain/experiment.ts';
import {
  bestWithin,
  oracleFrontier,
  splitHalfFrontier,
  statics,
  type Grid,
  type Outcome,
} from '../../src/domain/hindsight.ts';
import { INTERVAL_SECONDS, meanDelayMs, summarise, type Environment } from '../../src/domain/interval.ts';
import type { Job } from './jobs.ts';
import { lookingBack, type Spent } from './lookingBack.ts';
import type { Sweep } from './parseSweep.ts';

/** What a job has given; it opens as the report of a comparison, too. */
export interface FinishedJob extends ComparisonReport {
  readonly sweep: {
    readonly source: string;
    readonly seed: number;
    /** At which it was measured. */
    readonly commit: string;
    /** Cost of a pass at each configuration of the grid. */
    readonly inferenceMs: readonly number[];
  };
}

/** What a policy has done beside sending each frame once; sums over the run unless named otherwise. */
export interface Charges {
  /** Of `bandwidthKbps`, what was sent to profile or in a second round. */
  readonly extraBytes: number;
  readonly inferences: number;
  readonly extraInferences: number;
  readonly backwardPasses: number;
  readonly encodes: number;
  /** DNNGrad on its way back to the sensor; not in `bandwidthKbps`. */
  readonly feedbackKbps: number;
  /** Mean from capture to arrival; null: a frame never arrives. */
  readonly delayMs: number | null;
}

interface CellName {
  readonly source: string;
  readonly budget: Budget;
  /** Its label. */
  readonly policy: string;
  readonly seed: number;
}

export interface CellFigures {
  readonly seconds: number;
  readonly accuracy: number;
  readonly bandwidthKbps: number;
  /** Passes × the cost of one. */
  readonly gpuMsPerSecond: number;
  /** Seconds that sent more than a token bucket of two seconds of the budget held. */
  readonly violations: number;
  readonly charges: Charges;
}

/** `error`: the sentence by which its job failed. */
export type Cell = CellName & (CellFigures | { readonly error: string });

export interface StaticOutcome extends Spent {
  readonly configuration: Configuration;
}

/** Nothing of it is charged to anybody. */
export interface Hindsight {
  readonly source: string;
  readonly seed: number;
  readonly seconds: number;
  /** In the order of the grid, which is the same for every source. */
  readonly statics: readonly StaticOutcome[];
  /** null: none of them fits. */
  readonly bestStatic: readonly { readonly budget: Budget; readonly best: StaticOutcome | null }[];
  /** The clairvoyant oracle's frontier, by rising bandwidth. */
  readonly oracle: readonly Outcome[];
  /** The same with luck partly taken out: chosen on half of the captures, scored on the other half. */
  readonly splitHalfOracle: readonly Outcome[];
  /** At each of its prices (lookingBack.ts), the same for every source. */
  readonly lookingBack: Readonly<Record<Resource, readonly Spent[]>>;
}

export interface Results {
  readonly schemaVersion: 2;
  /** By which it was made. */
  readonly command: string;
  readonly sweep: Sweep;
  /** More than one where it was interrupted and the lab's sources did not change in between. */
  readonly commits: readonly string[];
  readonly environments: readonly Environment[];
  /** What a pass was charged at. */
  readonly gpuCosts: readonly { readonly detector: DetectorSpec; readonly gpuCost: GpuCost }[];
  readonly cells: readonly Cell[];
  readonly hindsight: readonly Hindsight[];
}

/** A job with what came of it; a text: the sentence by which it failed. */
export interface JobOutcome {
  readonly job: Job;
  readonly outcome: FinishedJob | string;
}

export function resultsOf(sweep: Sweep, outcomes: readonly JobOutcome[], command: string): Results {
  const finished = outcomes.flatMap(({ outcome }) => (typeof outcome === 'string' ? [] : [outcome]));
  return {
    schemaVersion: 2,
    command,
    sweep,
    commits: distinct(finished.map((job) => job.sweep.commit)),
    environments: distinct(finished.map(({ environment }) => environment)),
    gpuCosts: distinct(
      finished.flatMap(({ comparison: { experiment } }) =>
        experiment.gpuCost ? [{ detector: experiment.detector, gpuCost: experiment.gpuCost }] : [],
      ),
    ),
    cells: outcomes.flatMap(cellsOf),
    hindsight: finished.flatMap((job) => (job.grid.length === 0 ? [] : [hindsightOf(job, sweep.budgets)])),
  };
}

function cellsOf({ job, outcome }: JobOutcome): Cell[] {
  const { source, seed, policies, comparison } = job;
  return comparison.contenders.map(({ budget }, place): Cell => {
    const name = { source, budget, policy: policies[place] ?? '', seed };
    if (typeof outcome === 'string') return { ...name, error: outcome };
    const run = outcome.runs[place];
    return run ? { ...name, ...figuresOf(run) } : { ...name, error: 'Its run is missing.' };
  });
}

function figuresOf({ intervals }: ContenderRun): CellFigures {
  const summary = summarise(intervals);
  const sum = (of: (interval: (typeof intervals)[number]) => number): number =>
    intervals.reduce((total, interval) => total + of(interval), 0);
  return {
    seconds: intervals.length * INTERVAL_SECONDS,
    accuracy: summary.accuracy,
    bandwidthKbps: summary.bandwidthKbps,
    gpuMsPerSecond: summary.gpuAccountedMsPerSecond,
    violations: summary.bucketViolations,
    charges: {
      extraBytes: sum(({ extraBytes = 0 }) => extraBytes),
      inferences: summary.inferences,
      extraInferences: sum(({ extraInferences = 0 }) => extraInferences),
      backwardPasses: summary.backwardPasses,
      encodes: summary.encodes,
      feedbackKbps: summary.feedbackKbps,
      delayMs: meanDelayMs(intervals),
    },
  };
}

export function hindsightOf(
  { sweep: { source, seed, inferenceMs }, grid, configurations }: Omit<FinishedJob, 'comparison'>,
  budgets: readonly Budget[],
): Hindsight {
  const spentOn = (intervals: Grid): Spent[] =>
    statics(intervals, INTERVAL_SECONDS).map((outcome, place) => ({
      ...plain(outcome),
      gpuMsPerSecond: gpuOf(intervals, place, inferenceMs[place] ?? 0),
    }));
  const all = spentOn(grid).flatMap((outcome, place): StaticOutcome[] => {
    const configuration = configurations[place];
    return configuration ? [{ configuration, ...outcome }] : [];
  });
  const spent = grid.map((points) => spentOn([points]));
  const fits = ({ gpuMsPerSecond: limit }: Budget): StaticOutcome[] =>
    all.filter(({ gpuMsPerSecond }) => limit === null || gpuMsPerSecond <= limit);
  return {
    source,
    seed,
    seconds: grid.length * INTERVAL_SECONDS,
    statics: all,
    bestStatic: budgets.map((budget) => ({
      budget,
      best: bestWithin(fits(budget), budget.bandwidthKbps ?? Infinity) ?? null,
    })),
    oracle: oracleFrontier(grid, INTERVAL_SECONDS).map(plain),
    splitHalfOracle: splitHalfFrontier(grid, INTERVAL_SECONDS),
    lookingBack: {
      bandwidth: lookingBack(spent, 'bandwidth'),
      gpu: lookingBack(spent, 'gpu'),
    },
  };
}

const gpuOf = (grid: Grid, place: number, inferenceMs: number): number =>
  (grid.reduce((sum, points) => sum + (points[place]?.frames ?? 0), 0) * inferenceMs) /
  (grid.length * INTERVAL_SECONDS);

const plain = ({ bandwidthKbps, accuracy }: Outcome): Outcome => ({ bandwidthKbps, accuracy });

const distinct = <T>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];
