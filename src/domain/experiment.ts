/** The complete input of a run. Same experiment, same machine: same run in virtual time. */
import type { Budget } from './budget.ts';
import type { DetectorCard } from './card.ts';
import type { Configuration } from './configuration.ts';
import type { FilterKnob, KnobName } from './knob.ts';
import type { ServerKnob } from './serverKnobs.ts';
import type { TileGrid, TilePins } from './tiles.ts';

export const SCENE_PRESETS = ['crossing', 'highway', 'plaza', 'night-rain'] as const;
export type ScenePreset = (typeof SCENE_PRESETS)[number];

/** The content sliders of the scene, each in [0, 1]. */
export interface SceneContent {
  /** How many of the road users are there. */
  readonly density: number;
  /** How fast they move; 0.5 is everyday speed. */
  readonly speed: number;
  /** How far the camera stands away. */
  readonly distance: number;
  /** 0 night … 1 noon. */
  readonly light: number;
  /** 0 dry … 1 downpour. */
  readonly rain: number;
}

/** Where the sliders stand when a preset is opened. */
export const PRESET_CONTENT: Readonly<Record<ScenePreset, SceneContent>> = {
  crossing: { density: 0.6, speed: 0.5, distance: 0.5, light: 0.9, rain: 0 },
  highway: { density: 0.65, speed: 0.5, distance: 0.5, light: 0.65, rain: 0 },
  plaza: { density: 0.6, speed: 0.5, distance: 0.5, light: 1, rain: 0 },
  'night-rain': { density: 0.6, speed: 0.5, distance: 0.5, light: 0.05, rain: 0.6 },
};

/** What can be shown again, from its beginning. */
export type RecordedSource =
  | { readonly kind: 'scene'; readonly preset: ScenePreset; readonly content?: Partial<SceneContent> }
  | { readonly kind: 'clip'; readonly file: string };

export interface PlaylistItem {
  readonly source: RecordedSource;
  /** Whole seconds. */
  readonly seconds: number;
}

export type SourceSpec =
  | RecordedSource
  /** One after the other, each from its own beginning. */
  | { readonly kind: 'playlist'; readonly items: readonly PlaylistItem[] }
  | { readonly kind: 'webcam' };

/** A model to be loaded from a path or URL. */
export interface BroughtModel {
  readonly model: string;
  /** How it is read; absent: as the card.json beside it says, or as it is recognised. */
  readonly card?: DetectorCard;
}

/** "default", a registered name, or a model of one's own. */
export type DetectorSpec = string | BroughtModel;

/** Published schemes that OneAdapt is compared with. */
export const RIVAL_NAMES = ['chameleon', 'awstream', 'reducto', 'eaar', 'accmpeg', 'dds'] as const;

export const POLICY_NAMES = ['oneadapt', 'static', ...RIVAL_NAMES] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

export const ESTIMATORS = ['towardSource', 'signed', 'distortion'] as const;
/** How AccGrad is estimated from DNNGrad and InputGrad; see gradients/accGrad.ts. */
export type Estimator = (typeof ESTIMATORS)[number];

export const ASCENT_RULES = ['surface', 'adam'] as const;

export interface OneAdaptOptions {
  readonly estimator: Estimator;
  /**
   * Steepness of the utility U = Σ σ(slope·(score − threshold)) that is differentiated. The authors' value is 20; 8 still
   * sees detections that are not yet near the threshold.
   */
  readonly utilitySlope: number;
  /** `surface`: to where gains and charges meet on what all AccGrads so far have told (policies/oneadapt/ascent.ts). `adam`: the authors' rule. */
  readonly rule: (typeof ASCENT_RULES)[number];
  /** Largest share of a ladder that a knob moves in one interval. The authors' value is 0.5. */
  readonly learningRate: number;
  /** β1 and β2 of Adam, where the authors' value is 0.5; on the surface the share of an interval's weight that the next one leaves it. */
  readonly beta: number;
  /** Rate η of Adam's projected dual ascent on the prices; the surface's prices are found at once. */
  readonly priceRate: number;
  /** What runs between two neighbours of a ladder: always the expensive one, or both in turn (their mean is x). */
  readonly rounding: 'expensive' | 'dither';
  /**
   * Largest share of the inferences' time that backward passes may take; in between, the last DNNGrad is used again. null:
   * a pass every interval, as the authors do (7.3 % of an inference's time in theirs, four times as much on small networks).
   */
  readonly backwardShare: number | null;
  /**
   * `next`: what an interval showed chooses the configuration of the next one. `zero`: the present interval is encoded first, at
   * as many configurations as it takes, and one of them is sent; its frames wait for the interval's end.
   */
  readonly lag: 'next' | 'zero';
  /** Are the distortion form's estimates brought to F1, knob by knob, before they are weighed against each other (calibration.ts)? */
  readonly calibrated: boolean;
  /**
   * F1 that a megabit a second has to be worth where there is no bandwidth budget: every content takes the bytes that pay in it,
   * as in the authors' weighted sum. null: without a budget bandwidth costs nothing.
   */
  readonly bandwidthPrice: number | null;
  /** The same of detector time: F1 that a second of it each second has to be worth where it has no budget. */
  readonly gpuPrice: number | null;
}

