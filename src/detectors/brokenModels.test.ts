/** Graph models that are no detectors, or cannot be run: one sentence each, and nothing stays allocated. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { loadDetector } from './loadDetector.ts';
import { graphFiles, pointwise, type GraphFiles } from './testGraphs.ts';

const quiet = (): void => undefined;
let tensors = 0;

beforeAll(() => tf.setBackend('cpu'));
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  vi.unstubAllGlobals();
  expect(tf.memory().numTensors).toBe(tensors);
});

const load = (files: readonly File[]): Promise<unknown> =>
  loadDetector({ model: 'model.json' }, files, quiet, 'https://lab.example/');
const loadGraph = (...made: Parameters<typeof graphFiles>): Promise<unknown> =>
  load(graphFiles(...made).files);

it('a graph whose outputs are no detector’s', async () => {
  await expect(
    loadGraph(
      [
        ['c', 'Conv2D', 'x', 'w'],
        ['y', 'Sigmoid', 'c'],
      ],
      {},
      32,
    ),
  ).rejects.toThrow('This model is not a detector that the lab knows.');
});

it('a graph that takes no picture', async () => {
  await expect(loadGraph([['y', 'MatMul', 'x', 'w']])).rejects.toThrow(
    'in a graph with one picture as input',
  );
});

it('JSON whose topology is no graph', async () => {
  const { json, weights } = graphFiles([]);
  const broken = { ...(JSON.parse(json) as object), modelTopology: { node: [{ name: 'x' }, 3] } };
  const files = [new File([JSON.stringify(broken)], 'model.json'), new File([weights], 'w.bin')];
  await expect(load(files)).rejects.toThrow('TensorFlow.js cannot build the model model.json');
});

it('a picture larger than any browser holds', async () => {
  await expect(loadGraph([['c', 'Conv2D', 'x', 'w']], {}, 100_000)).rejects.toThrow(
    'The detector takes 100000x100000 pixels, more than a browser can hold.',
  );
});

it('weights of a huge shape', async () => {
  const huge = { values: [1], dtype: 'float32', shape: [100_000, 100_000] } as const;
  await expect(loadGraph([['c', 'Conv2D', 'x', 'w']], { huge })).rejects.toThrow(
    'should hold 40000000036 bytes, but hold 40',
  );
});

it('a tensor within that is larger than memory', async () => {
  const size = { values: [200_000, 200_000], dtype: 'int32' } as const;
  const lines = [
    ['c', 'Conv2D', 'x', 'w'],
    ['y', 'ResizeNearestNeighbor', 'c', 'size'],
  ] as const;
  await expect(loadGraph(lines, { size }, 32)).rejects.toThrow(
    'it was run on a picture of 32x32 pixels, which failed',
  );
});

it('an operation that tfjs does not have', async () => {
  await expect(
    loadGraph(
      [
        ['c', 'Conv2D', 'x', 'w'],
        ['y', 'Mystery', 'c'],
      ],
      {},
      32,
    ),
  ).rejects.toThrow('Mystery');
});

it('a shard cut off, and one that the server does not have', async () => {
  const { json, files, weights }: GraphFiles = graphFiles(
    [['c', 'Conv2D', 'x', 'w']],
    { b: pointwise(3, 9) },
    32,
  );
  const [model] = files;
  if (!model) throw new Error('The test has no model.');
  await expect(load([model, new File([weights.slice(0, 30)], 'w.bin')])).rejects.toThrow(
    'cut off: w.bin (30 bytes) should hold 144 bytes, but hold 30',
  );
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(url.endsWith('model.json') ? new Response(json) : new Response('', { status: 404 })),
  );
  await expect(
    loadDetector({ model: 'model.json' }, undefined, quiet, 'https://lab.example/'),
  ).rejects.toThrow('https://lab.example/w.bin could not be fetched: the server answered 404.');
});

it('a card that names nodes the model has not, or of other shapes', async () => {
  const made = graphFiles(
    [
      ['c', 'Conv2D', 'x', 'w'],
      ['y', 'Sigmoid', 'c'],
    ],
    {},
    32,
  );
  const head = {
    ...{ kind: 'boxes', layout: 'cellsFirst', firstClass: 4, objectness: null, logits: false, firstBox: 0 },
    ...{ coding: 'xyxy', unit: 'pixel' },
  };
  const card = {
    ...{ name: 'brought', label: 'Brought', description: '', licence: '', labels: ['car'], threshold: 0.5 },
    input: { width: 32, height: 32, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [1, 1, 1] },
  };
  const withHead = (nodes: object, input = {}): Promise<unknown> => {
    const whole = { ...card, input: { ...card.input, ...input }, head: { ...head, ...nodes } };
    return load([...made.files, new File([JSON.stringify(whole)], 'card.json')]);
  };
  await expect(withHead({ scores: ['z'], boxes: ['y'] })).rejects.toThrow('it has no node z.');
  await expect(withHead({ scores: ['y'], boxes: ['y'] })).rejects.toThrow('does not hold a row of numbers');
  await expect(withHead({ scores: ['y'], boxes: ['y'] }, { width: 64 })).rejects.toThrow(
    "by the card its input is [1, 32, 64, 3], but the model's is [1, 32, 32, 3]",
  );
  await expect(withHead({ scores: ['y', 'y'], boxes: ['y'] })).rejects.toThrow(
    'As many nodes of boxes as of scores',
  );
});
