/**
 * Gradients of ResizeBilinear and ResizeNearestNeighbor as products with two constant matrices, on wasm by a kernel that
 * skips their zeros.
 *
 * Why: tfjs's own are silently wrong for half-pixel centres, and its cpu backend mixes up height and width. A resize
 * is linear and separable, y = A·x·Bᵀ for each channel, so dx = Aᵀ·dy·B with the same A and B.
 */
import * as tf from '@tensorflow/tfjs';
import {
  RESIZE_GRADIENT,
  type ResizeGradientAttributes,
  type Taps,
} from '../../detectors/wasmKernels/resizeGradient.ts';

interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Where output element `i` is read from along one axis: weights of input elements. */
export type Interpolation = (
  i: number,
  input: number,
  output: number,
  a: ResizeAttributes,
) => [number, number][];

const scaleOf = (input: number, output: number, { alignCorners }: ResizeAttributes): number =>
  alignCorners && output > 1 ? (input - 1) / (output - 1) : input / output;

/** As in tfjs's kernels (and TensorFlow's): the two elements on either side, kept inside. */
export const bilinear: Interpolation = (i, input, output, a) => {
  const scale = scaleOf(input, output, a);
  const at = Math.max(0, a.halfPixelCenters ? (i + 0.5) * scale - 0.5 : i * scale);
  const low = Math.min(input - 1, Math.floor(at));
  const high = Math.min(input - 1, Math.ceil(at));
  const share = at - low;
  return [
    [low, 1 - share],
    [high, share],
  ];
};

export const nearest: Interpolation = (i, input, output, a) => {
  const scale = scaleOf(input, output, a);
  const at = a.halfPixelCenters ? (i + 0.5) * scale : i * scale;
  const place = a.alignCorners ? Math.round(at) : Math.floor(at);
  return [[Math.min(input - 1, Math.max(0, place)), 1]];
};

const tapsOf = (
  interpolation: Interpolation,
  input: number,
  output: number,
  attributes: ResizeAttributes,
): Taps => Array.from({ length: output }, (_, i) => interpolation(i, input, output, attributes));

/** The transposed interpolation matrix, [1, input, output]. */
function transposedMatrix(taps: Taps, input: number): tf.Tensor3D {
  const matrix = new Float32Array(input * taps.length);
  taps.forEach((weights, i) => {
    for (const [from, weight] of weights) {
      const at = from * taps.length + i;
      matrix[at] = (matrix[at] ?? 0) + weight;
    }
  });
  return tf.tensor3d(matrix, [1, input, taps.length]);
}

function resizeGradient(
  inputShape: tf.Tensor4D['shape'],
  dy: tf.Tensor4D,
  interpolation: Interpolation,
  attributes: ResizeAttributes,
): tf.Tensor4D {
  const [n, height, width, channels] = inputShape;
  const [, outHeight, outWidth] = dy.shape;
  const rows = tapsOf(interpolation, height, outHeight, attributes);
  const columns = tapsOf(interpolation, width, outWidth, attributes);
  if (tf.getBackend() === 'wasm') {
    const attrs: ResizeGradientAttributes = { inputShape, rows, columns };
    return tf.engine().runKernel(RESIZE_GRADIENT, { dy }, attrs as unknown as tf.NamedAttrMap);
  }
  const rowsDone = tf.matMul(transposedMatrix(rows, height), dy.reshape([n, outHeight, outWidth * channels]));
  const whole = tf.matMul(
    transposedMatrix(columns, width),
    rowsDone.reshape([n * height, outWidth, channels]),
  );
  return whole.reshape(inputShape);
}

export function registerResizeGradients(): void {
  for (const [kernelName, interpolation] of [
    ['ResizeBilinear', bilinear],
    ['ResizeNearestNeighbor', nearest],
  ] as const) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ['images'],
      gradFunc: (dy, saved, attributes) => {
        const [images] = saved as tf.Tensor4D[];
        if (Array.isArray(dy) || !images)
          throw new Error(`${kernelName} has one output and saves its images.`);
        const spec = attributes as unknown as ResizeAttributes;
        return { images: () => resizeGradient(images.shape, dy as tf.Tensor4D, interpolation, spec) };
      },
    });
  }
}
