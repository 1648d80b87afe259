/**
 * Holds realisations of per-tile quality against the plain encode: source, encoders, decoders and detector in one worker,
 * without link and policy. Spoken to through {@link TrialWorker}.
 *
 * Every trial goes its own way: its tiles follow from the backward pass on what *it* showed at the end of the interval before, as
 * in a run. Nothing of the present interval is known to it.
 */
import * as Comlink from 'comlink';
import { f1 } from '../../domain/accuracy.ts';
import { DEFAULT_ONEADAPT } from '../../domain/experiment.ts';
import { CAPTURE_FPS, captureSize } from '../../domain/ladders.ts';
import { scaleSize } from '../../domain/size.ts';
import type { Source } from '../../domain/source.ts';
import {
  allTiles,
  chooseTiles,
  closedForm,
  NO_PINS,
  type TileGrid,
  type TileWorth,
} from '../../domain/tiles.ts';
import { selectBackend } from '../../detectors/backend.ts';
import type { DetectResult } from '../../detectors/detector.ts';
import { loadDetector } from '../../detectors/loadDetector.ts';
import { blockWeights } from '../../gradients/accGrad.ts';
import { createDnnGrad } from '../../gradients/dnnGrad.ts';
import { overInterval, tileWorth, type EncodedPicture, type SentTiles } from '../../gradients/tileWorth.ts';
import { lumaOf, lumaSize } from '../../sensor/frameFilter/luma.ts';
import { createScaler, createScalers } from '../../sensor/pixels.ts';
import { tileMotion } from '../../sensor/tiles/motion.ts';
import { openRecorded, type Clips } from '../../sources/recorded.ts';
import { createStreams, streamKey, type Streamed, type StreamRequest } from './streams.ts';
import type { Trial, TrialInterval, TrialTask } from './trial.ts';

/** One rung of the quantizer's ladder. */
const QUANTIZER_STEP = 16;
/** The most expensive configuration. */
const REFERENCE: StreamRequest = { realisation: { kind: 'plain' }, quantizer: 32, kept: [], grid: '4x4' };

/** What is known to a trial of its tiles: as the last second showed it, and the one before. */
interface Known {
  readonly worth: TileWorth | null;
  readonly before: TileWorth | null;
}

/** What one stream of an interval shows; trials that send the same share it. */
interface Shown extends Omit<Streamed, 'pictures'> {
  readonly accuracy: number;
  /** As the server saw the last frame. */
  readonly last: { readonly pixels: Uint8ClampedArray<ArrayBuffer>; readonly found: DetectResult };
}

export interface TrialInputs {
  readonly clips?: Clips;
  readonly modelFiles?: readonly File[];
}

export interface TrialWorker {
  run(task: TrialTask, inputs: TrialInputs, onInterval: (result: TrialInterval) => void): Promise<void>;
}

function keptTiles(trial: Trial, known: Known | undefined): boolean[] {
  const { grid, rule, share } = trial;
  if (!known?.worth) return allTiles(grid);
  const plan = { grid, ...known, pins: NO_PINS };
  if (rule === 'run') return chooseTiles(plan, share, false);
  const worth = rule === 'always' ? { ...known.worth, bytesPerError: 0 } : known.worth;
  return closedForm(worth, plan, share);
}

async function openSource({ source, seed }: TrialTask, { clips }: TrialInputs): Promise<Source> {
  if (source.kind === 'webcam') throw new Error('Tiles are not tried on a webcam. Name a scene or a clip.');
  return openRecorded(source, { seed, clips });
}

