/**
 * DNNGrad (OneAdapt, SoCC 2023, section 4): which pixels move the detector's output?
 *
 * The utility U = Σ_e σ(slope·(score_e − threshold)) over the candidates e is a smooth count of confident detections
 * that needs no labels; DNNGrad = ∂U/∂pixels is one backward pass. The authors' slope is 20 and their threshold 0.5.
 */
import * as tf from '@tensorflow/tfjs';
import type { Candidates, Detector } from '../detectors/detector.ts';
import { unpackGradient } from '../detectors/pixels.ts';
import { sigmoid } from './sigmoid.ts';
import { markConstant, registerGradients, releaseFilters } from './kernels/index.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';

export interface UtilityGradient {
  /** U. */
  readonly utility: number;
  /** Candidates that U sums over. */
  readonly count: number;
  /** ∂U/∂pixel with pixels in 0…255: inputHeight·inputWidth·3 values, row by row, RGB. */
  readonly gradient: Float32Array;
  /** Wall time of the forward and backward pass with its read-back. */
  readonly elapsedMs: number;
}

export interface DnnGrad {
  /**
   * One forward and one backward pass.
   * @param rgba width·height·4 bytes at the detector's input size
   * @param candidates those of the same frame's detection; without any, U and its gradient are 0 and nothing is run
   * @param slope of the sigmoid, per unit of score
   * @throws Error when tfjs cannot differentiate the network; nothing stays allocated
   */
  utilityGradient(rgba: Uint8ClampedArray, candidates: Candidates, slope: number): Promise<UtilityGradient>;
  /** The same without reading back: U and then its gradient by the network's input, flat; the caller disposes it. */
  forwardBackward(rgba: Uint8ClampedArray, candidates: Candidates, slope: number): tf.Tensor1D;
  /** Frees what was kept between passes; the detector stays. */
  dispose(): void;
}

/** The scores at some flat indices; its gradient scatters, where tf.gather's needs a kernel that wasm lacks. */
function gatherScores(scores: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor1D {
  const pick = tf.customGrad((flat) => ({
    value: tf.gather(flat as tf.Tensor, indices),
    gradFunc: (dy: tf.Tensor) => tf.scatterND(indices.reshape([-1, 1]), dy, (flat as tf.Tensor).shape),
  }));
  return pick(scores.flatten()) as tf.Tensor1D;
}

/** U of scores [cells, classes] at the candidates' indices. */
const utilityOf = (scores: tf.Tensor2D, indices: tf.Tensor1D, slope: number, threshold: number): tf.Scalar =>
  tf.sum(tf.sigmoid(gatherScores(scores, indices).sub(threshold).mul(slope)));

/** The same of scores that have been read back. */
export const utilityOfScores = (scores: Float32Array, slope: number, threshold: number): number =>
  scores.reduce((sum, score) => sum + sigmoid(slope * (score - threshold)), 0);

/** Runs a backward pass; when it fails, frees what tfjs had saved for it (it forgets to) and says what failed. */
function clearingTape<T>(pass: () => T, detector: string): T {
  try {
    return pass();
  } catch (error) {
    const { state } = tf.engine();
    for (const { saved } of state.activeTape) tf.dispose(saved ?? []);
    state.activeTape = [];
    const reason = sentenceOf(error);
    throw new Error(
      `The detector ${detector} cannot be differentiated on ${tf.getBackend()}: ${reason.replace(/\.?$/, '.')} ` +
        'Choose another detector.',
      { cause: error },
    );
  }
}

export function createDnnGrad(detector: Detector): DnnGrad {
  registerGradients();
  markConstant(detector.weights);
  const { card, inputSize } = detector;
  const forwardBackward = (rgba: Uint8ClampedArray, { indices }: Candidates, slope: number): tf.Tensor1D =>
    tf.tidy(() => {
      const places = tf.tensor1d(indices, 'int32');
      const utility = (x: tf.Tensor): tf.Scalar =>
        utilityOf(detector.scores(x as tf.Tensor4D), places, slope, card.threshold);
      const input = detector.input(rgba);
      const { value, grad } = clearingTape(() => tf.valueAndGrad(utility)(input), card.label);
      return tf.concat([value.reshape<tf.Tensor1D>([1]), grad.flatten()]);
    });
  return {
    forwardBackward,
    utilityGradient: async (rgba, candidates, slope) => {
      const start = performance.now();
      const count = candidates.indices.length;
      if (count === 0) {
        const gradient = new Float32Array(inputSize.width * inputSize.height * 3);
        return { utility: 0, count, gradient, elapsedMs: performance.now() - start };
      }
      const packed = forwardBackward(rgba, candidates, slope);
      const values = await packed.data<'float32'>().finally(() => packed.dispose());
      const gradient = unpackGradient(values.subarray(1), card.input);
      return { utility: values[0] ?? 0, count, gradient, elapsedMs: performance.now() - start };
    },
    dispose: () => releaseFilters(detector.weights),
  };
}
