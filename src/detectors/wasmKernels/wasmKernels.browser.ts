/** Our kernels on wasm give what plain JavaScript gives, to the order in which sums are taken. */
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../backend.ts';

const waves = (shape: number[], speed = 1.3): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * speed)),
    shape,
  );

const strided = (shape: number[], begin: number[], end: number[], strides: number[]): tf.Tensor =>
  tf.stridedSlice(waves(shape), begin, end, strides);

const joined = (shapes: number[][], axis: number): tf.Tensor =>
  tf.concat(
    shapes.map((shape, i) => waves(shape, i + 1)),
    axis,
  );

/** tfjs's cpu kernel takes no dy, so the gradient is asked for by the operator. */
const maxPoolGradient = (
  shape: number[],
  window: number,
  stride: number,
  pad: 'same' | 'valid',
): tf.Tensor => {
  const pooled = (x: tf.Tensor): tf.Tensor => {
    const y = tf.maxPool(x as tf.Tensor4D, window, stride, pad);
    return y.mul(waves(y.shape, 0.7));
  };
  return tf.grad(pooled)(waves(shape).sub(2));
};

const CASES: Readonly<Record<string, () => tf.Tensor | tf.Tensor[]>> = {
  'Slice of a vector': () => tf.slice(waves([17]), 3, 9),
  'Slice of rows': () => tf.slice(waves([5, 7]), [1, 0], [3, 7]),
  'Slice of columns': () => tf.slice(waves([5, 7]), [1, 2], [3, 4]),
  'Slice of channels': () => tf.slice(waves([1, 6, 5, 8]), [0, 0, 0, 3], [1, 6, 5, 4]),
  'Slice of wide channels': () => tf.slice(waves([1, 6, 5, 160]), [0, 0, 0, 60], [1, 6, 5, 100]),
  'Slice along every axis': () => tf.slice(waves([2, 6, 5, 8]), [1, 2, 1, 3], [1, 3, 4, 2]),
  'Slice of five axes': () => tf.slice(waves([2, 3, 4, 3, 4]), [0, 1, 1, 0, 1], [2, 2, 2, 3, 2]),
  'Slice of nothing': () => tf.slice(waves([4, 3]), [1, 1], [0, 2]),
  'Slice of integers': () => tf.slice(tf.range(0, 30, 1, 'int32').reshape([5, 6]), [1, 1], [3, 4]),
  'Split of channels': () => tf.split(waves([1, 6, 5, 8]), [1, 3, 4], 3),
  'Split of rows': () => tf.split(waves([6, 5, 8]), 3, 0),
  'Split of the middle axis': () => tf.split(waves([3, 6, 5]), 2, 1),
  'StridedSlice by single steps': () => strided([1, 8, 10], [0, 2, 3], [1, 7, 9], [1, 1, 1]),
  'StridedSlice by larger steps': () => strided([1, 8, 10], [0, 1, 0], [1, 8, 10], [1, 2, 3]),
  'StridedSlice backwards': () => strided([8, 10], [7, 9], [1, 2], [-1, -2]),
  'StridedSlice that drops an axis': () =>
    tf.stridedSlice(waves([3, 8, 10]), [1, 2, 3], [2, 7, 9], [1, 1, 1], 0, 0, 0, 0, 1),
  'Concat of channels': () =>
    joined(
      [
        [1, 4, 5, 3],
        [1, 4, 5, 8],
        [1, 4, 5, 70],
      ],
      3,
    ),
  'Concat of rows': () =>
    joined(
      [
        [2, 5],
        [1, 5],
      ],
      0,
    ),
  'Concat of one': () => joined([[2, 5]], 1),
  'Concat with nothing': () =>
    joined(
      [
        [2, 0],
        [2, 3],
      ],
      1,
    ),
  'Cast to the same type': () => tf.cast(waves([4, 5]), 'float32'),
  'Cast to integers': () => tf.cast(waves([4, 5]).mul(9), 'int32'),
  'MaxPoolGrad of negative windows': () => maxPoolGradient([1, 9, 11, 3], 3, 2, 'same'),
  'MaxPoolGrad without padding': () => maxPoolGradient([2, 8, 8, 2], 2, 2, 'valid'),
  'MaxPoolGrad of overlapping windows': () => maxPoolGradient([1, 7, 6, 4], 5, 1, 'same'),
};

async function computed(make: () => tf.Tensor | tf.Tensor[]): Promise<[number[], number[]][]> {
  const made = tf.tidy(make);
  const tensors = Array.isArray(made) ? made : [made];
  const results = await Promise.all(
    tensors.map(async (t): Promise<[number[], number[]]> => [t.shape, [...(await t.data())]]),
  );
  tf.dispose(tensors);
  return results;
}

const expected = new Map<string, [number[], number[]][]>();

beforeAll(async () => {
  await selectBackend('cpu');
  for (const [name, make] of Object.entries(CASES)) expected.set(name, await computed(make));
  expect((await selectBackend('wasm')).fallback).toBeNull();
});

it.each(Object.entries(CASES))('%s', async (name, make) => {
  const before = tf.memory();
  const found = await computed(make);
  const wanted = expected.get(name) ?? [];
  expect(found.map(([shape]) => shape)).toEqual(wanted.map(([shape]) => shape));
  const values = found.flatMap(([, list]) => list);
  const error = wanted.flatMap(([, list]) => list).map((value, i) => Math.abs(value - (values[i] ?? NaN)));
  expect(Math.max(0, ...error)).toBeLessThan(1e-6);
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
});

it('keeps shared data until its last name is gone', async () => {
  const x = waves([3, 4]);
  const copies = [x.clone(), x.cast('float32'), tf.concat([x], 0)];
  const values = [...(await x.data())];
  x.dispose();
  for (const copy of copies) {
    expect([...(await copy.data())]).toEqual(values);
    copy.dispose();
  }
});

afterAll(() => tf.setBackend('cpu'));