export const DEFAULT_ONEADAPT: OneAdaptOptions = {
  estimator: 'distortion',
  utilitySlope: 8,
  rule: 'surface',
  learningRate: 0.5,
  beta: 0.8,
  priceRate: 0.5,
  rounding: 'dither',
  backwardShare: 0.05,
  lag: 'next',
  calibrated: true,
  bandwidthPrice: null,
  gpuPrice: null,
};

/** The authors' values. */
export const PUBLISHED_ONEADAPT: OneAdaptOptions = {
  estimator: 'distortion',
  utilitySlope: 20,
  rule: 'adam',
  learningRate: 0.5,
  beta: 0.5,
  priceRate: DEFAULT_ONEADAPT.priceRate,
  rounding: 'expensive',
  backwardShare: null,
  lag: 'next',
  calibrated: false,
  bandwidthPrice: null,
  gpuPrice: null,
};

export interface ChameleonOptions {
  /** Intervals from one profiling of all knobs to the next. */
  readonly windowIntervals: number;
  /** Configurations that are kept from a profiling and profiled again in each interval of its window. */
  readonly keptConfigurations: number;
  /** The cheapest configuration that reaches this F1; null: the most accurate one within the budget. */
  readonly targetAccuracy: number | null;
}

export const DEFAULT_CHAMELEON: ChameleonOptions = {
  windowIntervals: 4,
  keptConfigurations: 5,
  targetAccuracy: null,
};

export interface AwStreamOptions {
  /** Intervals from one profile to the next; null: the first interval's profile serves the whole run. */
  readonly refreshIntervals: number | null;
}

export const DEFAULT_AWSTREAM: AwStreamOptions = { refreshIntervals: null };

export interface ReductoOptions {
  readonly feature: FilterKnob;
  /** Intervals at the start that are sent whole and build the table. */
  readonly profiledIntervals: number;
  readonly targetAccuracy: number;
}

export const DEFAULT_REDUCTO: ReductoOptions = {
  feature: 'edgeFilter',
  profiledIntervals: 5,
  targetAccuracy: 0.9,
};

export interface AccMpegOptions {
  /** Tiles that the net on the sensor finds more important than this, 0 … 1, keep full quality. The authors use 0.15 to 0.2. */
  readonly bound: number;
}

export const DEFAULT_ACCMPEG: AccMpegOptions = { bound: 0.2 };

export interface DdsOptions {
  /** Where the uncertain regions are sent again; without a quantizer at the authors' good one. */
  readonly again: Partial<Configuration>;
}

export const DEFAULT_DDS: DdsOptions = { again: {} };

/** Values left out of a configuration stand at their most expensive. */
interface At {
  readonly configuration: Partial<Configuration>;
}

export type PolicySpec =
  | ({ readonly name: 'oneadapt' } & OneAdaptOptions)
  | ({ readonly name: 'static' } & At)
  | ({ readonly name: 'chameleon' } & ChameleonOptions)
  | ({ readonly name: 'awstream' } & AwStreamOptions)
  | ({ readonly name: 'reducto' } & ReductoOptions & At)
  | ({ readonly name: 'eaar' } & At)
  | ({ readonly name: 'accmpeg' } & AccMpegOptions & At)
  /** Without a quantizer the first pass stands at the authors' bad one. */
  | ({ readonly name: 'dds' } & DdsOptions & At);

/** A policy with its options as they stand where an experiment names none. */
export function defaultPolicy(name: PolicyName): PolicySpec {
  const configuration = {};
  switch (name) {
    case 'oneadapt':
      return { name, ...DEFAULT_ONEADAPT };
    case 'static':
    case 'eaar':
      return { name, configuration };
    case 'chameleon':
      return { name, ...DEFAULT_CHAMELEON };
    case 'awstream':
      return { name, ...DEFAULT_AWSTREAM };
    case 'reducto':
      return { name, ...DEFAULT_REDUCTO, configuration };
    case 'accmpeg':
      return { name, ...DEFAULT_ACCMPEG, configuration };
    case 'dds':
      return { name, ...DEFAULT_DDS, configuration };
  }
}

