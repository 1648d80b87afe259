/**
 * Gradient of StridedSlice, which tfjs lacks on every backend: the gradient goes back to where it was taken from,
 * zeros elsewhere.
 */
import * as tf from '@tensorflow/tfjs';
import { sliceInfoOf, type StridedSliceAttributes } from '../../detectors/sliceInfo.ts';

export function registerStridedSliceGradient(): void {
  tf.registerGradient({
    kernelName: 'StridedSlice',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const [x] = saved;
      if (Array.isArray(dy) || !x) throw new Error('StridedSlice has one output and saves x.');
      return { x: () => padBack(dy, x.shape, attributes as unknown as StridedSliceAttributes) };
    },
  });
}

function padBack(dy: tf.Tensor, shape: number[], a: StridedSliceAttributes): tf.Tensor {
  const info = sliceInfoOf(shape, a);
  // Axes that were added or removed come and go with the sparse shape: one axis for each of x.
  const counts = shape.map((_, axis) =>
    Math.max(0, Math.ceil(((info.end[axis] ?? 0) - (info.begin[axis] ?? 0)) / (info.strides[axis] ?? 1))),
  );
  let gradient = dy.reshape(counts);
  for (const [axis, size] of shape.entries()) {
    const stride = info.strides[axis] ?? 1;
    const begin = info.begin[axis] ?? 0;
    const count = counts[axis] ?? 0;
    if (stride < 0) {
      // The last one taken comes first in x.
      gradient = spreadAxis(gradient.reverse(axis), axis, -stride, begin + stride * (count - 1), size);
    } else if (stride !== 1 || begin !== 0 || count !== size) {
      gradient = spreadAxis(gradient, axis, stride, begin, size);
    }
  }
  return gradient;
}

/** Puts the elements of an axis at first, first + stride, … of an axis of `size` elements, zeros between. */
function spreadAxis(x: tf.Tensor, axis: number, stride: number, first: number, size: number): tf.Tensor {
  const before = x.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const count = x.shape[axis] ?? 0;
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  let rows = x.reshape<tf.Tensor2D>([before, count * inner]);
  let length = count;
  if (stride > 1) {
    rows = tf
      .pad2d(rows.reshape<tf.Tensor2D>([before * count, inner]), [
        [0, 0],
        [0, (stride - 1) * inner],
      ])
      .reshape<tf.Tensor2D>([before, count * stride * inner]);
    length = count * stride;
    if (first + length > size) {
      length = size - first;
      rows = rows.slice([0, 0], [before, length * inner]);
    }
  }
  const padded = tf.pad2d(rows, [
    [0, 0],
    [first * inner, (size - first - length) * inner],
  ]);
  return padded.reshape([...x.shape.slice(0, axis), size, ...x.shape.slice(axis + 1)]);
}
