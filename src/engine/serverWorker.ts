/** The server side in a worker of its own: decoder, detector, backward pass. Spoken to through {@link ServerWorker}. */
import * as tf from '@tensorflow/tfjs';
import * as Comlink from 'comlink';
import { f1 } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';
import type { Backend, DetectorSpec, GpuCost, PassCost } from '../domain/experiment.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import { inputSizeLadder, isServerKnob, memberLadder, type ServerSetting } from '../domain/serverKnobs.ts';
import { sameSize, type Size } from '../domain/size.ts';
import type { TileGrid, TileWorth } from '../domain/tiles.ts';
import { onDeviceLost, selectBackend } from '../detectors/backend.ts';
import { loadDetector } from '../detectors/loadDetector.ts';
import { blockWeights, dnnGradMap, weigh, type Gradient } from '../gradients/accGrad.ts';
import { createDnnGrad, utilityOfScores } from '../gradients/dnnGrad.ts';
import { drift, expectedLoss, scoreMargin } from '../gradients/lossLevel.ts';
import { warmUp } from '../gradients/dnnGradWarmUp.ts';
import { blockLuma, isNewContent } from '../gradients/newContent.ts';
import type { Grid } from '../gradients/pooling.ts';
import { resizedGradient } from '../gradients/resizedGradient.ts';
import { tileWorth } from '../gradients/tileWorth.ts';
import type { Backward } from '../policies/policy.ts';
import { createStreamDecoder, type StreamDecoder } from '../sensor/frameDecoder.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Heatmap, Progress, ServerMemory } from './events.ts';
import { createInstrument, type Instrument, type Replay } from './instrument.ts';
import { pictureResult, probeServerStep, type KnobResult, type Look } from './serverProbe.ts';
import { createSetups, type NeededRungs, type Setup, type Setups } from './setups.ts';

export interface ServerInput {
  readonly detector: DetectorSpec;
  readonly modelFiles?: readonly File[];
  readonly backend: Backend;
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
}

export interface Analysis {
  readonly detections: readonly Detection[];
  readonly reference: readonly Detection[];
  /** The decoded frame; null where no packet came. */
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
  readonly tiles: TileWorth | null;
}

/** Which DNNGrad estimates are made of: the one that the policy goes on with, or one that the instrument asked for. */
export type GradientUse = 'run' | 'instrument';

/** How much accuracy is being lost, by the scores alone (gradients/lossLevel.ts); the mean over analysed frames. */
export interface Level {
  readonly expectedLoss: number;
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
}

export interface ServerWorker {
  open(
    input: ServerInput,
    onProgress: (progress: Progress) => void,
    onLost: (reason: string) => void,
  ): Promise<ServerInfo>;
  /**
   * Loads, warms up and times what the run will need of the server's knobs.
   * @returns the cost at each rung; an input size that the network cannot run at is left out
   */
  prepare(
    needed: NeededRungs,
    onProgress: (progress: Progress) => void,
  ): Promise<NonNullable<GpuCost['rungs']>>;
  analyse(request: AnalysisRequest): Promise<Analysis>;
  /**
   * DNNGrad at the newest analysed frame, by a backward pass where one is asked for, otherwise the last one, counted by the
   * present candidates and on the present input's grid. Kept for {@link ServerWorker.accGrads}.
   * @param use the instrument's pass is always fresh, and the run goes on with its own
   */
  dnnGrad(slope: number, backward: Backward, use: GradientUse): Promise<Differentiated>;
  accGrads(request: GradientRequest): Promise<GradientResult>;
  /** Errors of 16×16 blocks, each list weighted by DNNGrad, per candidate: as the distortion form counts them. */
  weighed(errors: readonly Float32Array[], use: GradientUse): number[];
  /** The instrument: a whole interval's packets at another configuration; the run goes on as if it had not been asked. */
  replay(packets: readonly (Packet | null)[], setting: ServerSetting, slope: number): Promise<Replay>;
  /** Tensors and bytes that tfjs holds, for the leak check. */
  memory(): ServerMemory;
}

interface Opened {
  readonly setups: Setups;
  /** Of a pass at rest, as measured. */
  readonly cost: PassCost;
  readonly sent: StreamDecoder;
  readonly reference: StreamDecoder;
  readonly instrument: Instrument;
}

