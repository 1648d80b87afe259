/** Every gradient that the lab mends, against central differences, on every backend it may run on. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../detectors/backend.ts';
import { fusedConvolution, type FusedConvolution } from '../../detectors/fusedConvolution.ts';
import { silu } from '../../detectors/silu.ts';
import { directionalError, randomTensor } from './directional.ts';
import { registerGradients } from './index.ts';

type Shape4D = [number, number, number, number];

registerGradients();

/** Makes a scalar of y that weighs every element differently. */
const weighed = (y: tf.Tensor): tf.Tensor => y.mul(randomTensor(y.shape, 7)).sum();

async function check(f: (x: tf.Tensor) => tf.Tensor, shape: number[], epsilon = 0.05): Promise<void> {
  const x = randomTensor(shape as Shape4D, 1);
  const before = tf.memory().numTensors;
  const error = await directionalError((t) => weighed(f(t)), x, { epsilon });
  expect(error).toBeLessThan(5e-3);
  expect(tf.memory().numTensors).toBe(before);
  x.dispose();
}

const PADS: readonly FusedConvolution['pad'][] = [
  'same',
  'valid',
  [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ],
];

describe.each(['cpu', 'wasm', 'webgpu'] as const)('gradients on %s', (backend) => {
  beforeAll(async () => {
    const selected = await selectBackend(backend);
    expect(selected.fallback).toBeNull();
  });

  it.each([
    [1, 1, 8, 9],
    [3, 1, 8, 9],
    [3, 2, 8, 10],
    [3, 2, 9, 11],
    [1, 2, 9, 8],
    [5, 2, 12, 11],
    [2, 2, 8, 9],
    [5, 3, 13, 12],
  ])('Conv2D filter %i, stride %i, on %i×%i', async (size, stride, height, width) => {
    const filter = randomTensor<tf.Rank.R4>([size, size, 3, 5], 2);
    for (const pad of PADS) {
      await check((x) => tf.conv2d(x as tf.Tensor4D, filter, stride, pad), [1, height, width, 3]);
    }
    filter.dispose();
  });

  it.each([
    [3, 1, 1, 8, 9],
    [3, 2, 1, 8, 10],
    [3, 2, 1, 9, 11],
    [5, 2, 1, 12, 11],
    [5, 1, 2, 8, 8],
    [3, 2, 2, 9, 8],
  ])(
    'DepthwiseConv2dNative filter %i, stride %i, multiplier %i, on %i×%i',
    async (size, stride, multiplier, h, w) => {
      const filter = randomTensor<tf.Rank.R4>([size, size, 4, multiplier], 2);
      for (const pad of PADS) {
        await check((x) => tf.depthwiseConv2d(x as tf.Tensor4D, filter, stride, pad), [1, h, w, 4]);
      }
      filter.dispose();
    },
  );

  it('dilated Conv2D, for which tfjs throws', async () => {
    const filter = randomTensor<tf.Rank.R4>([3, 3, 3, 5], 2);
    await check((x) => tf.conv2d(x as tf.Tensor4D, filter, 1, 'same', 'NHWC', 2), [1, 9, 8, 3]);
    filter.dispose();
  });

  it.each(['linear', 'relu', 'relu6', 'leakyrelu', 'sigmoid'] as const)(
    'fused with %s',
    async (activation) => {
      const filter = randomTensor<tf.Rank.R4>([3, 3, 4, 4], 2);
      const depthwise = randomTensor<tf.Rank.R4>([3, 3, 4, 1], 2);
      const bias = tf.tensor1d([3, -2, 5.5, 0.1]);
      const spec = {
        strides: [2, 2],
        dilations: [1, 1],
        pad: 'same',
        activation,
        leakyreluAlpha: 0.1,
      } as const;
      // Small steps: few elements cross a kink of the activation.
      const epsilon = activation === 'linear' || activation === 'sigmoid' ? 0.01 : 0.001;
      await check(
        (x) => fusedConvolution(x, filter, bias, { kernel: 'FusedConv2D', ...spec }),
        [1, 8, 10, 4],
        epsilon,
      );
      await check(
        (x) => fusedConvolution(x, depthwise, bias, { kernel: 'FusedDepthwiseConv2D', ...spec }),
        [1, 8, 10, 4],
        epsilon,
      );
      tf.dispose([filter, depthwise, bias]);
    },
  );

  it('LeakyRelu and Relu6', async () => {
    await check((x) => tf.leakyRelu(x, 0.1), [4, 30], 1e-3);
    await check((x) => tf.relu6(x.mul(8)), [4, 30], 1e-4);
  });

  it('SiLU', async () => {
    await check((x) => silu(x.mul(4)), [4, 30], 1e-3);
  });

  it.each(['same', 'valid'] as const)('MaxPool and AvgPool, padding %s', async (pad) => {
    for (const [window, stride] of [
      [2, 2],
      [3, 2],
      [3, 1],
    ] as const) {
      // Mostly negative, with the padding that a converter writes for it.
      const low = (x: tf.Tensor): tf.Tensor4D =>
        x.sub<tf.Tensor4D>(0.9).pad(
          [
            [0, 0],
            [1, 0],
            [1, 0],
            [0, 0],
          ],
          -3e38,
        );
      await check((x) => tf.maxPool(low(x), window, stride, pad), [1, 9, 11, 4], 1e-3);
      await check((x) => tf.avgPool(x as tf.Tensor4D, window, stride, pad), [1, 9, 11, 4]);
    }
  });

  it('StridedSlice, with strides, masks and a negative step', async () => {
    await check((x) => tf.stridedSlice(x, [0, 1, 0, 0], [1, 6, 7, 2], [1, 1, 1, 1]), [1, 6, 7, 3]);
    await check((x) => tf.stridedSlice(x, [0, 1, 2, 0], [1, 6, 7, 3], [1, 2, 2, 1]), [1, 6, 7, 3]);
    await check(
      (x) => tf.stridedSlice(x, [0, 0, 0, 1], [0, 0, 0, 2], [1, 1, 1, 1], 7, 7, 0, 0, 8),
      [1, 6, 7, 3],
    );
    await check((x) => tf.stridedSlice(x, [0, 5, 0, 0], [1, 0, 7, 3], [1, -2, 1, 1]), [1, 6, 7, 3]);
  });

  it.each([
    [false, false],
    [false, true],
    [true, false],
  ])('resize, alignCorners %s, halfPixelCenters %s', async (align, half) => {
    for (const size of [
      [12, 10],
      [9, 7],
      [3, 4],
    ] as [number, number][]) {
      await check((x) => tf.image.resizeBilinear(x as tf.Tensor4D, size, align, half), [1, 6, 5, 3]);
      await check((x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size, align, half), [1, 6, 5, 3]);
    }
  });
});
