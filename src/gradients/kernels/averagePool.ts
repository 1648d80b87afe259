/**
 * Gradient of AvgPool, mended: tfjs's divides by the window's full size on every backend, where the forward pass divides
 * by the elements inside the picture, which is wrong along the borders of a padded pooling.
 */
import * as tf from '@tensorflow/tfjs';

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export function registerAveragePoolGradient(): void {
  const avgPool = tf.getGradient('AvgPool');
  tf.registerGradient({
    ...avgPool,
    gradFunc: (dy, saved, attributes) => {
      const [x] = saved;
      if (Array.isArray(dy) || !x) throw new Error('AvgPool has one output and saves x.');
      return {
        x: () => {
          const shares = insideShares((x as tf.Tensor4D).shape, attributes as unknown as PoolAttributes);
          const gradient = avgPool.gradFunc(dy.div(shares), saved, attributes).x;
          if (!gradient) throw new Error('tfjs gave no gradient of AvgPool.');
          return gradient();
        },
      };
    },
  });
}

/** Share of every window that lies inside the picture, [1, oh, ow, 1]. */
function insideShares(shape: tf.Tensor4D['shape'], a: PoolAttributes): tf.Tensor4D {
  const info = tf.backend_util.computePool2DInfo(shape, a.filterSize, a.strides, 1, a.pad, a.dimRoundingMode);
  const along = (size: number, outputs: number, window: number, stride: number, before: number): number[] =>
    Array.from({ length: outputs }, (_, i) => {
      const first = i * stride - before;
      return (Math.min(size, first + window) - Math.max(0, first)) / window;
    });
  const rows = along(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top);
  const columns = along(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left);
  const shares = rows.flatMap((row) => columns.map((column) => row * column));
  return tf.tensor4d(shares, [1, info.outHeight, info.outWidth, 1]);
}
