/**
 * The frame rate that OneAdapt starts at, before anything was seen. Skipped frames cost more accuracy than their bytes save on nearly every content,
 * so none is skipped for bytes. Where detector time is scarce: the rate at which a typical content's loss and the price of its inferences are least together,
 * or the highest that the budget pays for. Ours.
 */
import { lastSentFrame } from '../../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { CAPTURE_FPS } from '../../domain/ladders.ts';
import { agedLoss } from '../../gradients/lossLevel.ts';

/**
 * F1 by which a typical content's detections drift apart, per root of a capture: on the four sources of docs/results-detector-time.md 5, 2 and 1 frames a
 * second lose 0.09, 0.22 and 0.33 in the mean.
 */
const TYPICAL_DRIFT = 0.17;

/** F1 that a typical content loses at a frame rate. */
function typicalLoss(frameRate: number): number {
  const captures = CAPTURE_FPS * INTERVAL_SECONDS;
  const ages = Array.from({ length: captures }, (_, i) => i - lastSentFrame(i, frameRate, CAPTURE_FPS));
  return agedLoss(0, TYPICAL_DRIFT, ages);
}

/** What an inference takes, and what detector time is worth. */
export interface DetectorTime {
  readonly inferenceMs: number;
  /** F1 that a second of it has to be worth; null: it has no price. */
  readonly price: number | null;
  /** null: it has no budget. */
  readonly budgetMsPerSecond: number | null;
}

/**
 * @param frameRates the ladder, cheap to expensive, frames a second
 * @returns place on it
 */
export function startFrameRate(frameRates: readonly number[], detectorTime: DetectorTime): number {
  const { inferenceMs, price, budgetMsPerSecond } = detectorTime;
  const usedMs = (frameRate: number): number => Math.min(frameRate, CAPTURE_FPS) * inferenceMs;
  // Bound, what is left over is worth nothing.
  const f1PerMs = budgetMsPerSecond === null ? (price ?? 0) / 1000 : 0;
  let [best, least] = [0, Infinity];
  frameRates.forEach((frameRate, place) => {
    const isWithin = budgetMsPerSecond === null || usedMs(frameRate) <= budgetMsPerSecond;
    const cost = typicalLoss(frameRate) + f1PerMs * usedMs(frameRate);
    if (isWithin && cost <= least) [best, least] = [place, cost];
  });
  return best;
}
