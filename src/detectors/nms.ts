/** Non-maximum suppression: of boxes of one class that lie on one another only the most confident stays. */
import { intersectionOverUnion } from '../domain/accuracy.ts';
import type { Box } from '../domain/detection.ts';

/** Boxes of one class that overlap more than this are one object. */
export const NMS_IOU = 0.5;

/** A box as read off the network, before suppression. */
export interface RawBox extends Box {
  /** Number of the class. */
  readonly classIndex: number;
  readonly score: number;
  /** Flat index into the network's scores [cells, classes]. */
  readonly index: number;
}

/**
 * Greedy suppression per class, most confident first; equal scores by index, so that the result is always the same.
 * @param limit most boxes that are kept
 * @returns the survivors, most confident first
 */
export function suppress(boxes: readonly RawBox[], limit: number): RawBox[] {
  const kept: RawBox[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score || a.index - b.index)) {
    if (kept.length >= limit) break;
    const hidden = kept.some(
      (k) => k.classIndex === box.classIndex && intersectionOverUnion(k, box) > NMS_IOU,
    );
    if (!hidden) kept.push(box);
  }
  return kept;
}
