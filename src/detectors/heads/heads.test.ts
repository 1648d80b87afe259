import { describe, expect, it } from 'vitest';
import type { DetectorCard } from '../../domain/card.ts';
import type { ModelForm } from '../modelForm.ts';
import { CENTERNET_COCO, NANODET_COCO } from '../registry.ts';
import { headOf } from './index.ts';

const GRID: DetectorCard = {
  name: 'grid',
  label: '',
  description: '',
  licence: '',
  input: { width: 32, height: 16, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
  head: { kind: 'grid', stride: 8 },
  labels: ['car', 'person'],
  threshold: 0.5,
};
const NO_FORM: ModelForm = { format: 'layers-model', nodes: new Set(), inputs: [], outputs: [] };

describe('grid', () => {
  const head = headOf(GRID, NO_FORM);

  it('reads class, score and sides from the cell’s centre', () => {
    const packed = new Float32Array(2 * 4 * 6).fill(-9);
    const cell = 6; // Row 1, column 2: centre (20, 12).
    packed.set([-9, Math.log(4), Math.log(0.5), Math.log(0.25), Math.log(1), Math.log(0.5)], cell * 6);
    const boxes = head.decode(packed, 0.05);
    expect(boxes).toHaveLength(1);
    const [box] = boxes;
    expect(box?.classIndex).toBe(1);
    expect(box?.score).toBeCloseTo(0.8, 6);
    expect(box?.index).toBe(cell * 2 + 1);
    expect(box?.x).toBeCloseTo((20 - 4) / 32, 6);
    expect(box?.y).toBeCloseTo((12 - 2) / 16, 6);
    expect(box?.width).toBeCloseTo((4 + 8) / 32, 6);
    expect(box?.height).toBeCloseTo((2 + 4) / 16, 6);
  });

  it('clips boxes to the frame', () => {
    const packed = new Float32Array(2 * 4 * 6).fill(-9);
    packed.set([3, -9, 3, 3, 3, 3], 0);
    expect(head.decode(packed, 0.05)[0]).toMatchObject({ x: 0, y: 0, width: 1, height: 1 });
  });
});

describe('grid with a margin and exits', () => {
  const exits = ['early', 'late'].map((output) => ({ output, multiplyAdds: 1 }));
  const card: DetectorCard = { ...GRID, head: { kind: 'grid', stride: 8, margin: 0.5, exits } };

  it('puts an edge on the far side of the cell’s centre', () => {
    const packed = new Float32Array(2 * 4 * 6).fill(-9);
    packed.set([3, -9, Math.log(2), Math.log(1.5), Math.log(0.25), Math.log(1.5)], 6 * 6); // Centre (20, 12).
    const [box] = headOf(card, NO_FORM).decode(packed, 0.05);
    expect(box?.x).toBeCloseTo((20 - 12) / 32, 6);
    expect(box?.width).toBeCloseTo((12 - 2) / 32, 6);
  });

  it('asks for the output of its exit alone', () => {
    expect(headOf(card, NO_FORM, 0)).toMatchObject({ scoreNodes: ['early'], detectNodes: ['early'] });
    expect(headOf(card, NO_FORM)).toMatchObject({ scoreNodes: ['late'], detectNodes: ['late'] });
    expect(() => headOf(card, NO_FORM, 2)).toThrow('The detector has no exit 2. Use one of 0 … 1.');
  });
});

describe('centernet', () => {
  const card: DetectorCard = {
    ...CENTERNET_COCO,
    input: { ...CENTERNET_COCO.input, width: 16, height: 16 },
    labels: ['car', 'person'],
  };
  const head = headOf(card, { ...NO_FORM, nodes: new Set(['tower_0/keypoints', 'tower_0/wh']) });
  const put = (packed: Float32Array, row: number, column: number, values: number[]): void =>
    packed.set(values, (row * 4 + column) * 6);

  it('takes peaks only, and sides from the cell’s corner', () => {
    const packed = new Float32Array(4 * 4 * 6);
    put(packed, 1, 2, [0.9, 0, 2, 1, 4, 3]);
    put(packed, 1, 1, [0.8, 0.3, 2, 1, 4, 3]);
    const boxes = head.decode(packed, 0.05);
    expect(boxes.map(({ classIndex, index }) => [classIndex, index])).toEqual([
      [1, 5 * 2 + 1],
      [0, 6 * 2],
    ]);
    const peak = boxes[1];
    expect([peak?.x, peak?.y, peak?.width, peak?.height]).toEqual([6 / 16, 3 / 16, 6 / 16, 4 / 16]);
    expect(peak?.score).toBeCloseTo(0.9, 6);
  });
});

describe('gfl', () => {
  const card: DetectorCard = {
    ...NANODET_COCO,
    input: { ...NANODET_COCO.input, width: 32, height: 32 },
    head: { kind: 'gfl', strides: [8, 16], bins: 4 },
    labels: ['car'],
  };
  const form: ModelForm = {
    ...NO_FORM,
    outputs: [
      { name: 'c', shape: [1, 4, 16] },
      { name: 'a', shape: [1, 16, 1] },
      { name: 'd', shape: [1, 4, 1] },
      { name: 'b', shape: [1, 16, 16] },
    ],
  };

  it('finds its outputs by their shapes', () => {
    const head = headOf(card, form);
    expect(head.scoreNodes).toEqual(['a', 'd']);
    expect(head.detectNodes).toEqual(['a', 'd', 'b', 'c']);
    expect(head.scoreCount).toBe(20);
  });

  it('takes the expectation over the bins as distance, in strides', () => {
    const head = headOf(card, form);
    const packed = new Float32Array(20 * 17);
    const sure = (bin: number): number[] => [0, 1, 2, 3].map((i) => (i === bin ? 40 : 0));
    // Second cell of the second level: centre (24, 8), stride 16.
    packed.set([0.7, ...sure(1), ...sure(0), 0, 0, 40, 40, ...sure(2)], 17 * 17);
    const [box] = head.decode(packed, 0.05);
    expect(box?.index).toBe(17);
    expect(box?.x).toBeCloseTo(8 / 32, 5);
    expect(box?.y).toBeCloseTo(8 / 32, 5);
    expect(box?.width).toBeCloseTo(24 / 32, 5);
    expect(box?.height).toBeCloseTo(24 / 32, 5);
  });

  it('says which output is missing', () => {
    const lacking = { ...form, outputs: form.outputs.slice(1) };
    expect(() => headOf(card, lacking)).toThrow('no output of shape [1, 4, 16] with the boxes of stride 16');
  });
});
