/** What `npm run tiles` tries, and on what. */
import path from 'node:path';
import type { DetectorSpec, SourceSpec } from '../../src/domain/experiment.ts';
import { SCENE_PRESETS } from '../../src/domain/experiment.ts';
import { DEFAULT_TILE_GRID, TILE_GRIDS, type TileGrid } from '../../src/domain/tiles.ts';
import type { Realisation, Trial, TrialRule } from '../../src/engine/tileTrials/trial.ts';

export interface TrialSource {
  readonly name: string;
  readonly source: SourceSpec;
  /** Path of the clip; null for a scene. */
  readonly clip: string | null;
  readonly detector: DetectorSpec;
  /** Path of its model.json; null where it comes with the lab. */
  readonly model: string | null;
  /** Where to begin: where there is something to be seen. */
  readonly startSeconds: number;
  /** How long, where nobody asks for another length and the clip lasts: a scene goes on, and costs less than a large detector. */
  readonly seconds: number;
  /** Rung of the resolution: about as wide as the scene, 640 pixels. */
  readonly scale: number;
  /** Every so many captures are detected. */
  readonly detectedEvery: number;
}

const DETECTED_EVERY = 2;

const scene = (preset: (typeof SCENE_PRESETS)[number]): TrialSource => ({
  name: preset,
  source: { kind: 'scene', preset },
  clip: null,
  detector: 'default',
  model: null,
  startSeconds: 0,
  seconds: 32,
  scale: 1,
  detectedEvery: DETECTED_EVERY,
});

const clip =
  (assets: string, model: string) =>
  (file: string, scale: number, startSeconds = 0, seconds = 16): TrialSource => ({
    name: path.parse(file).name,
    source: { kind: 'clip', file },
    clip: path.join(assets, 'clips', file),
    detector: { model: 'model.json' },
    model: path.join(assets, 'models', model, 'model.json'),
    startSeconds,
    seconds,
    scale,
    detectedEvery: DETECTED_EVERY,
  });

/**
 * The four scenes, and the clips on which a detector finds something for at least three seconds.
 * @param assets ../shared/assets
 */
export function sources(assets: string): TrialSource[] {
  const people = clip(assets, 'yolov9n-wholebody25-256x320');
  const things = clip(assets, 'centernet-mb3-coco');
  return [
    ...SCENE_PRESETS.map(scene),
    people('plaza-pedestrians.mp4', 0.65),
    // One person at a time: a missed one is half of a second's F1, so that it takes many seconds.
    people('person-one-by-one.mp4', 0.8, 9, 48),
    people('dog-and-woman.mp4', 0.5),
    people('juggle.mp4', 0.5),
    things('street-traffic.mp4', 1),
    // So short that every frame counts.
    { ...things('dashcam-highway1.mp4', 0.5), detectedEvery: 1 },
    { ...things('dashcam-highway2.mp4', 0.5), detectedEvery: 1 },
    things('bottles.mp4', 1),
  ];
}

export interface Way {
  readonly name: string;
  readonly meaning: string;
  readonly realisation: Realisation;
  readonly quantizers: readonly number[];
  readonly share: number;
  readonly grid: TileGrid;
  readonly rule: TrialRule;
}

/** Quantizers at which the plain encode and the default are tried; at 96 the scenes' F1 is 0.94 to 0.97, and 0.95 is often asked for. */
export const LEVELS = [64, 96, 128, 160, 192, 224] as const;
/** Those of them at which the others are. */
const FEWER = [96, 160, 224] as const;

const BY_QUANTIZER = { kind: 'byQuantizer' } as const;
const FILTER = { kind: 'filter', shrink: 4, freeze: false } as const;
/** Where OneAdapt holds it. */
const HELD_SHARE = 0.2;

export const PLAIN: Way = {
  name: 'plain',
  meaning: 'one encoder, every tile at full quality',
  realisation: { kind: 'plain' },
  quantizers: LEVELS,
  share: 1,
  grid: DEFAULT_TILE_GRID,
  rule: 'always',
};

/** What the lab does at that share. */
export const DEFAULT_WAY: Way = {
  name: 'by quantizer, where it pays and lasts',
  meaning:
    'the 20 % of the tiles that are worth most keep full quality, and so do those that save for their weighted error less than a third of the bytes that a coarser quantizer does; all do unless giving up the others promises 12 % of the interval’s bytes more than a coarser quantizer would save for the same error, and what would have been given up a second earlier 6 % by what is known now. At quantizers up to 144 given-up tiles have a quantizer coarser by 48, in a pass of their own in which the others stand still; above they are filtered before the encoder',
  realisation: BY_QUANTIZER,
  quantizers: LEVELS,
  share: HELD_SHARE,
  grid: DEFAULT_TILE_GRID,
  rule: 'run',
};

/** The default first. */
export const WAYS: readonly Way[] = [
  DEFAULT_WAY,
  {
    ...DEFAULT_WAY,
    quantizers: FEWER,
    name: 'two passes, top 20 %',
    meaning:
      'two passes at all quantizers, and always the 20 % of the tiles that are worth most keep full quality',
    realisation: { kind: 'passes' },
    rule: 'always',
  },
  {
    ...DEFAULT_WAY,
    quantizers: FEWER,
    name: 'filter, top 20 %',
    meaning:
      'given-up tiles are scaled down by four and up again before one encoder, with soft edges, at all quantizers',
    realisation: FILTER,
    rule: 'always',
  },
  {
    ...DEFAULT_WAY,
    quantizers: FEWER,
    name: 'two layers, top 20 %',
    meaning:
      'the whole frame at half the width and height, and the 20 % of the tiles that are worth most on black in a second stream at full resolution, composed at the server; the bytes of both',
    realisation: { kind: 'layers', shrink: 2, quantizerOffset: 0 },
    rule: 'always',
  },
];

/** Tried on some sources only. */
export const MORE_WAYS: readonly Way[] = [
  {
    ...DEFAULT_WAY,
    quantizers: FEWER,
    name: 'whatever is promised',
    meaning:
      'as the default, but without any promise: the tiles that pay by what the last second showed are given up',
    rule: 'whereItPays',
  },
  {
    ...DEFAULT_WAY,
    quantizers: FEWER,
    name: 'filter and freeze',
    meaning:
      'the filter by the default’s rule, and given-up tiles also stand still until the next second, so that the encoder can skip them',
    realisation: { ...FILTER, freeze: true },
  },
];

/** The default on other grids. */
export const GRIDS: readonly Way[] = TILE_GRIDS.filter((grid) => grid !== DEFAULT_TILE_GRID).map((grid) => ({
  ...DEFAULT_WAY,
  quantizers: FEWER,
  name: `grid ${grid}`,
  meaning: `the default on a grid of ${grid.replace('x', '×')}`,
  grid,
}));

/** Everything is tried on these; elsewhere, to save time, only {@link WAYS}. */
const ALL_ON: readonly string[] = ['crossing', 'person-one-by-one'];

export const waysOf = ({ name }: TrialSource): readonly Way[] =>
  ALL_ON.includes(name) ? [PLAIN, ...WAYS, ...MORE_WAYS, ...GRIDS] : [PLAIN, ...WAYS];

export const trialsOf = (ways: readonly Way[]): Trial[] =>
  ways.flatMap(({ name, realisation, quantizers, share, grid, rule }) =>
    quantizers.map((quantizer) => ({ name, realisation, quantizer, share, grid, rule })),
  );
