/** Hand-made tensors through the heads of exported detectors: scores by tfjs's operators, boxes by the decoding. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BoxesHeadSpec, DetectorCard } from '../../domain/card.ts';
import type { ModelForm, TensorForm } from '../modelForm.ts';
import type { RawBox } from '../nms.ts';
import { headOf } from './index.ts';

beforeAll(() => tf.setBackend('cpu'));

const BOXES: BoxesHeadSpec = {
  kind: 'boxes',
  scores: ['out'],
  boxes: ['out'],
  layout: 'cellsFirst',
  firstClass: 4,
  objectness: null,
  logits: false,
  firstBox: 0,
  coding: 'cxcywh',
  unit: 'pixel',
};

const cardWith = (head: DetectorCard['head'], labels = ['car', 'person']): DetectorCard => ({
  ...{ name: 'brought', label: 'Brought', description: '', licence: '' },
  input: { width: 64, height: 32, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [1, 1, 1] },
  head,
  labels,
  threshold: 0.5,
});

const formOf = (outputs: TensorForm[]): ModelForm => ({
  ...{ format: 'graph-model', nodes: new Set(), inputs: [], outputs },
});

/** Decodes what a model with these outputs gives, and checks that its scores are the decoded boxes' scores. */
function decode(card: DetectorCard, outputs: Readonly<Record<string, tf.Tensor>>, minimum = 0.05): RawBox[] {
  const form = formOf(Object.entries(outputs).map(([name, { shape }]) => ({ name, shape })));
  const head = headOf(card, form);
  const pick = (names: readonly string[] | undefined): tf.Tensor[] =>
    (names ?? []).flatMap((name) => outputs[name] ?? []);
  const packed = head.pack(pick(head.detectNodes));
  const boxes = head.decode(packed.dataSync<'float32'>(), minimum);
  const scores = head.scores(pick(head.scoreNodes));
  expect(scores.size).toBe(head.scoreCount);
  const values = scores.dataSync();
  for (const { index, score } of boxes) expect(values[index]).toBeCloseTo(score, 6);
  tf.dispose([packed, scores, ...Object.values(outputs)]);
  return boxes;
}

/** A box at (16, 8) of 8×4 pixels in a picture of 64×32. */
const expectTheBox = (box: RawBox | undefined): void => {
  expect(box?.x).toBeCloseTo(12 / 64, 5);
  expect(box?.y).toBeCloseTo(6 / 32, 5);
  expect(box?.width).toBeCloseTo(8 / 64, 5);
  expect(box?.height).toBeCloseTo(4 / 32, 5);
};
const NOTHING = [9, 9, 2, 2];

