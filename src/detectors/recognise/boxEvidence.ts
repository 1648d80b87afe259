/**
 * Are these numbers boxes, and in which coding? Measured instead of read off names: a detector has a box for every cell
 * of a grid over the picture, so that the boxes' centres are spread evenly over it, and, cells being counted row by row,
 * from one to the next x changes more than y.
 */
import type { BoxesHeadSpec } from '../../domain/card.ts';

export type BoxForm = Pick<BoxesHeadSpec, 'coding' | 'unit'>;

interface Sides {
  readonly width: number;
  readonly height: number;
}

interface Axis {
  /** In fractions of the picture. */
  readonly mean: number;
  readonly deviation: number;
  /** Mean absolute difference from one cell to the next. */
  readonly variation: number;
}

/** Mean and standard deviation of what is spread evenly over 0…1: 0.5 and √(1/12) = 0.29. */
const isSpread = ({ mean, deviation }: Axis): boolean =>
  Math.abs(mean - 0.5) < 0.15 && Math.abs(deviation - Math.sqrt(1 / 12)) < 0.1;

/** Along a row x moves on by a cell, y hardly; of numbers in no order both move by a third. */
const isRowByRow = (x: Axis, y: Axis): boolean =>
  x.variation > y.variation && x.variation < 0.25 && y.variation < 0.15;

function axisOf(values: Float64Array): Axis {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  const steps = values.reduce((sum, v, i) => (i === 0 ? 0 : sum + Math.abs(v - (values[i - 1] ?? 0))), 0);
  return { mean, deviation: Math.sqrt(square), variation: steps / values.length };
}

/** Boxes mostly have their far sides beyond their near ones. */
const MOSTLY = 0.98;

/**
 * @param at the value of a column (0 … 3) for a cell
 * @returns undefined when they are no boxes
 */
export function boxEvidence(
  at: (cell: number, column: number) => number,
  cells: number,
  input: Sides,
): BoxForm | undefined {
  if (cells < 16) return undefined;
  const share = (holds: (cell: number) => boolean): number =>
    Array.from({ length: cells }, (_, cell) => holds(cell)).filter(Boolean).length / cells;
  const column = (of: (cell: number) => number): Float64Array =>
    Float64Array.from({ length: cells }, (_, i) => of(i));
  const isCorners = share((cell) => at(cell, 2) >= at(cell, 0) && at(cell, 3) >= at(cell, 1)) > MOSTLY;
  const centre = (which: 0 | 1): Float64Array =>
    column((cell) => (isCorners ? (at(cell, which) + at(cell, which + 2)) / 2 : at(cell, which)));
  if (!isCorners && share((cell) => at(cell, 2) > 0 && at(cell, 3) > 0) < MOSTLY) return undefined;
  const centres = [centre(0), centre(1)] as const;
  const largest = Math.max(...centres.map((values) => values.reduce((a, b) => Math.max(a, b), 0)));
  const unit = largest > LARGEST_FRACTION ? 'pixel' : 'fraction';
  for (const xFirst of [true, false]) {
    const [xs, ys] = xFirst ? centres : [centres[1], centres[0]];
    const [x, y] = [xs, ys].map((values, i) =>
      axisOf(values.map((v) => (unit === 'pixel' ? v / (i === 0 ? input.width : input.height) : v))),
    );
    if (!x || !y || !isSpread(x) || !isSpread(y) || !isRowByRow(x, y)) continue;
    if (isCorners) return { coding: xFirst ? 'xyxy' : 'yxyx', unit };
    if (xFirst) return { coding: 'cxcywh', unit };
  }
  return undefined;
}

/** Fractions may go a little beyond the frame; a picture of pixels is wider than this. */
const LARGEST_FRACTION = 3;
