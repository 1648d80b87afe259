/** What the command line asks of the headless page, and what the page tells it. Plain data: it crosses processes. */
import type { Comparison, GridPoint } from '../domain/comparison.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { Experiment } from '../domain/experiment.ts';
import type { IntervalRecord } from '../domain/interval.ts';
import type { Progress, RunInfo } from '../engine/events.ts';
import type { TrialInterval, TrialTask } from '../engine/tileTrials/trial.ts';
import type { Picture } from './pictures.ts';

/** A file that the command line serves to the page. */
export interface ServedFile {
  readonly name: string;
  readonly url: string;
}

export interface HeadlessTask {
  readonly experiment: Experiment;
  /** Each named as the source names it. */
  readonly clips: readonly ServedFile[];
  /** model.json, its shards and its card; empty where the model is registered or fetched from elsewhere. */
  readonly modelFiles: readonly ServedFile[];
  /** A walk on which estimators are held against the truth, in place of the experiment's policy. */
  readonly fidelity: boolean;
}

/** Several policies on one source. */
export interface ComparisonTask {
  readonly comparison: Comparison;
  /** Each named as the source names it. */
  readonly clips: readonly ServedFile[];
  readonly modelFiles: readonly ServedFile[];
}

export type ComparisonResult =
  | {
      readonly ok: true;
      readonly info: RunInfo;
      /** Of each contender. */
      readonly intervals: readonly (readonly IntervalRecord[])[];
      readonly configurations: readonly Configuration[];
      readonly grid: readonly (readonly GridPoint[])[];
    }
  /** A full sentence. */
  | { readonly ok: false; readonly error: string };

export type HeadlessEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'interval'; readonly record: IntervalRecord }
  /** Of a comparison: all contenders have had the interval. */
  | { readonly kind: 'compared'; readonly intervalIndex: number }
  | { readonly kind: 'notice'; readonly message: string }
  /** Nothing to tell but that the run is at work. */
  | { readonly kind: 'alive' };

export type HeadlessResult =
  | {
      readonly ok: true;
      readonly info: RunInfo;
      readonly intervals: readonly IntervalRecord[];
      /** Heat maps of the last interval. */
      readonly pictures: readonly Picture[];
    }
  /** A full sentence. */
  | { readonly ok: false; readonly error: string };

/** Realisations of per-tile quality, tried on one source. */
export interface TileTrialsTask extends TrialTask {
  /** Each named as the source names it. */
  readonly clips: readonly ServedFile[];
  readonly modelFiles: readonly ServedFile[];
}

export type TileTrialsResult =
  | { readonly ok: true; readonly intervals: readonly TrialInterval[] }
  /** A full sentence. */
  | { readonly ok: false; readonly error: string };

/** What the page offers to whoever drives it. */
export interface HeadlessPage {
  runExperiment: (task: HeadlessTask) => Promise<HeadlessResult>;
  runTileTrials: (task: TileTrialsTask) => Promise<TileTrialsResult>;
  runComparison: (task: ComparisonTask) => Promise<ComparisonResult>;
  /** Put there by the driver before the page loads. */
  onExperimentEvent: (event: HeadlessEvent) => Promise<void>;
}
