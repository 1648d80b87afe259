/**
 * The shape of every policy: what an interval showed goes in, the next configuration comes out. A policy keeps its
 * state to itself and uses no clock and no chance, so that a run repeats.
 *
 * **To add a policy**: write one file like static.ts, name it in domain/experiment.ts and in policies/index.ts.
 */
import type { Budget, Prices } from '../domain/budget.ts';
import type { Configuration, Knobs } from '../domain/configuration.ts';
import type { Estimator, GpuCost } from '../domain/experiment.ts';
import type { FrameBytes } from '../gradients/bandwidthGrad.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';
import type { Detection } from '../domain/detection.ts';
import type { FilterKnob } from '../domain/knob.ts';
import type { TileGrid } from '../domain/tiles.ts';
import type { FrameOption, LatePair } from '../gradients/frameForecast.ts';

/** What the probes and the backward pass of an interval showed about one knob, per full ladder. */
export interface KnobEvidence {
  /** Change of utility per candidate detection, by every estimator. */
  readonly estimates: Readonly<Record<Estimator, number>>;
  /** ∂ ln(bytes)/∂x */
  readonly logBandwidthSlope: number;
  readonly flat: boolean;
}

/** What the server saw at one capture; a frame that was not sent shows the last one. */
export interface FrameSeen {
  readonly detections: readonly Detection[];
  /** The same before the threshold on their scores: boxes that might be something. */
  readonly proposals: readonly Detection[];
}

/** What a configuration does to an interval, held against the most expensive one. */
export interface Profiled {
  readonly configuration: Configuration;
  /** Mean F1 over the captures against the detections at the most expensive configuration. */
  readonly accuracy: number;
  readonly bandwidthKbps: number;
  /** Frames that it sends. */
  readonly frames: number;
}

/** By what share of its pixels each capture differs from the one before, by each feature of the frame filter; 0 at the first. */
export type Differences = Readonly<Record<FilterKnob, readonly number[]>>;

export interface Observation {
  readonly configuration: Configuration;
  /** The key frame's bytes and the mean of the delta frames'. */
  readonly frameBytes: FrameBytes;
  /** Frames sent, had no capture come too late. */
  readonly frames: number;
  /** As sent; where a live run dropped frames, as it would have been with all of them. */
  readonly bandwidthKbps: number;
  /** Sent beside that in second rounds. */
  readonly againKbps: number;
  readonly evidence: PerKnob<KnobEvidence>;
  /** How much accuracy is being lost where something was found, as the detector's scores tell it (gradients/lossLevel.ts), 0 … 1. */
  readonly lossWhereFound: number;
  /** Did it end with another picture than the interval before, as after a cut (gradients/newContent.ts)? */
  readonly newContent: boolean;
  /** Did it begin with another picture than the one before ended with, as the sensor saw (sensor/cut.ts)? */
  readonly cut: boolean;
  /** Forward passes that really ran, and backward passes: 0 where the last DNNGrad was used again. */
  readonly inferences: number;
  readonly backwardPasses: number;
  /** What every choice of frame rate and filter thresholds would have done to it; null where no filter is in play. */
  readonly forecast: readonly FrameOption[] | null;
  /** What each late frame in it loses; each pair once. */
  readonly late: readonly LatePair[];
  /** One a capture. */
  readonly seen: readonly FrameSeen[];
  /** What was asked for by `Decision.profile`, in its order. */
  readonly profiled: readonly Profiled[];
  /** null unless the policy has a `filter`. */
  readonly differences: Differences | null;
  readonly budget: Budget;
  readonly gpuCost: GpuCost;
}

/** What pushed and pulled a knob, per full ladder; its net is accGrad − Σ price · resource gradient. */
export interface Steering {
  readonly accGrad: number;
  /** Use of the resource as a fraction of its budget, or of the present use where there is none. */
  readonly bandwidthGrad: number;
  readonly gpuGrad: number;
}

export interface Place {
  readonly configuration: Configuration;
  /** Continuous knobs, 0 … 1. */
  readonly positions: PerKnob;
}

export interface Decision extends Place {
  /** In utility per candidate for a whole budget of the resource. */
  readonly prices: Prices;
  /**
   * Where the sensor is to stand instead if the interval begins with another picture, of which nothing is known yet; absent: where it
   * would have stood. Only while the budget is the one that it was decided under.
   */
  readonly afterCut?: Place & { readonly budget: Budget };
  /** Of the knobs that it moved by gradient. */
  readonly steering: PerKnob<Steering>;
  /** Whether the interval that comes ends with a backward pass. */
  readonly backward: Backward;
  /**
   * Configurations that the interval is to be tried at when it has run. The sensor sends it once more at the most expensive one,
   * from which the server makes the others: these bytes, encodes and inferences are charged.
   */
  readonly profile?: readonly Configuration[];
}

/** `onNewContent`: only where the picture is no longer the one that the last DNNGrad was taken on. */
export type Backward = 'always' | 'onNewContent' | 'never';

export interface PolicyContext {
  readonly knobs: Knobs;
  /** The knobs that may move. */
  readonly active: readonly KnobName[];
  /** Where to go on from; the policy's own choice where null. */
  readonly start: Pick<Decision, 'configuration' | 'positions' | 'prices'> | null;
  /** In force when it starts. */
  readonly budget: Budget;
  readonly gpuCost: GpuCost;
}

/** The present interval encoded at a configuration, before anything of it is sent. */
export interface Trial {
  readonly configuration: Configuration;
  readonly bytes: number;
}

export interface Policy {
  /** Estimator that steers, null where none does. */
  readonly estimator: Estimator | null;
  /** Steepness of the utility that it wants differentiated. */
  readonly utilitySlope: number;
  /** Are backward pass and probes charged to it? Otherwise they are the lab's instrument. */
  readonly usesGradients: boolean;
  first(): Decision;
  next(observation: Observation): Decision;
  /**
   * Zero lag: what to do with an interval that has been captured but not sent. Asked again after every encode that it asks
   * for. Absent: frames are sent as they come, at what was decided before.
   * @param trials so far, the first at the configuration that was decided
   */
  readonly choose?: (trials: readonly Trial[], budget: Budget) => Choice;
  /** The sensor's own choice of thresholds, once an interval is captured and before it is encoded. */
  readonly filter?: (differences: Differences) => Pick<Configuration, FilterKnob>;
  /** Region quality, decided frame by frame. Absent: the knob `tiles` decides. */
  readonly regions?: Regions;
}

/** Tiles are counted row by row from the top left. */
export interface Regions {
  readonly grid: TileGrid;
  /** Does it ask what the net on the sensor finds important? */
  readonly usesImportance: boolean;
  /**
   * Tiles of a frame that keep full quality.
   * @param before what the server saw at the frame before; null at a run's first
   * @param importance of each tile on the interval's first frame, by the net in sensor/importance, 0 … 1; null unless asked for
   */
  keep(before: FrameSeen | null, importance: readonly number[] | null): readonly boolean[];
  /** A second round: what is sent again of a frame after the server has seen it. */
  readonly again?: {
    readonly configuration: Configuration;
    /** Tiles that are sent; none: no second round. */
    tiles(seen: FrameSeen): readonly boolean[];
  };
}

export type Choice = { readonly encode: Configuration } | { readonly send: Trial };
