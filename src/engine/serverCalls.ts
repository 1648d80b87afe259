/** What the server can be asked, and what it answers. Plain data: it crosses from the engine to the server's worker. */
import type { Detection } from '../domain/detection.ts';
import type { Backend, DetectorSpec, PassCost } from '../domain/experiment.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';
import type { ServerSetting } from '../domain/serverKnobs.ts';
import type { Size } from '../domain/size.ts';
import type { TileGrid } from '../domain/tiles.ts';
import type { KeyFrameWorth } from '../gradients/tileWorth.ts';
import type { Backward } from '../policies/policy.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Heatmap, Progress, ServerMemory } from './events.ts';
import type { Replay } from './instrument.ts';
import type { KnobResult } from './serverProbe.ts';
import type { NeededRungs, PreparedRungs } from './setups.ts';

export interface ServerInput {
  readonly detector: DetectorSpec;
  readonly modelFiles?: readonly File[];
  readonly backend: Backend;
  /** Detections are remembered by what was sent, so that the same stream on two lanes is looked at once. */
  readonly remembers: boolean;
}

export interface ServerInfo {
  readonly backend: string;
  readonly adapter: string;
  readonly threads: number;
  /** Why the backend is not the one that was asked for. */
  readonly fallback: string | null;
  readonly detector: string;
  readonly inputSize: Size;
  /** Of the ladder of input sizes those that the detector can be built for. */
  readonly inputSizes: readonly string[];
  /** Score above which a candidate is a detection. */
  readonly threshold: number;
  readonly gpuCost: PassCost;
  readonly tfjsVersion: string;
}

export interface AnalysisRequest {
  /** Packets since the last analysis, oldest first; all are decoded, the newest frame is analysed. */
  readonly packets: readonly Packet[];
  /** The same at the most expensive configuration; null where that is what was sent. */
  readonly referencePackets: readonly Packet[] | null;
  /** How the server looks at what was sent. */
  readonly setting: ServerSetting;
  /** Is the decoded frame wanted? */
  readonly picture: boolean;
}

/** A second round on the newest analysed frame. */
export interface PatchRequest {
  readonly packet: Packet;
  readonly grid: TileGrid;
  /** Those that the packet shows, row by row; the others stay as they are. */
  readonly tiles: readonly boolean[];
  readonly setting: ServerSetting;
  readonly picture: boolean;
}

export interface Analysis {
  readonly detections: readonly Detection[];
  /** The same before the threshold on their scores. */
  readonly proposals: readonly Detection[];
  readonly reference: readonly Detection[];
  /** The decoded frame; null where no packet came or it was not wanted. */
  readonly image: ImageBitmap | null;
  /** Passes of the detector on sent frames: 0 or 1. */
  readonly inferences: number;
  /** Detector time of those, milliseconds. The reference's is the instrument's. */
  readonly elapsedMs: number;
}

export interface KnobProbe {
  readonly name: KnobName;
  /** Index of the neighbour's picture. */
  readonly picture: number;
  /** How the server would look there. */
  readonly setting: ServerSetting;
  /** The captured frame at the neighbour's input size where that is larger than the present one. */
  readonly original: Uint8ClampedArray | null;
  /** Signed distance of the neighbour on the position axis. */
  readonly step: number;
}

/** One frame as a key frame: at the present input size, not enhanced. */
export interface TilePicture {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly bytes: number;
}

export interface GradientRequest {
  /** Pictures at the present input size, not enhanced; the first is the present configuration's. */
  readonly pictures: readonly Uint8ClampedArray<ArrayBuffer>[];
  readonly original: Uint8ClampedArray;
  readonly knobs: readonly KnobProbe[];
  readonly use: GradientUse;
  /** null: tiles are not asked about. */
  readonly tiles:
    (Readonly<Record<'full' | 'low' | 'step', TilePicture>> & { readonly grid: TileGrid }) | null;
}

export interface GradientResult {
  readonly knobs: PerKnob<KnobResult>;
  readonly tiles: KeyFrameWorth | null;
}

/** Which DNNGrad estimates are made of: the one that the policy goes on with, or one that the instrument asked for. */
export type GradientUse = 'run' | 'instrument';

/** How much accuracy is being lost, by the scores alone (gradients/lossLevel.ts); the mean over analysed frames. */
export interface Level {
  readonly expectedLoss: number;
  /** The same by which OneAdapt steers: over the frames at which something was found (gradients/lossLevel.ts). */
  readonly lossWhereFound: number;
  readonly scoreMargin: number;
  /** How fast detections change from one analysed frame to the next, by the root of the captures between them. */
  readonly drift: number;
}

/** What the end of an interval shows about its newest frame, by a backward pass or without. */
export interface Differentiated {
  readonly utility: number;
  /** 0 where there was nothing to differentiate, or an earlier gradient still holds. */
  readonly passes: number;
  /** Intervals since the pass that the gradient is from. */
  readonly age: number;
  readonly elapsedMs: number;
  readonly map: Heatmap;
  /** Of the interval. */
  readonly level: Level;
  /** Is the newest frame no longer the picture with which the interval before ended? */
  readonly newContent: boolean;
}

/** Several policies can share a server: each has a lane of its own, which knows nothing of the others. */
export interface ServerLane {
  analyse(request: AnalysisRequest): Promise<Analysis>;
  /** Lays tiles over the newest frame and looks again; the reference stays as it was. */
  patch(request: PatchRequest): Promise<Analysis>;
  /**
   * DNNGrad at the newest analysed frame, by a backward pass where one is asked for, otherwise the last one, counted by the
   * present candidates and on the present input's grid. Kept for {@link ServerLane.accGrads}.
   * @param use the instrument's pass is always fresh, and the run goes on with its own
   */
  dnnGrad(slope: number, backward: Backward, use: GradientUse): Promise<Differentiated>;
  accGrads(request: GradientRequest): Promise<GradientResult>;
  /** Errors of 16×16 blocks, each list weighted by DNNGrad, per candidate: as the distortion form counts them. */
  weighed(errors: readonly Float32Array[], use: GradientUse): number[];
  /** The instrument: a whole interval's packets at another configuration; the run goes on as if it had not been asked. */
  replay(packets: readonly (Packet | null)[], setting: ServerSetting, slope: number | null): Promise<Replay>;
}

/** The same call with the number of its lane first. */
type OnLane<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R
    ? (lane: number, ...args: A) => R
    : never;
};

export interface ServerWorker extends OnLane<ServerLane> {
  open(
    input: ServerInput,
    onProgress: (progress: Progress) => void,
    onLost: (reason: string) => void,
  ): Promise<ServerInfo>;
  /**
   * Loads and warms up what the run will need of the server's knobs.
   * @param isTimed whether a pass at each rung is timed
   */
  prepare(
    needed: NeededRungs,
    isTimed: boolean,
    onProgress: (progress: Progress) => void,
  ): Promise<PreparedRungs>;
  /** Tensors and bytes that tfjs holds, for the leak check. */
  memory(): ServerMemory;
}
