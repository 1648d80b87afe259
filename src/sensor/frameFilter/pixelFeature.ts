/** Reducto's "pixel" (SIGCOMM 2020): the share of pixels that differ by more than {@link CHANGED_LEVELS}. */
import type { Luma } from './luma.ts';

/** Grey levels (authors' code). */
export const CHANGED_LEVELS = 21;

export function pixelDifference(a: Luma, b: Luma): number {
  let changed = 0;
  for (let i = 0; i < a.values.length; i += 1) {
    if (Math.abs((a.values[i] ?? 0) - (b.values[i] ?? 0)) > CHANGED_LEVELS) changed += 1;
  }
  return changed / a.values.length;
}
