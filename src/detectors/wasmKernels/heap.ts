/** What our kernels use of tfjs's wasm backend: its heap, on which tensors are plain typed arrays. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tf from '@tensorflow/tfjs';

export type Heap = Pick<BackendWasm, 'makeOutput' | 'typedArrayFromHeap' | 'incRef'>;
export type Values = ReturnType<BackendWasm['typedArrayFromHeap']>;

/** As tfjs calls a kernel; which inputs are there follows from the kernel. */
export type KernelCall = Parameters<tf.KernelFunc>[0];

/** @returns undefined for what it leaves to tfjs's own kernel */
export type Kernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

export const heapOf = ({ backend }: KernelCall): Heap => backend as Heap;

/** The same data under another name: kernels never write into what they are given. */
export function shared(heap: Heap, { dataId, dtype }: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  heap.incRef(dataId);
  return { dataId, dtype, shape };
}

/** Rows longer than this are copied faster by the engine than element by element. */
const LONG_ROW = 48;

interface Rows {
  readonly values: Values;
  readonly offset: number;
  readonly stride: number;
}

/** Copies `count` rows of `length` elements. */
export function copyRows(from: Rows, to: Rows, count: number, length: number): void {
  const source = from.values;
  const target = to.values;
  for (let row = 0, at = from.offset, into = to.offset; row < count; row += 1) {
    if (length > LONG_ROW) target.set(source.subarray(at, at + length), into);
    else for (let i = 0; i < length; i += 1) target[into + i] = source[at + i] ?? 0;
    at += from.stride;
    into += to.stride;
  }
}
