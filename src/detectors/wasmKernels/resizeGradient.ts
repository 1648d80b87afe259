/**
 * Gradient of a resize, which is separable: rows first, then columns. A kernel of our own; the other backends multiply
 * with matrices instead (gradients/kernels/resize.ts), nearly all of whose elements are zeros.
 */
import type * as tf from '@tensorflow/tfjs';
import { heapOf, type Kernel, type KernelCall } from './heap.ts';

/** For each output element along an axis, which input elements it was made of and with which weights. */
export type Taps = readonly (readonly [from: number, weight: number][])[];

export const RESIZE_GRADIENT = 'ResizeGradient';

/** Inputs: dy [n, outHeight, outWidth, c]. */
export interface ResizeGradientAttributes {
  readonly inputShape: [number, number, number, number];
  readonly rows: Taps;
  readonly columns: Taps;
}

type Numbers = ReturnType<ReturnType<typeof heapOf>['typedArrayFromHeap']>;

/** to += weight · from, elements in a row. */
function add(from: Numbers, at: number, to: Numbers, into: number, length: number, weight: number): void {
  for (let i = 0; i < length; i += 1) to[into + i] = (to[into + i] ?? 0) + weight * (from[at + i] ?? 0);
}

function resizeGradient(call: KernelCall): tf.TensorInfo | undefined {
  const { dy } = call.inputs;
  if (!dy) return undefined;
  const { inputShape, rows, columns } = call.attrs as unknown as ResizeGradientAttributes;
  const [batch, height, width, channels] = inputShape;
  const heap = heapOf(call);
  const output = heap.makeOutput(inputShape, 'float32');
  const dx = heap.typedArrayFromHeap(output).fill(0);
  const gradient = heap.typedArrayFromHeap(dy);
  const wide = columns.length * channels;
  const rowsDone = new Float32Array(height * wide);
  for (let n = 0; n < batch; n += 1) {
    rowsDone.fill(0);
    rows.forEach((taps, row) => {
      for (const [from, weight] of taps) {
        if (weight !== 0) add(gradient, (n * rows.length + row) * wide, rowsDone, from * wide, wide, weight);
      }
    });
    for (let row = 0; row < height; row += 1) {
      const into = (n * height + row) * width * channels;
      columns.forEach((taps, column) => {
        const at = row * wide + column * channels;
        for (const [from, weight] of taps) {
          if (weight !== 0) add(rowsDone, at, dx, into + from * channels, channels, weight);
        }
      });
    }
  }
  return output;
}

export const resizeKernels: Readonly<Record<string, Kernel>> = { [RESIZE_GRADIENT]: resizeGradient };
