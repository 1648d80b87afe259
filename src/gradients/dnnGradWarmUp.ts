/** Runs a detector forward and backward before it is needed, and measures what a pass costs. */
import * as tf from '@tensorflow/tfjs';
import type { PassCost } from '../domain/experiment.ts';
import type { Candidates, Detector } from '../detectors/detector.ts';
import type { OnProgress } from '../detectors/progress.ts';
import type { DnnGrad } from './dnnGrad.ts';

/** Passes of each kind that are timed, unless they take long; the median of these is the cost. */
const TIMED_PASSES = 3;
/** Rounds of passes where two settings are compared. */
const COMPARED_PASSES = 5;
/** No further passes are timed after this. */
const TIMING_BUDGET_MS = 1500;
/** Candidates of the artificial utility, spread over the scores. */
const WARM_UP_CANDIDATES = 16;
const WARM_UP_SLOPE = 20;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Lets tfjs-webgpu compile all shaders that `passes` use at once, instead of one after the other when first used. */
async function compileAhead(passes: () => readonly tf.Tensor[]): Promise<void> {
  const backend = tf.backend();
  if (!('checkCompileCompletionAsync' in backend)) return;
  const check = backend.checkCompileCompletionAsync as () => Promise<void>;
  tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
  try {
    tf.dispose([...passes()]); // Nothing is computed in this mode.
    await check.call(backend);
  } finally {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
  }
}

interface Passes {
  /** Both as they run, without computing where only shaders are compiled. */
  readonly compile: () => tf.Tensor[];
  /** @returns milliseconds */
  readonly forward: () => Promise<number>;
  /** Forward and backward together, as a gradient pass is run. @returns milliseconds */
  readonly backward: () => Promise<number>;
}

/** Passes on a picture of noise. */
function passesOf(detector: Detector, dnnGrad: DnnGrad): Passes {
  const { width, height } = detector.inputSize;
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 2654435761) >>> 24);
  const step = detector.scoreCount / WARM_UP_CANDIDATES;
  const candidates: Candidates = {
    indices: Int32Array.from({ length: WARM_UP_CANDIDATES }, (_, i) => Math.floor(i * step)),
    scores: new Float32Array(WARM_UP_CANDIDATES),
  };
  return {
    compile: () => [detector.forward(rgba), dnnGrad.forwardBackward(rgba, candidates, WARM_UP_SLOPE)],
    forward: async () => (await detector.detect(rgba)).elapsedMs,
    backward: async () => (await dnnGrad.utilityGradient(rgba, candidates, WARM_UP_SLOPE)).elapsedMs,
  };
}

/**
 * Compiles every shader (the first use of each shape takes seconds on WebGPU) and prepares every filter, then times
 * passes on a picture of noise.
 * @returns milliseconds of a forward pass, and of a gradient pass (forward and backward together, as it is run)
 */
export async function warmUp(
  detector: Detector,
  dnnGrad: DnnGrad,
  onProgress: OnProgress,
): Promise<PassCost> {
  const { compile, forward, backward } = passesOf(detector, dnnGrad);
  onProgress('Preparing the detector', null);
  await compileAhead(compile);
  onProgress('Warming up the detector', 0);
  await forward();
  await backward();
  const start = performance.now();
  const inference: number[] = [];
  const backwards: number[] = [];
  while (inference.length < TIMED_PASSES && performance.now() - start < TIMING_BUDGET_MS) {
    onProgress('Warming up the detector', (1 + inference.length) / (1 + TIMED_PASSES));
    inference.push(await forward());
    backwards.push(await backward());
  }
  onProgress('Warming up the detector', 1);
  return { inferenceMs: median(inference), backwardMs: median(backwards) };
}

/** A detector as it is run. */
export interface Differentiated {
  readonly detector: Detector;
  readonly dnnGrad: DnnGrad;
}

/** Compiles and prepares all that a setting of a detector needs, without timing it. */
export async function makeReady({ detector, dnnGrad }: Differentiated): Promise<void> {
  const { compile, forward, backward } = passesOf(detector, dnnGrad);
  await compileAhead(compile);
  await forward();
  await backward();
}

/**
 * Times another setting of a detector, made ready, in turn with the one at rest, which is warm, so that a busy machine
 * slows down both. The quickest passes are compared: whatever else runs can only add to them.
 * @returns the share of the rest's time that a pass takes
 */
export async function timeAgainst(rest: Differentiated, other: Differentiated): Promise<PassCost> {
  const [one, two] = [rest, other].map(({ detector, dnnGrad }) => passesOf(detector, dnnGrad)) as [
    Passes,
    Passes,
  ];
  const times: Record<'forward' | 'backward', [number, number]> = {
    forward: [Infinity, Infinity],
    backward: [Infinity, Infinity],
  };
  const start = performance.now();
  for (let round = 0; round < COMPARED_PASSES; round += 1) {
    for (const kind of ['forward', 'backward'] as const) {
      const [before, beside] = times[kind];
      times[kind] = [Math.min(before, await one[kind]()), Math.min(beside, await two[kind]())];
    }
    if (performance.now() - start > TIMING_BUDGET_MS) break;
  }
  const share = ([before, beside]: readonly [number, number]): number => beside / Math.max(before, 1e-3);
  return { inferenceMs: share(times.forward), backwardMs: share(times.backward) };
}
