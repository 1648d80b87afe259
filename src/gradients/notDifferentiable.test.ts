/** A graph on whose way from picture to scores lies an operation without a gradient. */
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { loadDetector } from '../detectors/loadDetector.ts';
import { graphFiles, pointwise } from '../detectors/testGraphs.ts';
import { createDnnGrad } from './dnnGrad.ts';

it('names the operation that is missing, and leaves nothing behind', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const lines = [
    ['c', 'Conv2D', 'x', 'filter'],
    ['d', 'DepthToSpace', 'c'],
    ['y', 'Reshape', 'd', 'shape'],
  ] as const;
  const shape = { values: [1, 1024, 5], dtype: 'int32' } as const;
  const made = graphFiles(lines, { filter: pointwise(3, 20), shape }, 16);
  const card = {
    ...{ name: 'brought', label: 'Brought', description: '', licence: '', labels: ['car'], threshold: 0.5 },
    input: { width: 16, height: 16, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
    head: {
      ...{
        kind: 'boxes',
        scores: ['y'],
        boxes: ['y'],
        layout: 'cellsFirst',
        firstClass: 4,
        objectness: null,
      },
      ...{ logits: true, firstBox: 0, coding: 'cxcywh', unit: 'pixel' },
    },
  };
  const files = [...made.files, new File([JSON.stringify(card)], 'card.json')];
  const quiet = (): void => undefined;
  const detector = await loadDetector({ model: 'model.json' }, files, quiet, 'https://lab.example/');
  const loaded = tf.memory().numTensors;
  const gradients = createDnnGrad(detector);
  const candidates = { indices: Int32Array.of(3), scores: Float32Array.of(0.5) };
  const pixels = new Uint8ClampedArray(16 * 16 * 4).fill(90);
  await expect(gradients.utilityGradient(pixels, candidates, 8)).rejects.toThrow(
    'The detector Brought cannot be differentiated on cpu: Cannot compute gradient: gradient function not found for ' +
      'DepthToSpace. Choose another detector.',
  );
  expect(tf.memory().numTensors).toBe(loaded);
  gradients.dispose();
  detector.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
