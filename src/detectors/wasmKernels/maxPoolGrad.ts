/**
 * MaxPoolGrad: each output's gradient goes to the first maximum of its window.
 *
 * Why: tfjs-wasm's looks for the maximum from the smallest *positive* float upwards, so wherever a whole window is
 * negative (common behind leaky activations) the gradient goes to a wrong element; and it is slow.
 */
import * as tf from '@tensorflow/tfjs';
import { heapOf, type Kernel, type KernelCall, type Values } from './heap.ts';

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function maxPoolGrad(call: KernelCall): tf.TensorInfo | undefined {
  const { dy, input } = call.inputs;
  if (!dy || !input) return undefined;
  const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as PoolAttributes;
  const shape = input.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const heap = heapOf(call);
  const dx = heap.makeOutput(shape, 'float32');
  const gradient = heap.typedArrayFromHeap(dx);
  gradient.fill(0);
  scatter(info, heap.typedArrayFromHeap(input), heap.typedArrayFromHeap(dy), gradient);
  return dx;
}

function scatter(info: tf.backend_util.Conv2DInfo, x: Values, dy: Values, dx: Values): void {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  for (let out = 0, i = 0; i < batchSize * outHeight; i += 1) {
    const picture = Math.floor(i / outHeight) * inHeight;
    const top = (i % outHeight) * strideHeight - padInfo.top;
    const lastRow = Math.min(inHeight, top + filterHeight);
    for (let column = 0; column < outWidth; column += 1) {
      const left = column * strideWidth - padInfo.left;
      const firstColumn = Math.max(0, left);
      const lastColumn = Math.min(inWidth, left + filterWidth);
      for (let channel = 0; channel < channels; channel += 1, out += 1) {
        let most = -Infinity;
        let place = -1;
        for (let row = Math.max(0, top); row < lastRow; row += 1) {
          let at = ((picture + row) * inWidth + firstColumn) * channels + channel;
          for (let c = firstColumn; c < lastColumn; c += 1, at += channels) {
            const value = x[at] ?? 0;
            if (value > most) {
              most = value;
              place = at;
            }
          }
        }
        if (place >= 0) dx[place] = (dx[place] ?? 0) + (dy[out] ?? 0);
      }
    }
  }
}

export const maxPoolKernels: Readonly<Record<string, Kernel>> = { MaxPoolGrad: maxPoolGrad };
