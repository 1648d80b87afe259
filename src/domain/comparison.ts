/** Several policies on the same frames, and every configuration of a grid beside them. */
import { isSameBudget, NO_BUDGET, type Budget } from './budget.ts';
import { configurationAt, type Configuration, type Knobs } from './configuration.ts';
import type { Experiment, PolicySpec } from './experiment.ts';
import type { IntervalRecord, RunReport } from './interval.ts';
import type { KnobName, PerKnob } from './knob.ts';

/** One that takes part. */
export interface Contender {
  /** Names it in figures and tables; no two are called the same. */
  readonly name: string;
  readonly policy: PolicySpec;
  readonly budget: Budget;
  /** Those of the experiment's knobs that it may move; absent: all. */
  readonly knobs?: readonly KnobName[];
}

/** The budget that all have; null where they have several, as in a sweep's cell. */
export function commonBudget(contenders: readonly Pick<Contender, 'budget'>[]): Budget | null {
  const first = contenders[0]?.budget ?? NO_BUDGET;
  return contenders.every(({ budget }) => isSameBudget(budget, first)) ? first : null;
}

/** How many rungs of a knob's ladder the grid takes, evenly spread from end to end; a knob left out stands at rest. */
export type GridSpec = PerKnob;

export interface Comparison {
  /** Source, detector, knobs, seconds, backend and seed of all; its policy and budget are nobody's. */
  readonly experiment: Experiment;
  readonly contenders: readonly Contender[];
  /** null: no grid, and so neither oracle nor best static. */
  readonly grid: GridSpec | null;
}

/** What one interval would have been at a configuration of the grid. Nothing of it is charged to anybody. */
export interface GridPoint {
  /** Place in the grid. */
  readonly configuration: number;
  readonly bytes: number;
  /** Frames that were looked at. */
  readonly frames: number;
  /** F1 against the reference at each captured frame. */
  readonly accuracies: readonly number[];
}

export interface ContenderRun {
  readonly contender: Contender;
  readonly intervals: readonly IntervalRecord[];
}

export interface ComparisonReport extends Pick<RunReport, 'schemaVersion' | 'environment' | 'ladders'> {
  readonly comparison: Comparison;
  readonly runs: readonly ContenderRun[];
  /** The grid's configurations, and for every interval a point for each. */
  readonly configurations: readonly Configuration[];
  readonly grid: readonly (readonly GridPoint[])[];
}

/** Evenly spread indices of a ladder, both ends among them where there is more than one. */
export function spread(length: number, count: number): number[] {
  if (count <= 1 || length === 1) return [length - 1];
  const wanted = Math.min(count, length);
  return Array.from({ length: wanted }, (_, i) => Math.round((i * (length - 1)) / (wanted - 1)));
}

/** Every combination of the grid's rungs, cheap to expensive by the first knob. */
export function gridConfigurations(knobs: Knobs, grid: GridSpec): Configuration[] {
  let indices: PerKnob[] = [{}];
  for (const [name, count] of Object.entries(grid) as [KnobName, number][]) {
    const rungs = spread(knobs[name].values.length, count);
    indices = indices.flatMap((before) => rungs.map((rung) => ({ ...before, [name]: rung })));
  }
  return indices.map((at) => configurationAt(knobs, at));
}
