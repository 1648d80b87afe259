/** What the page starts with, and the bounds within which it lets a person move. */
import {
  DEFAULT_ONEADAPT,
  type Experiment,
  type SceneContent,
  PERFECT_LINK,
} from '../../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../../domain/knob.ts';
import { DEFAULT_TILE_GRID, NO_PINS } from '../../domain/tiles.ts';

export const DEFAULT_EXPERIMENT: Experiment = {
  source: { kind: 'scene', preset: 'crossing' },
  detector: 'default',
  policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
  knobs: DEFAULT_KNOBS,
  budget: { bandwidthKbps: 400, gpuMsPerSecond: null },
  seconds: null,
  backend: 'webgpu',
  seed: 1,
  codec: 'vp9',
  tileGrid: DEFAULT_TILE_GRID,
  tilePins: NO_PINS,
  link: PERFECT_LINK,
  clock: 'live',
  gpuCost: null,
  edits: [],
};

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Bounds of everything that the page and its address accept. */
export const RANGES = {
  bandwidthKbps: { min: 20, max: 10_000 },
  gpuMsPerSecond: { min: 1, max: 5000 },
  seconds: { min: 1, max: 36_000 },
  seed: { min: 0, max: 2 ** 31 - 1 },
  utilitySlope: { min: 1, max: 100 },
  learningRate: { min: 0.01, max: 1 },
  beta: { min: 0, max: 0.99 },
  priceRate: { min: 0, max: 10 },
  backwardShare: { min: 0.001, max: 1 },
  price: { min: 0, max: 1000 },
  share: { min: 0, max: 1 },
  intervals: { min: 1, max: 36_000 },
  keptConfigurations: { min: 1, max: 100 },
  linkRateKbps: { min: 10, max: 1_000_000 },
  linkDelayMs: { min: 0, max: 10_000 },
  linkDeadlineMs: { min: 0, max: 10_000 },
  passMs: { min: 0, max: 60_000 },
  quantizer: { min: 0, max: 255 },
} as const satisfies Record<string, Range>;

export const clamp = (value: number, { min, max }: Range): number => Math.min(max, Math.max(min, value));

export const CONTENT_KEYS = [
  'density',
  'speed',
  'distance',
  'light',
  'rain',
] as const satisfies readonly (keyof SceneContent)[];
