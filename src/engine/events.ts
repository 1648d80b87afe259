/**
 * What a run tells whoever watches it (the page, the command line) and what they can tell the run.
 * Bitmaps belong to the listener, who closes them.
 */
import type { Budget } from '../domain/budget.ts';
import type { Configuration, Knobs } from '../domain/configuration.ts';
import type { Detection, TruthBox } from '../domain/detection.ts';
import type { Change, Experiment, PolicySpec, SceneContent } from '../domain/experiment.ts';
import type { IntervalFidelity } from '../domain/fidelity.ts';
import type { Environment, IntervalRecord } from '../domain/interval.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';
import type { Size } from '../domain/size.ts';
import type { TilePins, TileWorth } from '../domain/tiles.ts';

/** One frame as the server saw it. */
export interface FrameView {
  readonly intervalIndex: number;
  /** Captured frame within the interval, 0 … 9. */
  readonly frameIndex: number;
  readonly seconds: number;
  /** The decoded frame at the size it was sent; null where nothing new was sent (the last picture stays). */
  readonly image: ImageBitmap | null;
  readonly bytes: number;
  readonly detections: readonly Detection[];
  /** Detections of the most expensive configuration. */
  readonly reference: readonly Detection[];
  readonly truth: readonly TruthBox[] | null;
  /** F1 of this frame against the reference. */
  readonly accuracy: number;
}

