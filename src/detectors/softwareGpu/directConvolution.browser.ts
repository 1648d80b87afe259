/** The direct program for software adapters gives what plain JavaScript gives. */
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { selectBackend } from '../backend.ts';

interface Case {
  readonly x: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly stride: number;
  readonly dilation?: number;
  readonly pad?: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
  readonly activation?: 'linear' | 'relu' | 'relu6' | 'leakyrelu' | 'sigmoid' | 'elu';
}

const CASES: readonly Case[] = [
  { x: [1, 13, 21, 8], filter: [3, 3, 8, 16], stride: 1, activation: 'relu' },
  { x: [1, 13, 21, 3], filter: [3, 3, 3, 16], stride: 2, activation: 'relu6' },
  { x: [2, 9, 9, 4], filter: [5, 5, 4, 6], stride: 1, activation: 'sigmoid' },
  { x: [1, 10, 17, 5], filter: [1, 1, 5, 7], stride: 1, activation: 'leakyrelu' },
  { x: [1, 11, 8, 4], filter: [3, 3, 4, 12], stride: 1, dilation: 2 },
  {
    x: [1, 11, 8, 4],
    filter: [3, 3, 4, 4],
    stride: 2,
    pad: [
      [0, 0],
      [2, 0],
      [0, 1],
      [0, 0],
    ],
  },
  { x: [1, 8, 8, 4], filter: [2, 2, 4, 80], stride: 2, pad: 'valid' },
  { x: [1, 8, 8, 4], filter: [3, 3, 4, 4], stride: 1, activation: 'elu' },
];

async function convolve(test: Case, withBias: boolean): Promise<Float32Array> {
  const waves = (shape: number[], speed: number): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * speed)),
      shape,
    );
  const y = tf.tidy(() =>
    tf.fused.conv2d({
      x: waves(test.x, 1.3) as tf.Tensor4D,
      filter: waves(test.filter, 0.7) as tf.Tensor4D,
      ...(withBias ? { bias: waves([test.filter[3]], 2) } : {}),
      strides: test.stride,
      dilations: test.dilation ?? 1,
      pad: test.pad ?? 'same',
      activation: test.activation ?? 'linear',
      leakyreluAlpha: 0.1,
    }),
  );
  const values = await y.data<'float32'>();
  y.dispose();
  return values;
}

it.each(CASES)('$x with $filter, stride $stride, $activation', async (test) => {
  for (const withBias of [true, false]) {
    await selectBackend('cpu');
    const expected = await convolve(test, withBias);
    await selectBackend('webgpu');
    const found = await convolve(test, withBias);
    expect(found.length).toBe(expected.length);
    const error = found.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? NaN))), 0);
    expect(error).toBeLessThan(1e-4);
  }
});