let opened: Opened | undefined;
/** The newest analysed frame, which the backward pass looks at. */
let newest: (Look & { readonly seconds: number }) | undefined;
let referenceDetections: readonly Detection[] = [];
/** Of the present interval. */
const gradients: Partial<Record<GradientUse, Gradient>> = {};
/** The run's last backward pass, and the picture that it was taken on. */
let lastPass:
  | { readonly values: Float32Array; readonly setup: Setup; readonly content: Grid; readonly age: number }
  | undefined;
/** The interval's gradient has been asked for: the next frame begins another. */
let intervalOver = false;
/** Of every frame that was analysed in this interval. */
let levels: Level[] = [];

const open = (): Opened => {
  if (!opened) throw new Error('The server was asked to work before its detector was loaded.');
  return opened;
};

/** The picture as a setup sees it, coarsely. */
const contentOf = ({ scaler, detector: { inputSize } }: Setup, frame: VideoFrame): Grid =>
  blockLuma(scaler.pixels(frame), inputSize);

/** An earlier gradient where another input size looks at the same content by now. */
const atSize = (gradient: Gradient, size: Size): Gradient =>
  sameSize(gradient.size, size) ? gradient : resizedGradient(gradient, size);

/** Decodes all packets and returns the newest frame, which the caller closes. */
async function newestFrame(decoder: StreamDecoder, packets: readonly Packet[]): Promise<VideoFrame | null> {
  let frame: VideoFrame | null = null;
  for (const packet of packets) {
    frame?.close();
    frame = await decoder.decode(packet);
  }
  return frame;
}

