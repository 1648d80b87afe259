/** The logarithmic scale of the budgets: slider and usage bar stand on the same one. */
import { clamp, type Range } from '../store/defaults.ts';

/** Place of a value on the range, 0 … 1, clamped. */
export function logShare(value: number, range: Range): number {
  return Math.log(clamp(value, range) / range.min) / Math.log(range.max / range.min);
}

const toTwoDigits = (value: number): number => Number(value.toPrecision(2));

/** The value at a place, to two significant digits: a hand cannot point at more. */
export function logValue(share: number, range: Range): number {
  const exact = range.min * (range.max / range.min) ** share;
  return clamp(toTwoDigits(exact), range);
}

/**
 * The value that a key moves to: the one at the place, or the next of two digits where rounding would undo the move.
 * @param direction 1 up, -1 down
 */
export function steppedValue(from: number, share: number, direction: 1 | -1, range: Range): number {
  const to = logValue(share, range);
  if ((to - from) * direction > 0) return to;
  const unit = 10 ** (Math.floor(Math.log10(from)) - 1);
  const whole = from / unit;
  const next = direction > 0 ? Math.floor(whole + 1e-9) + 1 : Math.ceil(whole - 1e-9) - 1;
  return clamp(toTwoDigits(next * unit), range);
}
