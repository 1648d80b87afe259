/**
 * Boxes whose sides are distributions over a few distances (generalised focal loss, Li et al., 2020): each side lies the
 * expectation over its bins, in strides, from the centre of its cell.
 */
import type { InputSpec } from '../../domain/card.ts';
import type { RawBox } from '../nms.ts';
import { boxAroundCell } from './head.ts';

export interface BinLevel {
  /** Input pixels from one cell to the next. */
  readonly stride: number;
  readonly columns: number;
  readonly cells: number;
}

export interface BinForm {
  readonly levels: readonly BinLevel[];
  readonly classes: number;
  readonly bins: number;
  readonly input: InputSpec;
}

/** Expectation of the distribution whose logits begin at `at`, in strides. */
function expectation(packed: Float32Array, at: number, bins: number): number {
  let sum = 0;
  let weighted = 0;
  const largest = packed.subarray(at, at + bins).reduce((a, b) => Math.max(a, b));
  for (let bin = 0; bin < bins; bin += 1) {
    const weight = Math.exp((packed[at + bin] ?? 0) - largest);
    sum += weight;
    weighted += weight * bin;
  }
  return weighted / sum;
}

/**
 * Boxes with a score above `minimum`.
 * @param packed level after level [cells, classes + 4·bins]: scores in [0, 1], then logits of left, top, right, bottom
 */
export function decodeBins(packed: Float32Array, minimum: number, form: BinForm): RawBox[] {
  const { levels, classes, bins, input } = form;
  const channels = classes + 4 * bins;
  const boxes: RawBox[] = [];
  let first = 0;
  for (const level of levels) {
    const { stride, cells } = level;
    for (let cell = 0; cell < cells; cell += 1) {
      const at = (first + cell) * channels;
      const side = (i: number): number => expectation(packed, at + classes + i * bins, bins) * stride;
      for (let classIndex = 0; classIndex < classes; classIndex += 1) {
        const score = packed[at + classIndex] ?? 0;
        if (!(score > minimum)) continue;
        boxes.push({
          ...boxAroundCell(cell, level, side, input),
          classIndex,
          score,
          index: (first + cell) * classes + classIndex,
        });
      }
    }
    first += cells;
  }
  return boxes;
}