/** The configurations that a policy is given by hand. */
export const configurationsIn = (spec: PolicySpec): readonly Partial<Configuration>[] => [
  ...('configuration' in spec ? [spec.configuration] : []),
  ...(spec.name === 'dds' ? [spec.again] : []),
];

export const BACKENDS = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

export const CODECS = ['vp9', 'av1'] as const;
export type Codec = (typeof CODECS)[number];

/** A moment of a link's trace and the rate from then on. */
export interface LinkPoint {
  readonly seconds: number;
  readonly rateKbps: number;
}

/** The network between sensor and server. */
export interface LinkSpec {
  /** null: as fast as needed. Of a trace the first rate holds before its first moment, and the last one to the end. */
  readonly rateKbps: number | null | readonly LinkPoint[];
  readonly delayMs: number;
  /**
   * What arrives later than this after its frame was captured does not count for it: what had arrived by then stands in its
   * place. null: every result counts for its own frame, however late.
   */
  readonly deadlineMs: number | null;
}

export const PERFECT_LINK = { rateKbps: null, delayMs: 0, deadlineMs: null } as const;

export interface PassCost {
  readonly inferenceMs: number;
  readonly backwardMs: number;
}

/** What one pass of the detector is charged at, milliseconds. Measured at start where the experiment has none. */
export interface GpuCost extends PassCost {
  /**
   * The same at rungs of the server's knobs, by value, the other knobs at rest: measured where a run may move the knob. What
   * is not in here follows a model (gpuCost.ts).
   */
  readonly rungs?: Readonly<Partial<Record<ServerKnob, Readonly<Record<string, PassCost>>>>>;
}

export const EDIT_MOMENTS = ['before', 'during'] as const;

/** What was changed by hand in a run. */
export interface Edit {
  /**
   * `before`: after the decision that the interval starts with, as in a pause; it holds from the interval's start.
   * `during`: while the interval ran; the decision at its end knows it.
   */
  readonly moment: (typeof EDIT_MOMENTS)[number];
  readonly budget?: Budget;
  readonly policy?: PolicySpec;
  readonly knobs?: readonly KnobName[];
  /** Values left out stay where the policy has put them. */
  readonly configuration?: Partial<Configuration>;
  /** Sliders of the scene. */
  readonly content?: Partial<SceneContent>;
  readonly tilePins?: TilePins;
}

/** What is changed, whenever. */
export type Change = Omit<Edit, 'moment'>;

export interface TimedEdit extends Edit {
  /** Index of the interval. */
  readonly interval: number;
}

export interface Experiment {
  readonly source: SourceSpec;
  readonly detector: DetectorSpec;
  readonly policy: PolicySpec;
  /** The knobs that the policy may move and that are probed; the others stand at rest. */
  readonly knobs: readonly KnobName[];
  readonly budget: Budget;
  /** Length of the run in seconds of video; null: until stopped or the clip ends. */
  readonly seconds: number | null;
  readonly backend: Backend;
  readonly seed: number;
  readonly codec: Codec;
  /** Columns × rows of the tiles. */
  readonly tileGrid: TileGrid;
  /** Tiles whose quality a person has set, whatever the knob. */
  readonly tilePins: TilePins;
  readonly link: LinkSpec;
  readonly clock: 'live' | 'virtual';
  /** null: measured when the detector is warmed up, and written into the report. */
  readonly gpuCost: GpuCost | null;
  /** Changes while it runs, so that a run that a hand has changed can be repeated too. */
  readonly edits: readonly TimedEdit[];
}

/** Is its AccGrad in F1? Otherwise it is utility per candidate detection. Only the distortion form was calibrated. */
export const isInF1 = ({
  calibrated,
  estimator,
}: Pick<OneAdaptOptions, 'calibrated' | 'estimator'>): boolean => calibrated && estimator === 'distortion';

/** The experiment after a change: what its controls stand at. Rungs set by hand are the run's own, unless the policy holds them. */
export function edited(experiment: Experiment, { configuration, content, ...changed }: Change): Experiment {
  const { source } = experiment;
  const policy = changed.policy ?? experiment.policy;
  return {
    ...experiment,
    ...changed,
    ...(content && source.kind === 'scene'
      ? { source: { ...source, content: { ...source.content, ...content } } }
      : {}),
    ...(configuration && 'configuration' in policy
      ? { policy: { ...policy, configuration: { ...policy.configuration, ...configuration } } }
      : {}),
  };
}
