/** The axes of a scatter plot and the line through its points, in the units of the data. */
import { slopeThroughZero } from '../../domain/correlation.ts';
import { ticksTo } from './ticks.ts';

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** An axis that holds all values and zero, with ticks at round numbers. */
export function axis(values: readonly number[], wantedTicks = 5): Axis {
  const top = values.reduce((a, b) => Math.max(a, b), 0);
  const bottom = values.reduce((a, b) => Math.min(a, b), 0);
  const [, step = 1] = ticksTo(top - bottom, wantedTicks);
  const from = bottom < 0 ? Math.floor(bottom / step - 1e-9) : 0;
  const to = top > 0 || from === 0 ? Math.max(1, Math.ceil(top / step + 1e-9)) : 0;
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
  return { low: from * step, high: to * step, ticks };
}

type End = readonly [x: number, y: number];

/** The regression through 0, cut off at the ends of the axes; null where x never leaves 0. */
export function regression(
  points: readonly { readonly x: number; readonly y: number }[],
  xs: Axis,
  ys: Axis,
): readonly [End, End] | null {
  const slope = slopeThroughZero(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  );
  if (slope === null) return null;
  const end = (x: number): End => {
    const y = Math.min(ys.high, Math.max(ys.low, slope * x));
    return [y === slope * x ? x : y / slope, y];
  };
  return [end(xs.low), end(xs.high)];
}
