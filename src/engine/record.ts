/** From an interval's outcome and the decision after it to its record. */
import type { Budget } from '../domain/budget.ts';
import type { Edit, GpuCost } from '../domain/experiment.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from '../domain/interval.ts';
import type { Size } from '../domain/size.ts';
import { feedbackBytes } from '../gradients/accGrad.ts';
import type { Decision, Policy } from '../policies/policy.ts';
import { gradientsOf } from './evidence.ts';
import type { IntervalOutcome, IntervalPlan } from './interval.ts';

/** Shown where no policy steers. */
const SHOWN_ESTIMATOR = 'distortion';

export interface Ran {
  readonly plan: IntervalPlan;
  readonly policy: Policy;
  /** In force when the interval began. */
  readonly budget: Budget;
  readonly decision: Decision;
  readonly outcome: IntervalOutcome;
  readonly gpuCost: GpuCost;
  /** Input size of the detector. */
  readonly inputSize: Size;
  /** Live only: captures that passed before the interval began. */
  readonly skippedFrames: number;
  readonly edits: readonly Edit[];
}

/**
 * @param next what the policy made of the interval
 * @param budget that it was given for that
 */
export function recordOf(ran: Ran, next: Decision, budget: Budget): IntervalRecord {
  const { plan, policy, outcome, gpuCost } = ran;
  const { configuration } = plan;
  const totals = outcome.account.totals();
  const charged = policy.usesGradients;
  const backwardPasses = charged ? outcome.backwardPasses : 0;
  const gpuAccountedMs = totals.inferences * gpuCost.inferenceMs + backwardPasses * gpuCost.backwardMs;
  const bandwidthKbps = (totals.bytes * 8) / 1000 / INTERVAL_SECONDS;
  return {
    index: plan.index,
    startSeconds: plan.startSeconds,
    configuration,
    positions: ran.decision.positions,
    bytes: totals.bytes,
    bandwidthKbps,
    plannedKbps: outcome.plannedKbps,
    referenceBytes: totals.referenceBytes,
    accuracy: totals.accuracy,
    accuracyTruth: totals.accuracyTruth,
    frames: totals.frames,
    sentFrames: totals.sentFrames,
    measuredFrames: totals.measuredFrames,
    droppedFrames: totals.frames - totals.measuredFrames + outcome.missedFrames + ran.skippedFrames,
    inferences: totals.inferences,
    backwardPasses,
    encodes:
      totals.sentFrames +
      outcome.unsentEncodes +
      (charged ? 1 + outcome.planned.filter((probe) => probe.isEncoded).length : 0),
    // A gradient that is used again is at the sensor already.
    feedbackBytes:
      policy.estimator === null || backwardPasses === 0 ? 0 : feedbackBytes(policy.estimator, ran.inputSize),
    gpuMs: totals.gpuMs + (charged ? outcome.backwardMs : 0),
    gpuAccountedMs,
    utility: outcome.utility,
    delayMs: totals.delayMs,
    gradients: gradientsOf(
      outcome.evidence,
      outcome.planned,
      next.steering,
      policy.estimator ?? SHOWN_ESTIMATOR,
      { configuration, bandwidthKbps: outcome.plannedKbps, gpuMs: gpuAccountedMs },
      budget,
      gpuCost,
      outcome.forecast,
    ),
    prices: next.prices,
    edits: ran.edits,
    budget: ran.budget,
  };
}
