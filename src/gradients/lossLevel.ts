/**
 * How much accuracy is being lost now, 1 − F1 against the reference, read from the detector's own scores: no labels, no
 * reference, no extra pass.
 *
 * With σ_e = σ(slope·(score_e − threshold)) for every candidate e (the terms of the utility U) and D those above the
 * threshold:
 *
 * - `expectedLoss`: take σ_e for the probability that the reference has e too. Then the reference is expected to hold
 *   Σ σ_e detections, of which Σ_D σ_e are found, so F1 = 2·Σ_D σ_e / (|D| + Σ σ_e) and the loss is 1 − F1. In [0, 1].
 *   Ours; misses that leave no candidate at all escape it.
 * - `placedLoss`: the same by the place of the quantizer, L·e^(−0.75·(q − ½)) with q from 0, coarse, to 1, fine: of what a coarse quantizer hides no
 *   candidate is left to be unsure of. The exponent is ours, from the walks of docs/estimators.md; aged as below.
 * - `scoreMargin`: Σ 4σ_e(1 − σ_e) / |D|, how many candidates per detection stand near the threshold.
 * - `agedLoss`: the same, and what is lost because frames that are not sent reuse old detections. Detections drift apart
 *   about as the root of the time between them, c(a) = κ·√a after a captures (fast at first, since a box that has moved by
 *   its own width can get no worse); κ is seen on frames that were sent, and loss = 1 − (1 − expectedLoss)·(1 − mean c(a))
 *   over the ages of what is shown.
 * - `flicker`: mean 1 − F1 of each frame's detections against those of the frame before.
 */
import { f1 } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';
import { sigmoid } from './sigmoid.ts';

/** Slope of σ in the level's formulas, per unit of score; 8 was measured to read it better than 20. */
const LEVEL_SLOPE = 8;

/**
 * @param scores of one frame's candidates, confident or not
 * @param threshold above which a candidate is a detection
 */
export function expectedLoss(scores: Iterable<number>, threshold: number, slope = LEVEL_SLOPE): number {
  let [found, foundMass, mass] = [0, 0, 0];
  for (const score of scores) {
    const weight = sigmoid(slope * (score - threshold));
    mass += weight;
    if (score > threshold) {
      found += 1;
      foundMass += weight;
    }
  }
  // Nothing found and nothing near it: the reference is taken to be empty too.
  return mass === 0 ? 0 : 1 - (2 * foundMass) / (found + mass);
}

/**
 * The level of an interval of which some frames are empty. An empty frame counts as lost altogether, or as nothing lost where no candidate
 * comes near the threshold; neither says how unsure the detector is of this content. Ours.
 * @param frames {@link expectedLoss} of each analysed frame, and whether anything was found on it
 * @returns their mean where something was found; of all where nothing was
 */
export function lossWhereFound(
  frames: readonly { readonly loss: number; readonly isEmpty: boolean }[],
): number {
  const found = frames.filter(({ isEmpty }) => !isEmpty);
  const counted = found.length > 0 ? found : frames;
  return counted.reduce((sum, { loss }) => sum + loss, 0) / Math.max(1, counted.length);
}

/** The same parameters as {@link expectedLoss}. */
export function scoreMargin(scores: Iterable<number>, threshold: number, slope = LEVEL_SLOPE): number {
  let [found, margin] = [0, 0];
  for (const score of scores) {
    const weight = sigmoid(slope * (score - threshold));
    margin += 4 * weight * (1 - weight);
    if (score > threshold) found += 1;
  }
  return margin / Math.max(1, found);
}

/** By what share of itself the part of a loss that leaves no candidate falls along the quantizer's ladder. */
const HIDDEN_DECAY = 0.75;

/**
 * @param loss {@link expectedLoss}
 * @param fineness position of the quantizer, 0 coarse … 1 fine
 */
export const placedLoss = (loss: number, fineness: number): number =>
  Math.min(1, loss * Math.exp(-HIDDEN_DECAY * (fineness - 0.5)));

/** κ from two frames that were sent: 1 − F1 of the one's detections against the other's, and the captures between them. */
export const drift = (change: number, captures: number): number => change / Math.sqrt(Math.max(1, captures));

/**
 * @param loss as {@link expectedLoss} has it, on the frames that were sent
 * @param kappa mean {@link drift}, per root of a capture
 * @param ages of what is shown at each capture, captures
 */
export function agedLoss(loss: number, kappa: number, ages: readonly number[]): number {
  const lost = ages.reduce((sum, age) => sum + Math.min(1, kappa * Math.sqrt(age)), 0);
  return 1 - (1 - loss) * (1 - lost / Math.max(1, ages.length));
}

/** @param frames detections shown at each capture, in order */
export function flicker(frames: readonly (readonly Detection[])[]): number {
  const losses = frames.slice(1).map((detections, i) => 1 - f1(detections, frames[i] ?? []));
  return losses.length === 0 ? 0 : losses.reduce((a, b) => a + b, 0) / losses.length;
}