/** A picture of numbers over the frame, row by row from the top left. */
export interface Heatmap {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** What the backward pass and the re-encodes of one interval showed, over the frame. */
export interface GradientView {
  readonly intervalIndex: number;
  /** |∂U/∂pixel| summed over colour, mean over each cell; ≥ 0. */
  readonly dnnGrad: Heatmap;
  /** Intervals since the backward pass that it is from; 0: this one's. */
  readonly dnnGradAge: number;
  /** What each tile's full quality is worth; null where it was not asked. */
  readonly tiles: {
    readonly worth: TileWorth;
    /** As the interval before showed it. */
    readonly before: TileWorth | null;
    /** Of `worth`, as a map of one cell a tile. */
    readonly values: Heatmap;
  } | null;
  /** Empty in slow motion while only DNNGrad is known. */
  readonly knobs: PerKnob<{
    /** null for a knob that moves no pixel. */
    readonly maps: KnobMaps | null;
    /** The neighbour's value that was looked at for it. */
    readonly neighbour: string;
  }>;
}

export interface KnobMaps {
  /** |pixels(neighbour) − pixels| summed over colour, mean over each cell, in grey levels 0…255; ≥ 0. */
  readonly inputGrad: Heatmap;
  /** DNNGrad · InputGrad towards more quality, summed over colour, mean over each cell; signed. */
  readonly product: Heatmap;
}

/** The stages that slow motion names, in order. */
export const STAGES = [
  {
    key: 'encode',
    title: 'Encode',
    caption: 'The sensor encodes the second at the current knobs and sends it.',
  },
  { key: 'detect', title: 'Detect', caption: 'The server decodes the frames and runs the detector on them.' },
  {
    key: 'dnnGrad',
    title: 'DNNGrad',
    caption: 'One backward pass: which pixels move the detector’s output?',
  },
  {
    key: 'inputGrad',
    title: 'InputGrad',
    caption:
      'One frame is encoded and looked at again with each knob a step away: which pixels does the knob move?',
  },
  {
    key: 'accGrad',
    title: 'AccGrad',
    caption: 'Both together, summed over the frame: how does each knob move accuracy?',
  },
  {
    key: 'ascent',
    title: 'Ascent',
    caption: 'Knobs climb AccGrad minus price × resource; prices rise where a budget is exceeded.',
  },
] as const;
export type Stage = (typeof STAGES)[number]['key'];

/** Progress of anything that takes over a second. fraction null: unknown. */
export interface Progress {
  readonly label: string;
  readonly fraction: number | null;
}

/** How far the instrument is with the true changes of an interval. */
export interface Measuring {
  readonly intervalIndex: number;
  /** Steps of knobs that are measured. */
  readonly done: number;
  readonly total: number;
}

export type RunState = 'preparing' | 'running' | 'paused' | 'ended' | 'failed';

/** Why a run has failed, where a listener can do something about it: the detector's files could not be fetched. */
export type Failure = 'detectorNotFetched' | 'other';

/** Known once the source is open, the encoder probed and the detector warmed up. */
export interface RunInfo {
  /** The experiment with every default filled in. */
  readonly experiment: Experiment;
  readonly environment: Environment;
  readonly knobs: Knobs;
  readonly captureSize: Size;
}

export interface RunListener {
  readonly onProgress: (progress: Progress) => void;
  onReady(info: RunInfo): void;
  onState(state: RunState): void;
  onStage(stage: Stage): void;
  /** Something that takes long has been done and shows nothing by itself: the run is alive. */
  onWork(): void;
  onFrame(view: FrameView): void;
  onGradients(view: GradientView): void;
  onInterval(record: IntervalRecord): void;
  /** A change that the experiment had planned has been made. */
  onPlannedEdit(change: Change): void;
  /** null: the instrument has done, or was called off. */
  onMeasuring(measuring: Measuring | null): void;
  /** The truth about an interval that was given out before. */
  onFidelity(intervalIndex: number, fidelity: IntervalFidelity): void;
  /** Something the user should know, the run goes on. A full sentence. */
  onNotice(message: string): void;
  /** The run has ended by this; its intervals are kept. A full sentence with the remedy. */
  onError(message: string, failure: Failure): void;
}

export interface ServerMemory {
  readonly tensors: number;
  /** 0 on backends that do not keep count. */
  readonly gpuBytes: number;
}

export interface RunControl {
  /** Resolves when the run has ended, failed or was stopped; never rejects. */
  readonly finished: Promise<void>;
  play(): void;
  pause(): void;
  /** One interval, then pause. */
  step(): void;
  /** Time that each stage is held, milliseconds; 0 is full speed. */
  setSlowMotion(holdMs: number): void;
  /**
   * Whether the instrument measures, after each interval, what a step of every tuned knob would really have changed. The
   * clock rests meanwhile; nothing is charged, and the run goes on as it would have. A run that is paused between two
   * intervals is measured at once.
   */
  setTruth(on: boolean): void;
  setBudget(budget: Budget): void;
  setSceneContent(content: Partial<SceneContent>): void;
  /** A new policy from the next interval on; the knobs stay where they are. */
  setPolicy(policy: PolicySpec, knobs: readonly KnobName[]): void;
  /**
   * Puts knobs somewhere by hand from the next interval on; those left out stay where the policy has put them, and an
   * adapting policy climbs on from there. Without effect before the run is ready.
   */
  setConfiguration(values: Partial<Configuration>): void;
  /** Takes tiles from the closed form, from the next interval on. */
  setTilePins(pins: TilePins): void;
  /** What the server's tensors take; flat over a run, as a test of 200 intervals holds it to. */
  memory(): Promise<ServerMemory>;
  /** Ends the run and frees workers, frames and tensors. */
  stop(): Promise<void>;
}

/** Files that the user chose; paths in the experiment are only their names. */
export interface RunInputs {
  /** The clips that the source needs, by their file as the experiment names it. */
  readonly clips?: ReadonlyMap<string, Blob>;
  /** model.json and its shards, when the detector is brought along as files. */
  readonly modelFiles?: readonly File[];
  /** The camera, when the source is one: asked for by the page, since only a page can ask. */
  readonly camera?: MediaStreamTrack;
  /**
   * The run is no run of its policy but a walk over the ladders on which the estimators are held against the truth, in
   * every interval. Takes many times as long; virtual time only.
   */
  readonly fidelity?: true;
}

/** Starts a run: `engine/run.ts` implements it. */
export type StartRun = (experiment: Experiment, inputs: RunInputs, listener: RunListener) => RunControl;