describe('boxes', () => {
  it('reads YOLOv8: [1, 4 + C, N], centre and size in pixels', () => {
    const rows = [
      [...NOTHING, 0.01, 0],
      [16, 8, 8, 4, 0.2, 0.9],
      [...NOTHING, 0.04, 0],
    ];
    const out = tf.tidy(() => tf.tensor2d(rows).transpose().expandDims(0));
    const boxes = decode(cardWith({ ...BOXES, layout: 'cellsLast' }), { out });
    expect(boxes.map(({ index, classIndex }) => [index, classIndex])).toEqual([
      [2, 0],
      [3, 1],
    ]);
    expectTheBox(boxes[0]);
    expectTheBox(boxes[1]);
    expect(boxes[1]?.score).toBeCloseTo(0.9, 6);
  });

  it('reads YOLOv5: [1, N, 5 + C] in fractions, scores times objectness', () => {
    const out = tf.tensor3d([
      [
        [...NOTHING, 0.1, 0.3, 0],
        [0.25, 0.25, 0.125, 0.125, 0.5, 0.08, 0.8],
      ],
    ]);
    const head: BoxesHeadSpec = { ...BOXES, firstClass: 5, objectness: 4, unit: 'fraction' };
    const boxes = decode(cardWith(head), { out });
    expect(boxes).toHaveLength(1);
    expectTheBox(boxes[0]);
    expect(boxes[0]).toMatchObject({ classIndex: 1, index: 3 });
    expect(boxes[0]?.score).toBeCloseTo(0.4, 6);
  });

  it('reads SSD: [1, N, C] logits with the background first, [1, N, 1, 4] top, left, bottom, right', () => {
    const scores = tf.tensor3d([
      [
        [9, -9, -9],
        [9, Math.log(3), -9],
      ],
    ]);
    const boxes = tf.tensor4d([[[[0, 0, 0, 0]], [[6 / 32, 12 / 64, 10 / 32, 20 / 64]]]]);
    const head: BoxesHeadSpec = {
      ...BOXES,
      ...{ scores: ['scores'], boxes: ['boxes'], firstClass: 1, logits: true },
      ...{ coding: 'yxyx', unit: 'fraction' },
    };
    const found = decode(cardWith(head), { scores, boxes });
    expect(found).toHaveLength(1);
    expectTheBox(found[0]);
    expect(found[0]?.score).toBeCloseTo(0.75, 6);
    expect(found[0]).toMatchObject({ classIndex: 0, index: 2 });
  });

  it('reads left, top, right, bottom without a batch axis, clipped to the frame', () => {
    const scores = tf.tensor2d([
      [0.6, 0],
      [0, 0.7],
    ]);
    const boxes = tf.tensor2d([
      [12, 6, 20, 10],
      [-5, -5, 99, 99],
    ]);
    const head: BoxesHeadSpec = { ...BOXES, scores: ['s'], boxes: ['b'], firstClass: 0, coding: 'xyxy' };
    const found = decode(cardWith(head), { s: scores, b: boxes });
    expectTheBox(found[0]);
    expect(found[1]).toMatchObject({ x: 0, y: 0, width: 1, height: 1 });
  });

  it('reads BlazeFace: distances from anchors in two levels', () => {
    // 4·2·2 cells at stride 16, then 2·1·1 at stride 32.
    const s1 = tf.fill([1, 16, 1], -9);
    const s2 = tf.tensor3d([[[-9], [2]]]);
    const b1 = tf.zeros([1, 16, 16]);
    // The second cell's centre is (48, 16).
    const b2 = tf.tensor3d([[Array<number>(16).fill(0), [-32, -8, 8, 4, ...Array<number>(12).fill(5)]]]);
    const head: BoxesHeadSpec = {
      ...BOXES,
      ...{ scores: ['s1', 's2'], boxes: ['b1', 'b2'], firstClass: 0, logits: true },
      anchors: [
        { stride: 16, perCell: 2 },
        { stride: 32, perCell: 1 },
      ],
    };
    const found = decode(cardWith(head, ['face']), { s1, s2, b1, b2 });
    expect(found).toHaveLength(1);
    expectTheBox(found[0]);
    expect(found[0]?.index).toBe(17);
  });

  it('says what does not fit', () => {
    const form = (shape: number[]): ModelForm => formOf([{ name: 'out', shape }]);
    expect(() => headOf(cardWith(BOXES), form([1, 10, 5]))).toThrow('it has 10 cells with 5 columns in out');
    expect(() => headOf(cardWith(BOXES), form([1, 2, 5, 6]))).toThrow('does not hold a row of numbers');
    const anchors = [{ stride: 16, perCell: 1 }];
    expect(() => headOf(cardWith({ ...BOXES, anchors }), form([1, 10, 6]))).toThrow(
      "its anchors are 8, the model's cells 10",
    );
  });
});

describe('dfl', () => {
  const head = { kind: 'dfl' as const, nodes: ['p8', 'p16'], strides: [8, 16], bins: 4 };

  it('reads bins and class logits of each stride', () => {
    const sure = (bin: number): number[] => [0, 1, 2, 3].map((i) => (i === bin ? 40 : 0));
    const p8 = tf.fill([1, 4, 8, 18], -9);
    const rows = Array.from({ length: 8 }, () => Array<number>(18).fill(-9));
    // Second row, first column at stride 16: centre (8, 24).
    rows[4] = [...sure(0), ...sure(1), 40, 40, 0, 0, ...sure(0), -9, Math.log(4)];
    const p16 = tf.tensor4d(rows.flat(), [1, 2, 4, 18]);
    const found = decode(cardWith(head), { p8, p16 });
    expect(found).toHaveLength(1);
    const [box] = found;
    expect(box).toMatchObject({ classIndex: 1, index: (32 + 4) * 2 + 1 });
    expect(box?.score).toBeCloseTo(0.8, 6);
    expect(box?.x).toBeCloseTo(8 / 64, 5);
    expect(box?.y).toBeCloseTo(8 / 32, 5);
    expect(box?.width).toBeCloseTo(8 / 64, 5);
    expect(box?.height).toBeCloseTo(16 / 32, 5);
  });

  it('says which sizes and channels it needs', () => {
    const form = formOf([
      { name: 'p8', shape: [1, 4, 8, 18] },
      { name: 'p16', shape: [1, 2, 4, 17] },
    ]);
    expect(() => headOf(cardWith(head), form)).toThrow(
      'its node p16 has 18 channels, but it is [1, 2, 4, 17]',
    );
    const card = cardWith(head);
    const odd = { ...card, input: { ...card.input, width: 72 } };
    expect(() => headOf(odd, form)).toThrow('cannot take 72x32 pixels. Use sides that are multiples of 16.');
  });
});
