/**
 * Accuracy: F1 of detections against a reference at IoU > 0.5, same class (OneAdapt, SoCC 2023, section 5).
 */
import type { Box, Detection, TruthBox } from './detection.ts';

const IOU_THRESHOLD = 0.5;

/** Intersection over union of two boxes, in [0, 1]. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (a.width * a.height + b.width * b.height - intersection);
}

/**
 * F1 of `found` against `reference`. Greedy matching, most confident first, each reference box used once.
 * Both empty is 1; one empty is 0.
 */
export function f1(
  found: readonly Detection[],
  reference: readonly (Box & { readonly label: string })[],
): number {
  if (found.length === 0 && reference.length === 0) return 1;
  const free = new Set(reference);
  let matches = 0;
  for (const detection of [...found].sort((a, b) => b.score - a.score)) {
    let best: (Box & { readonly label: string }) | undefined;
    let bestIou = IOU_THRESHOLD;
    for (const candidate of free) {
      const iou = candidate.label === detection.label ? intersectionOverUnion(candidate, detection) : 0;
      if (iou > bestIou) {
        best = candidate;
        bestIou = iou;
      }
    }
    if (best) {
      free.delete(best);
      matches += 1;
    }
  }
  return (2 * matches) / (found.length + reference.length);
}

/**
 * F1 against exact boxes: ignored ones neither count as missed nor make a detection on them false.
 */
export function f1AgainstTruth(found: readonly Detection[], truth: readonly TruthBox[]): number {
  const ignored = truth.filter((box) => box.ignored);
  const counted = truth.filter((box) => !box.ignored);
  const onCounted = found.filter(
    (d) =>
      counted.some((box) => box.label === d.label && intersectionOverUnion(d, box) > IOU_THRESHOLD) ||
      !ignored.some((box) => intersectionOverUnion(d, box) > IOU_THRESHOLD),
  );
  return f1(onCounted, counted);
}