const worker: ServerWorker = {
  async open({ detector: spec, modelFiles, backend }, onProgress, onLost) {
    onProgress({ label: 'Starting the detector’s backend', fraction: null });
    const selected = await selectBackend(backend);
    onDeviceLost(onLost);
    const progress = (label: string, fraction: number | null): void => onProgress({ label, fraction });
    const detector = await loadDetector(spec, modelFiles, progress);
    const dnnGrad = createDnnGrad(detector);
    const gpuCost = await warmUp(detector, dnnGrad, progress);
    const setups = createSetups(detector, dnnGrad, memberLadder(spec).at(-1) ?? '');
    opened = {
      setups,
      cost: gpuCost,
      instrument: createInstrument(createStreamDecoder()),
      sent: createStreamDecoder(),
      reference: createStreamDecoder(),
    };
    return {
      ...selected,
      detector: detector.card.name,
      inputSize: detector.inputSize,
      inputSizes: inputSizeLadder(detector.inputSize).filter(setups.takes),
      threshold: detector.card.threshold,
      gpuCost,
      tfjsVersion: tf.version.tfjs,
    };
  },

  prepare(needed, onProgress) {
    const { setups, cost } = open();
    return setups.prepare(needed, cost, (label, fraction) => onProgress({ label, fraction }));
  },

  async analyse({ packets, referencePackets, setting }) {
    const { setups, sent, reference } = open();
    const setup = await setups.at(setting);
    const { detector } = setup;
    const frame = await newestFrame(sent, packets);
    let image: ImageBitmap | null = null;
    let elapsedMs = 0;
    if (frame) {
      const scaled = setup.scaler.pixels(frame);
      const start = performance.now();
      const pixels = setup.enhance(scaled);
      const result = await detector.detect(pixels);
      elapsedMs = performance.now() - start;
      const seconds = frame.timestamp / 1e6;
      const before = newest ?? { result, seconds };
      newest?.frame.close();
      newest = { setup, frame, pixels, result, seconds };
      if (intervalOver) levels = [];
      intervalOver = false;
      const { scores } = result.candidates;
      const { threshold } = detector.card;
      levels.push({
        expectedLoss: expectedLoss(scores, threshold),
        scoreMargin: scoreMargin(scores, threshold),
        drift: drift(
          1 - f1(result.detections, before.result.detections),
          Math.round((seconds - before.seconds) * CAPTURE_FPS),
        ),
      });
      image = await createImageBitmap(frame);
    }
    const detections = newest?.result.detections ?? [];
    if (referencePackets === null) {
      referenceDetections = detections;
    } else {
      const top = await newestFrame(reference, referencePackets);
      if (top) {
        const { scaler, detector: expert } = setups.reference;
        referenceDetections = (await expert.detect(scaler.pixels(top))).detections;
        top.close();
      }
    }
    const analysis = {
      detections,
      reference: referenceDetections,
      image,
      inferences: frame ? 1 : 0,
      elapsedMs,
    };
    return image ? Comlink.transfer(analysis, [image]) : analysis;
  },

  async dnnGrad(slope, backward, use) {
    if (!newest)
      throw new Error('No frame was analysed in this interval, so there is nothing to differentiate.');
    const { pixels, result, setup, frame } = newest;
    const { detector, dnnGrad } = setup;
    const { candidates } = result;
    const size = detector.inputSize;
    const count = candidates.indices.length;
    const before = lastPass;
    const isDue =
      use === 'instrument' ||
      backward === 'always' ||
      !before ||
      (backward === 'onNewContent' && isNewContent(before.content, contentOf(before.setup, frame)));
    // Without candidates there is nothing to differentiate: no pass is run, and every gradient is 0.
    const pass = isDue || count === 0 ? await dnnGrad.utilityGradient(pixels, candidates, slope) : undefined;
    const gradient = pass
      ? { values: pass.gradient, count, size }
      : before
        ? atSize({ values: before.values, count, size: before.setup.detector.inputSize }, size)
        : { values: new Float32Array(), count, size };
    gradients[use] = gradient;
    if (use === 'run') {
      if (pass && count > 0)
        lastPass = { values: pass.gradient, setup, content: contentOf(setup, frame), age: 0 };
      else if (before) lastPass = { ...before, age: before.age + 1 };
      intervalOver = true;
    }
    const mean = (of: (level: Level) => number): number =>
      levels.reduce((sum, level) => sum + of(level), 0) / Math.max(1, levels.length);
    return {
      utility: utilityOfScores(candidates.scores, slope, detector.card.threshold),
      passes: pass && count > 0 ? 1 : 0,
      age: pass ? 0 : (lastPass?.age ?? 0),
      elapsedMs: pass?.elapsedMs ?? 0,
      map: dnnGradMap(gradient),
      level: {
        expectedLoss: mean((level) => level.expectedLoss),
        scoreMargin: mean((level) => level.scoreMargin),
        drift: mean((level) => level.drift),
      },
    };
  },

  async accGrads({ pictures, original, knobs, use, tiles }) {
    const { setups } = open();
    const look = newest;
    const taken = gradients[use];
    const seen = pictures.map((pixels) => look?.setup.enhance(pixels));
    const present = seen[0];
    if (!taken || !look || !present)
      throw new Error('AccGrad was asked for before DNNGrad and the probes were there.');
    const weights = blockWeights(taken);
    const results: Partial<Record<KnobName, KnobResult>> = {};
    for (const { name, picture, step, setting, original: larger } of knobs) {
      const neighbour = seen[picture];
      if (isServerKnob(name)) {
        const moved = { name, setting, step, original: larger ?? original };
        results[name] = await probeServerStep(look, await setups.at(setting), moved, taken, weights);
      } else if (neighbour) {
        results[name] = pictureResult(taken, weights, { present, neighbour, original, step });
      }
    }
    if (!tiles) return { knobs: results, tiles: null };
    const enhanced = ({ pixels, bytes }: TilePicture) => ({ pixels: look.setup.enhance(pixels), bytes });
    const { full, low, step } = tiles;
    const shown = { full: enhanced(full), low: enhanced(low), step: enhanced(step), original };
    return { knobs: results, tiles: tileWorth(taken, weights, shown, tiles.grid) };
  },

  weighed(errors, use) {
    const gradient = gradients[use];
    if (!gradient) throw new Error('Errors can be weighed only after the backward pass.');
    const { size, count } = gradient;
    const weights = blockWeights(gradient);
    return errors.map((error) => weigh(size, weights, error) / Math.max(1, count));
  },

  async replay(packets, setting, slope) {
    if (!newest) throw new Error('The instrument was asked about an interval before one was analysed.');
    const { setups, instrument } = open();
    return instrument.replay(packets, await setups.at(setting), newest, slope);
  },

  memory() {
    const { numTensors, ...rest } = tf.memory();
    // The WebGPU backend's pool, free buffers included: this is what must not grow.
    const bytes: unknown = 'numBytesAllocatedInGPU' in rest ? rest.numBytesAllocatedInGPU : 0;
    return { tensors: numTensors, gpuBytes: typeof bytes === 'number' ? bytes : 0 };
  },
};

Comlink.expose(worker);
