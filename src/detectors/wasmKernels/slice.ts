/**
 * Slice, SplitV and the usual StridedSlice.
 *
 * Why: tfjs-wasm first copies the whole input out of the heap for every piece that is cut from it, and then makes two
 * objects for every row.
 */
import * as tf from '@tensorflow/tfjs';
import { sliceInfoOf, type StridedSliceAttributes } from '../sliceInfo.ts';
import { copyRows, heapOf, type Heap, type Kernel, type KernelCall, type Values } from './heap.ts';

interface Cut {
  readonly length: number;
  readonly begin: number;
  readonly size: number;
}

/** Neighbouring axes become one where the inner one is taken whole, so that few and long rows are left. */
function joined(shape: readonly number[], begin: readonly number[], size: readonly number[]): Cut[] {
  const axes: Cut[] = [];
  shape.forEach((length, i) => {
    const cut = { length, begin: begin[i] ?? 0, size: size[i] ?? 0 };
    const outer = axes.at(-1);
    if (outer && cut.size === length) {
      axes[axes.length - 1] = {
        length: outer.length * length,
        begin: outer.begin * length,
        size: outer.size * length,
      };
    } else axes.push(cut);
  });
  return axes;
}

function copyAxes(axes: readonly Cut[], source: Values, target: Values): void {
  const strides = axes.map((_, i) => axes.slice(i + 1).reduce((product, { length }) => product * length, 1));
  const walk = (axis: number, offset: number, into: number): number => {
    const { begin, size } = axes[axis] ?? { begin: 0, size: 1 };
    const stride = strides[axis] ?? 1;
    const inner = axes[axis + 1];
    const start = offset + begin * stride;
    if (axis + 2 < axes.length) {
      let at = into;
      for (let i = 0; i < size; i += 1) at = walk(axis + 1, start + i * stride, at);
      return at;
    }
    const length = inner?.size ?? size;
    const count = inner ? size : 1;
    copyRows(
      { values: source, offset: start + (inner?.begin ?? 0), stride },
      { values: target, offset: into, stride: length },
      count,
      length,
    );
    return into + count * length;
  };
  walk(0, 0, 0);
}

function cutOut(heap: Heap, x: tf.TensorInfo, begin: readonly number[], size: number[]): tf.TensorInfo {
  const output = heap.makeOutput(size, x.dtype);
  if (tf.util.sizeFromShape(size) === 0) return output;
  // Views are taken after the output is made: the heap may have moved.
  copyAxes(joined(x.shape, begin, size), heap.typedArrayFromHeap(x), heap.typedArrayFromHeap(output));
  return output;
}

function slice(call: KernelCall): tf.TensorInfo | undefined {
  const { x } = call.inputs;
  if (!x || x.dtype === 'string') return undefined;
  const { begin, size } = call.attrs as unknown as { begin: number | number[]; size: number | number[] };
  const [from, lengths] = tf.slice_util.parseSliceParams(x, begin, size);
  return cutOut(heapOf(call), x, from ?? [], lengths ?? []);
}

function split(call: KernelCall): tf.TensorInfo[] | undefined {
  const { x } = call.inputs;
  if (!x || x.dtype === 'string') return undefined;
  const { numOrSizeSplits, axis } = call.attrs as unknown as {
    numOrSizeSplits: number | number[];
    axis: number;
  };
  const [along = 0] = tf.util.parseAxisParam(axis, x.shape);
  let at = 0;
  return tf.backend_util.prepareSplitSize(x, numOrSizeSplits, along).map((length) => {
    const begin = x.shape.map((_, i) => (i === along ? at : 0));
    at += length;
    return cutOut(
      heapOf(call),
      x,
      begin,
      x.shape.map((whole, i) => (i === along ? length : whole)),
    );
  });
}

/** Where all steps are 1; tfjs-wasm has a kernel of its own for the rest. */
function stridedSlice(call: KernelCall): tf.TensorInfo | undefined {
  const { x } = call.inputs;
  if (!x || x.dtype === 'string') return undefined;
  const info = sliceInfoOf(x.shape, call.attrs as unknown as StridedSliceAttributes);
  if (info.strides.some((step) => step !== 1)) return undefined;
  const size = info.begin.map((from, i) => Math.max(0, (info.end[i] ?? 0) - from));
  return { ...cutOut(heapOf(call), x, info.begin, size), shape: info.finalShape };
}

export const sliceKernels: Readonly<Record<string, Kernel>> = {
  Slice: slice,
  SplitV: split,
  StridedSlice: stridedSlice,
};
