/** Exports that are not at hand, by outputs of the shapes and values that they have. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../../gradients/kernels/directional.ts';
import type { DetectorCard } from '../../domain/card.ts';
import { feedOf } from '../feed.ts';
import { graphOf } from '../graph.ts';
import { formOf, parseModelJson } from '../modelForm.ts';
import { recogniseCard } from '../recognise.ts';
import { graphFiles } from '../testGraphs.ts';

let tensors = 0;
beforeAll(() => tf.setBackend('cpu'));
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

const SIDE = 160;
const STRIDES = [8, 16, 32];

/**
 * Rows of [x, y, width, height, …], in pixels, for every cell of every stride.
 * @param perCell boxes of a cell
 * @param further columns behind the box
 */
function rowsOf(perCell: number, further: number): number[][] {
  const random = seeded(5);
  return STRIDES.flatMap((stride) => {
    const along = SIDE / stride;
    return Array.from({ length: along ** 2 * perCell }, (_, i) => {
      const cell = Math.floor(i / perCell);
      const [x, y] = [cell % along, Math.floor(cell / along)].map((at) => (at + random()) * stride);
      const size = (): number => stride * (1 + 3 * random());
      return [x ?? 0, y ?? 0, size(), size(), ...Array.from({ length: further }, () => random() / 9)];
    });
  });
}

/** Recognises a graph whose output "y" is this. */
async function recognised(
  output: readonly (readonly number[])[],
  { transposed = false, names = null as readonly string[] | null } = {},
): Promise<DetectorCard> {
  const { json, weights } = graphFiles(
    [
      ['c', 'Conv2D', 'x', 'w'],
      ['y', 'Reshape', 'c'],
    ],
    {},
    SIDE,
  );
  const model = parseModelJson(json, 'model.json');
  const graph = graphOf(model, weights);
  const feed = graph && feedOf(graph);
  if (!graph || !feed) throw new Error('The test made no graph.');
  const run = (input: tf.Tensor4D, nodes: readonly string[] | undefined): tf.Tensor[] =>
    (nodes ?? []).map((node) => {
      if (node !== 'y') return input;
      const rows = tf.tensor2d(output.map((row) => [...row]));
      return (transposed ? rows.transpose() : rows).expandDims(0);
    });
  const network = { run, weights: [], dispose: () => undefined };
  return (await recogniseCard({ form: formOf(model), names, runnable: { graph, feed, network } })).card;
}

const scaled = (rows: number[][]): number[][] => rows.map((row) => row.map((v, i) => (i < 4 ? v / SIDE : v)));

describe('recogniseBoxes', () => {
  it('knows YOLOv8 and YOLO11: [1, 4 + C, N]', async () => {
    const card = await recognised(rowsOf(1, 80), { transposed: true });
    expect(card.head).toMatchObject({
      ...{ kind: 'boxes', scores: ['y'], boxes: ['y'], layout: 'cellsLast', firstClass: 4, objectness: null },
      ...{ logits: false, coding: 'cxcywh', unit: 'pixel' },
    });
    expect(card.labels[2]).toBe('car');
    expect(card.input).toMatchObject({ width: SIDE, height: SIDE, channels: 'RGB', std: [255, 255, 255] });
    expect(card.description).toContain('80 classes, so those of COCO');
  });

  it('knows YOLOv5: [1, N, 5 + C] in fractions or pixels, with objectness', async () => {
    for (const rows of [rowsOf(3, 4), scaled(rowsOf(3, 4))]) {
      const card = await recognised(rows, { names: ['cat', 'dog', 'cow'] });
      const unit = rows[0]?.[2] === rowsOf(3, 4)[0]?.[2] ? 'pixel' : 'fraction';
      expect(card.head).toMatchObject({ layout: 'cellsFirst', firstClass: 5, objectness: 4, unit });
      expect(card.labels).toEqual(['cat', 'dog', 'cow']);
    }
  });

  it('sees logits', async () => {
    const rows = rowsOf(1, 3).map((row) => row.map((v, i) => (i < 4 ? v : 90 * v - 8)));
    expect((await recognised(rows)).head).toMatchObject({ firstClass: 4, objectness: null, logits: true });
  });

  it('does not take anything else for a detector', async () => {
    const random = seeded(3);
    const noise = Array.from({ length: 525 }, () => Array.from({ length: 12 }, () => random()));
    await expect(recognised(noise)).rejects.toThrow('not a detector that the lab knows');
  });
});
