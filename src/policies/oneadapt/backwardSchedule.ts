/**
 * When a backward pass pays. DNNGrad says where the detector looks, which stays true while the content does, so one pass
 * serves several intervals (docs/estimators.md measures what that costs: nothing that could be told from noise at one pass
 * in five). Every inference earns a share of its time. The first pass is taken on credit, every later one when all of it has
 * been saved up: from the moment on at which the first is paid for, backward passes have taken no more than their share,
 * however short the run. New content may run into debt by one more pass.
 */
import type { PassCost } from '../../domain/experiment.ts';
import type { Backward } from '../policy.ts';

export interface BackwardSchedule {
  /** What the interval that comes is to do. */
  next(): Backward;
  /** Tells what an interval has run. */
  ran(inferences: number, backwardPasses: number, cost: PassCost): void;
}

/**
 * @param share of the inferences' time, 0 … 1; null: a pass every interval
 */
export function createBackwardSchedule(share: number | null): BackwardSchedule {
  let creditMs = 0;
  let passMs = 0;
  let hasPassed = false;
  return {
    next() {
      if (share === null || !hasPassed || creditMs >= passMs) return 'always';
      return creditMs > -passMs ? 'onNewContent' : 'never';
    },
    ran(inferences, backwardPasses, { inferenceMs, backwardMs }) {
      passMs = backwardMs;
      hasPassed ||= backwardPasses > 0;
      creditMs += (share ?? 1) * inferences * inferenceMs - backwardPasses * backwardMs;
      // What is saved up while nothing can be differentiated is no licence for a pass at every later interval.
      creditMs = Math.min(creditMs, passMs);
    },
  };
}
