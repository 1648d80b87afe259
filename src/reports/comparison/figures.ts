/** What a policy reached and what it was charged, in a row: the columns of the table, its order and its best values. */
import type { ContenderRun } from '../../domain/comparison.ts';
import { INTERVAL_SECONDS, meanDelayMs, summarise, type IntervalRecord } from '../../domain/interval.ts';

export interface Figures {
  /** Mean F1 against the reference. */
  readonly accuracy: number;
  /** Mean F1 against the scene's exact boxes; null where there are none. */
  readonly accuracyTruth: number | null;
  readonly bandwidthKbps: number;
  /** Of this what was sent to profile or in a second round. */
  readonly extraKbps: number;
  readonly detectorMsPerSecond: number;
  readonly inferencesPerSecond: number;
  readonly extraInferencesPerSecond: number;
  readonly backwardPassesPerSecond: number;
  readonly encodesPerSecond: number;
  readonly feedbackKbps: number;
  /** Mean over the intervals; null: a frame never arrives. */
  readonly delayMs: number | null;
  readonly overBudgetIntervals: number;
  readonly bucketViolations: number;
}

/** Means and rates over intervals; all 0 of none. */
export function figuresOf(intervals: readonly IntervalRecord[]): Figures {
  const seconds = Math.max(1, intervals.length) * INTERVAL_SECONDS;
  const perSecond = (of: (i: IntervalRecord) => number): number =>
    intervals.reduce((sum, i) => sum + of(i), 0) / seconds;
  const { accuracy, accuracyTruth, bandwidthKbps, feedbackKbps, ...summary } = summarise(intervals);
  return {
    accuracy,
    accuracyTruth,
    bandwidthKbps,
    extraKbps: (perSecond((i) => i.extraBytes ?? 0) * 8) / 1000,
    detectorMsPerSecond: summary.gpuAccountedMsPerSecond,
    inferencesPerSecond: perSecond((i) => i.inferences),
    extraInferencesPerSecond: perSecond((i) => i.extraInferences ?? 0),
    backwardPassesPerSecond: perSecond((i) => i.backwardPasses),
    encodesPerSecond: perSecond((i) => i.encodes),
    feedbackKbps,
    delayMs: meanDelayMs(intervals),
    overBudgetIntervals: summary.overBudgetIntervals,
    bucketViolations: summary.bucketViolations,
  };
}

export type ColumnKey = keyof Figures;

export interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly digits: number;
  /** A part of the column before it. */
  readonly isPart?: true;
}

export const COLUMNS: readonly Column[] = [
  { key: 'accuracy', title: 'F1', unit: 'vs reference', better: 'more', digits: 3 },
  { key: 'accuracyTruth', title: 'F1', unit: 'vs exact', better: 'more', digits: 3 },
  { key: 'bandwidthKbps', title: 'Sent', unit: 'kbps', better: 'less', digits: 0 },
  { key: 'extraKbps', title: 'of it extra', unit: 'kbps', better: 'less', digits: 0, isPart: true },
  { key: 'detectorMsPerSecond', title: 'Detector', unit: 'ms/s', better: 'less', digits: 0 },
  { key: 'inferencesPerSecond', title: 'Inferences', unit: '/s', better: 'less', digits: 1 },
  {
    key: 'extraInferencesPerSecond',
    title: 'of them extra',
    unit: '/s',
    better: 'less',
    digits: 1,
    isPart: true,
  },
  { key: 'backwardPassesPerSecond', title: 'Backward', unit: 'passes/s', better: 'less', digits: 2 },
  { key: 'encodesPerSecond', title: 'Encodes', unit: '/s', better: 'less', digits: 1 },
  { key: 'feedbackKbps', title: 'Feedback', unit: 'kbps', better: 'less', digits: 0 },
  { key: 'delayMs', title: 'Delay', unit: 'ms', better: 'less', digits: 0 },
  { key: 'overBudgetIntervals', title: 'Over budget', unit: 'intervals', better: 'less', digits: 0 },
  { key: 'bucketViolations', title: 'Bucket', unit: 'violations', better: 'less', digits: 0 },
];

/** Two figures that are written alike are alike. */
const rounded = (value: number, { digits }: Column): string => value.toFixed(digits);

/** Places of the best figures of a column; empty where more than half share it, since that tells nobody apart. */
export function bestOf(column: Column, rows: readonly Figures[]): ReadonlySet<number> {
  const values = rows.map((row) => row[column.key]);
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return new Set();
  const best = rounded(column.better === 'more' ? Math.max(...known) : Math.min(...known), column);
  const places = values.flatMap((value, place) =>
    value !== null && rounded(value, column) === best ? [place] : [],
  );
  return new Set(2 * places.length > known.length ? [] : places);
}

export interface Order {
  /** null: as they were entered. */
  readonly key: ColumnKey | null;
  readonly isRising: boolean;
}

/** Places of the rows in order; equal ones stay as they were entered, unknown ones come last. */
export function sorted(rows: readonly Figures[], { key, isRising }: Order): number[] {
  const places = rows.map((_, place) => place);
  if (key === null) return places;
  const last = isRising ? Infinity : -Infinity;
  const at = (place: number): number => rows[place]?.[key] ?? last;
  return places.sort((a, b) => (at(a) === at(b) ? a - b : isRising ? at(a) - at(b) : at(b) - at(a)));
}

/** The intervals that all have finished, so that figures are over the same frames. */
export function together(runs: readonly ContenderRun[]): readonly (readonly IntervalRecord[])[] {
  const length = runs.reduce((least, { intervals }) => Math.min(least, intervals.length), Infinity);
  return runs.map(({ intervals }) => intervals.slice(0, Number.isFinite(length) ? length : 0));
}