const worker: TrialWorker = {
  async run(task, inputs, onInterval) {
    await selectBackend(task.backend);
    const detector = await loadDetector(task.detector, inputs.modelFiles, () => undefined);
    const dnnGrad = createDnnGrad(detector);
    const source = await openSource(task, inputs);
    const capture = captureSize(source.size);
    const size = scaleSize(capture, task.scale);
    const stream = createStreams(size, detector.inputSize);
    const top = createStreams(capture, detector.inputSize);
    const scalers = createScalers();
    const inputScaler = createScaler(detector.inputSize);
    const known = new Map<Trial, Known>();

    const detectSome = async (pictures: readonly Uint8ClampedArray[]): Promise<DetectResult[]> => {
      const found: DetectResult[] = [];
      // The last frame is among them: it is the one that is differentiated.
      const every = task.detectedEvery;
      for (let at = (pictures.length - 1) % every; at < pictures.length; at += every) {
        const picture = pictures[at];
        if (picture) found.push(await detector.detect(picture));
      }
      return found;
    };

    const show = async (
      frames: readonly VideoFrame[],
      request: StreamRequest,
      reference: readonly DetectResult[],
    ): Promise<Shown> => {
      const { pictures, ...bytes } = await stream(frames, request);
      const results = await detectSome(pictures);
      const [pixels, found] = [pictures.at(-1), results.at(-1)];
      if (!pixels || !found) throw new Error('An interval without frames shows nothing.');
      const sum = results.reduce(
        (total, { detections }, i) => total + f1(detections, reference[i]?.detections ?? []),
        0,
      );
      return { ...bytes, accuracy: sum / results.length, last: { pixels, found } };
    };

    const motionOf = (frames: readonly VideoFrame[], grid: TileGrid): number[] => {
      const size = lumaSize(capture);
      return tileMotion(
        frames.map((frame) => lumaOf(scalers(size).pixels(frame), size)),
        grid,
      );
    };

    /** As a run learns it: one backward pass on what was shown last, and one frame encoded three times more. */
    const worthAfter = async (
      trial: Trial,
      frame: VideoFrame,
      { bytes, keyBytes, last: { pixels, found } }: Shown,
      sent: Pick<SentTiles, 'kept' | 'motion'>,
    ): Promise<TileWorth | null> => {
      const { utilitySlope } = DEFAULT_ONEADAPT;
      const { gradient, count } = await dnnGrad.utilityGradient(pixels, found.candidates, utilitySlope);
      const whole = { values: gradient, count, size: detector.inputSize };
      const probe = async (isKept: boolean, quantizer: number): Promise<EncodedPicture> => {
        const kept = allTiles(trial.grid).map(() => isKept);
        const { pictures, bytes } = await stream([frame], { ...trial, quantizer, kept });
        return { pixels: pictures[0] ?? pixels, bytes };
      };
      const pictures = {
        low: await probe(false, trial.quantizer),
        full: await probe(true, trial.quantizer),
        step: await probe(true, trial.quantizer + QUANTIZER_STEP),
        original: inputScaler.pixels(frame),
      };
      const worth = tileWorth(whole, blockWeights(whole), pictures, trial.grid);
      return (
        worth && overInterval(worth, { keyFrames: 1, deltaBytes: bytes - keyBytes, filtered: false, ...sent })
      );
    };

    for (let interval = 0; interval < task.seconds; interval += 1) {
      const frames: VideoFrame[] = [];
      for (let index = 0; index < CAPTURE_FPS; index += 1) {
        const shot = await source.frameAt(task.startSeconds + interval + index / CAPTURE_FPS);
        if (!shot) break;
        frames.push(scalers(capture).frame(shot.frame, Math.round((interval + index / CAPTURE_FPS) * 1e6)));
        shot.frame.close();
      }
      const last = frames.at(-1);
      if (frames.length < CAPTURE_FPS || !last) {
        frames.forEach((frame) => frame.close());
        break;
      }
      const reference = await detectSome((await top(frames, REFERENCE)).pictures);
      // Trials that send the same are encoded and detected once.
      const shown = new Map<string, Shown>();
      const learnt = new Map<string, TileWorth | null>();
      for (const [index, trial] of task.trials.entries()) {
        const kept = keptTiles(trial, known.get(trial));
        const request = { ...trial, kept };
        const key = streamKey(request);
        const seen = shown.get(key) ?? (await show(frames, request, reference));
        shown.set(key, seen);
        const { bytes, accuracy } = seen;
        onInterval({
          trial: index,
          interval,
          bytes,
          accuracy,
          kept: kept.filter(Boolean).length / kept.length,
        });
        if (trial.realisation.kind === 'plain') continue;
        const probed = JSON.stringify([key, trial.quantizer, trial.grid, trial.realisation]);
        const worth =
          learnt.get(probed) ??
          (await worthAfter(trial, last, seen, { kept, motion: motionOf(frames, trial.grid) }));
        learnt.set(probed, worth);
        known.set(trial, { worth, before: known.get(trial)?.worth ?? null });
      }
      frames.forEach((frame) => frame.close());
    }
    source.close();
  },
};

Comlink.expose(worker);
