/** Runs a detector forward and backward before it is needed, and measures what a pass costs. */
import type { GpuCost } from '../domain/experiment.ts';
import type { Candidates, Detector } from '../detectors/detector.ts';
import type { OnProgress } from '../detectors/progress.ts';
import type { DnnGrad } from './dnnGrad.ts';

/** Passes of each kind that are timed; the median of these is the cost. */
const TIMED_PASSES = 3;
/** Candidates of the artificial utility, spread over the scores. */
const WARM_UP_CANDIDATES = 16;
const WARM_UP_SLOPE = 20;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Compiles every shader (the first use of each shape takes seconds on WebGPU) and prepares every filter, then times
 * passes on a picture of noise.
 * @returns milliseconds of a forward pass, and of a gradient pass (forward and backward together, as it is run)
 */
export async function warmUp(detector: Detector, dnnGrad: DnnGrad, onProgress: OnProgress): Promise<GpuCost> {
  const { width, height } = detector.inputSize;
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 2654435761) >>> 24);
  const step = detector.scoreCount / WARM_UP_CANDIDATES;
  const candidates: Candidates = {
    indices: Int32Array.from({ length: WARM_UP_CANDIDATES }, (_, i) => Math.floor(i * step)),
    scores: new Float32Array(WARM_UP_CANDIDATES),
  };
  const forward = async (): Promise<number> => (await detector.detect(rgba)).elapsedMs;
  const backward = async (): Promise<number> =>
    (await dnnGrad.utilityGradient(rgba, candidates, WARM_UP_SLOPE)).elapsedMs;

  const passes = 2 * (1 + TIMED_PASSES);
  let done = 0;
  const run = async (pass: () => Promise<number>): Promise<number> => {
    onProgress('Warming up the detector', done / passes);
    done += 1;
    return pass();
  };
  await run(forward);
  await run(backward);
  const inference: number[] = [];
  const backwards: number[] = [];
  for (let i = 0; i < TIMED_PASSES; i += 1) {
    inference.push(await run(forward));
    backwards.push(await run(backward));
  }
  onProgress('Warming up the detector', 1);
  return { inferenceMs: median(inference), backwardMs: median(backwards) };
}
