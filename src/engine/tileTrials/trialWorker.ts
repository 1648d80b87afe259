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
import { chooseTiles, gridShape, NO_PINS, type TileWorth } from '../../domain/tiles.ts';
import { selectBackend } from '../../detectors/backend.ts';
import type { DetectResult } from '../../detectors/detector.ts';
import { loadDetector } from '../../detectors/loadDetector.ts';
import { blockWeights } from '../../gradients/accGrad.ts';
import { createDnnGrad } from '../../gradients/dnnGrad.ts';
import { tileWorth, type EncodedPicture } from '../../gradients/tileWorth.ts';
import { createScaler, createScalers } from '../../sensor/pixels.ts';
import { openRecorded, type Clips } from '../../sources/recorded.ts';
import { createStreams } from './streams.ts';
import type { Trial, TrialInterval, TrialTask } from './trial.ts';

/** Every so many captures are detected; all are encoded. */
const DETECTED_EVERY = 3;
/** One rung of the quantizer's ladder. */
const QUANTIZER_STEP = 16;
/** The most expensive configuration. */
const REFERENCE = { realisation: { kind: 'plain' }, quantizer: 32, kept: [], grid: '4x4' } as const;

export interface TrialInputs {
  readonly clips?: Clips;
  readonly modelFiles?: readonly File[];
}

export interface TrialWorker {
  run(task: TrialTask, inputs: TrialInputs, onInterval: (result: TrialInterval) => void): Promise<void>;
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
    const worths = new Map<Trial, TileWorth | null>();

    const detectSome = async (pictures: readonly Uint8ClampedArray[]): Promise<DetectResult[]> => {
      const found: DetectResult[] = [];
      // The last frame is among them: it is the one that is differentiated.
      for (let at = (pictures.length - 1) % DETECTED_EVERY; at < pictures.length; at += DETECTED_EVERY) {
        const picture = pictures[at];
        if (picture) found.push(await detector.detect(picture));
      }
      return found;
    };

    /** As a run learns it: one backward pass on what was shown last, and one frame encoded three times more. */
    const worthAfter = async (
      trial: Trial,
      last: VideoFrame,
      shown: Uint8ClampedArray,
      { candidates }: DetectResult,
    ): Promise<TileWorth | null> => {
      const { gradient, count } = await dnnGrad.utilityGradient(
        shown,
        candidates,
        DEFAULT_ONEADAPT.utilitySlope,
      );
      const whole = { values: gradient, count, size: detector.inputSize };
      const { columns, rows } = gridShape(trial.grid);
      const probe = async (isKept: boolean, quantizer: number): Promise<EncodedPicture> => {
        const kept = new Array<boolean>(columns * rows).fill(isKept);
        const { pictures, bytes } = await stream([last], { ...trial, quantizer, kept });
        return { pixels: pictures[0] ?? shown, bytes };
      };
      const pictures = {
        low: await probe(false, trial.quantizer),
        full: await probe(true, trial.quantizer),
        step: await probe(true, trial.quantizer + QUANTIZER_STEP),
        original: inputScaler.pixels(last),
      };
      const worth = tileWorth(whole, blockWeights(whole), pictures, trial.grid);
      return worth && !trial.onlyWhereItPays ? { ...worth, bytesPerError: 0 } : worth;
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
      for (const [index, trial] of task.trials.entries()) {
        const worth = worths.get(trial) ?? null;
        const kept = chooseTiles({ grid: trial.grid, worth, pins: NO_PINS }, trial.share);
        const { pictures, bytes } = await stream(frames, { ...trial, kept });
        const found = await detectSome(pictures);
        const sum = found.reduce(
          (total, { detections }, i) => total + f1(detections, reference[i]?.detections ?? []),
          0,
        );
        const share = kept.filter(Boolean).length / kept.length;
        onInterval({ trial: index, interval, bytes, accuracy: sum / found.length, kept: share });
        const shown = pictures.at(-1);
        const lastFound = found.at(-1);
        if (trial.realisation.kind !== 'plain' && shown && lastFound) {
          worths.set(trial, await worthAfter(trial, last, shown, lastFound));
        }
      }
      frames.forEach((frame) => frame.close());
    }
    source.close();
  },
};

Comlink.expose(worker);
