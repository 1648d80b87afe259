/**
 * Gradients of ResizeBilinear and ResizeNearestNeighbor as products with two constant matrices.
 *
 * Why: tfjs's own are silently wrong for half-pixel centres, and its cpu backend mixes up height and width. A resize
 * is linear and separable, y = A·x·Bᵀ for each channel, so dx = Aᵀ·dy·B with the same A and B.
 */
import * as tf from '@tensorflow/tfjs';

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

/** The transposed interpolation matrix, [input, output], row by row. */
function transposedMatrix(
  interpolation: Interpolation,
  input: number,
  output: number,
  attributes: ResizeAttributes,
): Float32Array {
  const matrix = new Float32Array(input * output);
  for (let i = 0; i < output; i += 1) {
    for (const [from, weight] of interpolation(i, input, output, attributes)) {
      const at = from * output + i;
      matrix[at] = (matrix[at] ?? 0) + weight;
    }
  }
  return matrix;
}

function resizeGradient(
  [n, height, width, channels]: tf.Tensor4D['shape'],
  dy: tf.Tensor4D,
  interpolation: Interpolation,
  attributes: ResizeAttributes,
): tf.Tensor4D {
  const [, outHeight, outWidth] = dy.shape;
  const matrix = (input: number, output: number): tf.Tensor3D =>
    tf.tensor3d(transposedMatrix(interpolation, input, output, attributes), [1, input, output]);
  const rows = tf.matMul(matrix(height, outHeight), dy.reshape([n, outHeight, outWidth * channels]));
  const columns = tf.matMul(matrix(width, outWidth), rows.reshape([n * height, outWidth, channels]));
  return columns.reshape([n, height, width, channels]);
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
