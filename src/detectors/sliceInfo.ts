/** What a StridedSlice takes, its masks worked out (tfjs-core, slice_util.sliceInfo). */
import * as tf from '@tensorflow/tfjs';

export interface StridedSliceAttributes {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** First element, end and step along every axis of the input, and the shape that comes out. */
export const sliceInfoOf = (
  shape: number[],
  a: StridedSliceAttributes,
): ReturnType<typeof tf.slice_util.sliceInfo> =>
  tf.slice_util.sliceInfo(
    shape,
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
