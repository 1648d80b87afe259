/**
 * The forward probe: the detector really run at the neighbour, on a few frames of the interval. No gradient at all, but
 * inferences, encodes and bytes that a policy is charged for.
 *
 * With D(k) the detections on the probed frames and C(k) = Σ (score − threshold)/(1 − threshold) + ⅕ over them, a count in
 * which a detection that hardly passes counts for little:
 *
 *   gain = ½·[1 − mean F1(D(cheap), D(expensive))] + ½·(C(expensive) − C(cheap)) / max(C(cheap), C(expensive))
 *
 * The first term says how much the step changes, as if the expensive side were right (Chameleon's profiling, SIGCOMM
 * 2018, in small); the second has a sign: losing quality mostly loses detections. In [−½, 1].
 */
import { f1 } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';

/** Frames of an interval that a probe looks at: the first, the middle one and the last. */
export const PROBED_FRAMES = 3;

/** What a detection counts that only just passes, against 1.2 for a certain one. */
const LEAST_WEIGHT = 0.2;

type Frames = readonly (readonly Detection[])[];

/** Indices of the probed frames among `count`. */
export const probedFrames = (count: number): number[] => [
  ...new Set(
    Array.from({ length: PROBED_FRAMES }, (_, i) => Math.floor((i * (count - 1)) / (PROBED_FRAMES - 1))),
  ),
];

/**
 * @param cheap detections shown at each probed frame on the cheaper side of the step
 * @param expensive the same on the other side
 * @param threshold score above which a candidate is a detection
 * @returns estimated gain of accuracy towards the expensive side
 */
export function forwardProbe(cheap: Frames, expensive: Frames, threshold: number): number {
  if (expensive.length === 0) return 0;
  const confidence = (frames: Frames): number =>
    frames.flat().reduce((sum, { score }) => sum + LEAST_WEIGHT + (score - threshold) / (1 - threshold), 0);
  const changed = expensive.reduce((sum, seen, i) => sum + 1 - f1(cheap[i] ?? [], seen), 0);
  const [low, high] = [confidence(cheap), confidence(expensive)];
  const more = low === high ? 0 : (high - low) / Math.max(low, high);
  return (changed / expensive.length + more) / 2;
}
