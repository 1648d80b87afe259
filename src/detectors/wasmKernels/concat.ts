/** Concat with rows copied in place; tfjs-wasm makes two objects for every row. */
import * as tf from '@tensorflow/tfjs';
import { copyRows, heapOf, type Kernel, type KernelCall } from './heap.ts';

function concat(call: KernelCall): tf.TensorInfo | undefined {
  // tfjs hands the list over as an array, which the type of a kernel's inputs does not say.
  const inputs = Object.values(call.inputs).flatMap((input) => input ?? []);
  const [first] = inputs;
  if (!first || first.dtype === 'string') return undefined;
  const [axis = 0] = tf.util.parseAxisParam((call.attrs as unknown as { axis: number }).axis, first.shape);
  const shapes = inputs.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const heap = heapOf(call);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  const output = heap.makeOutput(shape, first.dtype);
  const values = heap.typedArrayFromHeap(output);
  const rows = tf.util.sizeFromShape(shape.slice(0, axis));
  const stride = tf.util.sizeFromShape(shape.slice(axis));
  let offset = 0;
  for (const input of inputs) {
    const length = tf.util.sizeFromShape(input.shape.slice(axis));
    const from = { values: heap.typedArrayFromHeap(input), offset: 0, stride: length };
    copyRows(from, { values, offset, stride }, rows, length);
    offset += length;
  }
  return output;
}

export const concatKernels: Readonly<Record<string, Kernel>> = { Concat: concat };
