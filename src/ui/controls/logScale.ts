/** The logarithmic scale of the budgets: slider and usage bar stand on the same one. */
import { clamp, type Range } from '../store/defaults.ts';

/** Place of a value on the range, 0 … 1, clamped. */
export function logShare(value: number, range: Range): number {
  return Math.log(clamp(value, range) / range.min) / Math.log(range.max / range.min);
}

/** The value at a place, to two significant digits: a hand cannot point at more. */
export function logValue(share: number, range: Range): number {
  const exact = range.min * (range.max / range.min) ** share;
  return clamp(Number(exact.toPrecision(2)), range);
}
