/**
 * What the page knows of a comparison: what is to be compared, and what was. Whether one runs is in labStore, since only
 * one engine runs at a time; pictures are in lanePictures.ts.
 */
import { create } from 'zustand';
import type { Comparison, ContenderRun, GridPoint } from '../../domain/comparison.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Progress, RunInfo } from '../../engine/events.ts';
import type { Order } from '../../reports/comparison/figures.ts';
import type { Range } from '../store/defaults.ts';
import type { ChoiceName } from './contenders.ts';

/** Bounds of a comparison's length, seconds. */
export const COMPARE_SECONDS: Range = { min: 1, max: 3600 };

/** What is compared next; source, detector, knobs, budget and seed are the draft's. */
export interface Setup {
  readonly chosen: readonly ChoiceName[];
  readonly seconds: number;
  /** Is the grid for oracle and best static run beside? */
  readonly withGrid: boolean;
  /** Where the static one stands; what is left out is at its most expensive. */
  readonly standing: Partial<Configuration>;
}

/** Without AWStream, whose one profile is a charge that so few seconds cannot pay back. */
export const DEFAULT_SETUP: Setup = {
  chosen: ['oneadapt', 'static', 'chameleon', 'eaar', 'accmpeg'],
  seconds: 20,
  withGrid: false,
  standing: {},
};

export interface CompareState {
  readonly setup: Setup;
  readonly progress: Progress | null;
  /** What the results are of; null: there are none yet. */
  readonly comparison: Comparison | null;
  /** null until the engine is ready. */
  readonly info: RunInfo | null;
  readonly runs: readonly ContenderRun[];
  readonly configurations: readonly Configuration[];
  readonly grid: readonly (readonly GridPoint[])[];
  /** Seconds of video that are compared in a second, mean since it was started or went on; null: not known yet. */
  readonly speed: number | null;
  /** Place of the policy that is pointed at; null: none, all are drawn alike. */
  readonly highlighted: number | null;
  /** Index of the interval that the timeline is pointed at; null: the newest. */
  readonly pointedAt: number | null;
  readonly order: Order;
  /** Are the charts shown as tables? */
  readonly isTable: { readonly timeline: boolean; readonly frontier: boolean };
}

export const NOTHING_COMPARED = {
  progress: null,
  comparison: null,
  info: null,
  runs: [],
  configurations: [],
  grid: [],
  speed: null,
  highlighted: null,
  pointedAt: null,
} as const;

export const useCompare = create<CompareState>()(() => ({
  setup: DEFAULT_SETUP,
  ...NOTHING_COMPARED,
  order: { key: null, isRising: false },
  isTable: { timeline: false, frontier: false },
}));

export const setSetup = (patch: Partial<Setup>): void =>
  useCompare.setState(({ setup }) => ({ setup: { ...setup, ...patch } }));

export function toggleChoice(name: ChoiceName): void {
  const { chosen } = useCompare.getState().setup;
  setSetup({ chosen: chosen.includes(name) ? chosen.filter((c) => c !== name) : [...chosen, name] });
}

export const highlight = (place: number | null): void => useCompare.setState({ highlighted: place });

/** Intervals that every policy has finished. */
export const intervalsDone = ({ runs }: Pick<CompareState, 'runs'>): number =>
  runs.length === 0 ? 0 : Math.min(...runs.map(({ intervals }) => intervals.length));
