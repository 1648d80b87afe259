/**
 * A candidate for AccGrad from the level of loss and the error that a step removes.
 *
 * Accuracy falls along a logistic curve as the weighted error grows, A = 1/(1 + (rec/rec₀)^β): flat while detections are
 * sure, steep around half, flat again where little is left to be lost. Its derivative by ln rec is −β·A·(1 − A), so a step
 * from rec(lq) to rec(hq) gains about
 *
 *   gain = L·(1 − L)·ln(rec(lq)/rec(hq))        (β = 1)
 *
 * with L the loss as the scores tell it (lossLevel.ts) and rec the distortion form's weighted error (accGrad.ts), of
 * which only the ratio counts: neither the number of detections nor the scale of the gradient matters. Needs one
 * backward pass and no forward probe. Ours.
 */

/** Errors below this are none; the ratio of two such is 1. */
const LEAST_ERROR = 1e-9;

/**
 * @param loss estimated 1 − accuracy of the interval, 0 … 1
 * @param errorLow rec of the cheaper side
 * @param errorHigh rec of the more expensive side
 * @returns estimated gain of accuracy towards the expensive side
 */
export function levelled(loss: number, errorLow: number, errorHigh: number): number {
  const level = Math.min(1, Math.max(0, loss));
  return level * (1 - level) * Math.log(Math.max(errorLow, LEAST_ERROR) / Math.max(errorHigh, LEAST_ERROR));
}
