import { describe, expect, it } from 'vitest';
import { seeded } from '../../gradients/kernels/directional.ts';
import { boxEvidence } from './boxEvidence.ts';

const INPUT = { width: 128, height: 96 };
const COLUMNS = 16;
const CELLS = COLUMNS * 12;

/** One box for each cell of 8×8 pixels: [x, y, width, height] with sizes and places a little at random. */
const random = seeded(7);
const BOXES = Array.from({ length: CELLS }, (_, cell) => {
  const jitter = (): number => 4 * random() - 2;
  return [
    ((cell % COLUMNS) + 0.5) * 8 + jitter(),
    (Math.floor(cell / COLUMNS) + 0.5) * 8 + jitter(),
    20 * random() + 1,
    20 * random() + 1,
  ] as const;
});
type Four = readonly [number, number, number, number];
const evidence = (of: (box: Four) => Four) => {
  const rows = BOXES.map(of);
  return boxEvidence((cell, column) => rows[cell]?.[column] ?? NaN, CELLS, INPUT);
};
const corners = ([x, y, w, h]: Four): Four => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
const turned = ([a, b, c, d]: Four): Four => [b, a, d, c];
const fractions = ([a, b, c, d]: Four): Four => [a / 128, b / 96, c / 128, d / 96];

describe('boxEvidence', () => {
  it('tells the codings apart', () => {
    expect(evidence((box) => box)).toEqual({ coding: 'cxcywh', unit: 'pixel' });
    expect(evidence(corners)).toEqual({ coding: 'xyxy', unit: 'pixel' });
    expect(evidence((box) => turned(corners(box)))).toEqual({ coding: 'yxyx', unit: 'pixel' });
    expect(evidence(fractions)).toEqual({ coding: 'cxcywh', unit: 'fraction' });
    expect(evidence((box) => turned(fractions(corners(box))))).toEqual({ coding: 'yxyx', unit: 'fraction' });
  });

  it('does not take scores, logits or one spot for boxes', () => {
    expect(evidence(() => [random() / 20, random() / 20, random() / 20, random() / 20])).toBeUndefined();
    expect(evidence(() => [-6 * random(), -6, -6 * random(), -6])).toBeUndefined();
    expect(evidence(() => [64, 48, 10, 10])).toBeUndefined();
    expect(boxEvidence(() => 0, 4, INPUT)).toBeUndefined();
  });
});
