/** From an interval's outcome and the decision after it to its record. */
import type { Budget } from '../domain/budget.ts';
import type { Edit, GpuCost } from '../domain/experiment.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from '../domain/interval.ts';
import type { Configuration, Knobs } from '../domain/configuration.ts';
import { passCost } from '../domain/gpuCost.ts';
import { parseSize } from '../domain/size.ts';
import { feedbackBytes } from '../gradients/accGrad.ts';
import type { Decision, Policy } from '../policies/policy.ts';
import { gradientsOf } from './evidence.ts';
import type { IntervalOutcome, IntervalPlan } from './interval.ts';

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

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
  readonly knobs: Knobs;
  /** Live only: captures that passed before the interval began. */
  readonly skippedFrames: number;
  readonly edits: readonly Edit[];
}

/**
 * @param next what the policy made of the interval
 * @param budget that it was given for that
 */
export function recordOf(ran: Ran, next: Decision, budget: Budget): IntervalRecord {
  const { plan, policy, outcome, gpuCost, knobs } = ran;
  const { configuration } = plan;
  const totals = outcome.account.totals();
  const { extra } = totals;
  const charged = policy.usesGradients;
  // Tiles that are given up are found by a backward pass, whichever policy gives them up.
  const differentiates = charged || configuration.tiles < 100;
  const backwardPasses = differentiates ? outcome.backwardPasses : 0;
  const pass = passCost(knobs, configuration, gpuCost);
  // The neighbouring member looks at one frame, at its own cost (serverProbe.ts).
  const looks = charged ? outcome.planned.filter(({ name }) => outcome.lookedAt.includes(name)) : [];
  const costOf = (probed: Configuration): number => passCost(knobs, probed, gpuCost).inferenceMs;
  const gpuAccountedMs =
    totals.inferences * pass.inferenceMs +
    backwardPasses * pass.backwardMs +
    sum(looks.map((probe) => costOf(probe.configuration))) +
    extra.gpuAccountedMs;
  const kept = outcome.keptTiles;
  /** The sensor weighs its tiles by G16, which is what the distortion form needs too. */
  const feedback = policy.estimator ?? (differentiates ? 'distortion' : null);
  const bytes = totals.bytes + extra.bytes;
  const bandwidthKbps = (bytes * 8) / 1000 / INTERVAL_SECONDS;
  return {
    index: plan.index,
    startSeconds: plan.startSeconds,
    configuration,
    positions: ran.decision.positions,
    bytes,
    extraBytes: extra.bytes,
    bandwidthKbps,
    plannedKbps: outcome.plannedKbps,
    referenceBytes: totals.referenceBytes,
    accuracy: totals.accuracy,
    accuracyTruth: totals.accuracyTruth,
    keptTilesPercent: outcome.keptTilesPercent ?? (100 * kept.filter(Boolean).length) / kept.length,
    frames: totals.frames,
    sentFrames: totals.sentFrames,
    measuredFrames: totals.measuredFrames,
    droppedFrames: totals.frames - totals.measuredFrames + outcome.missedFrames + ran.skippedFrames,
    inferences: totals.inferences + looks.length + extra.inferences,
    extraInferences: extra.inferences,
    backwardPasses,
    encodes:
      totals.encodes +
      outcome.unsentEncodes +
      extra.encodes +
      (charged ? outcome.probeEncodes : differentiates ? outcome.tileEncodes : 0),
    // A gradient that is used again is at the sensor already.
    feedbackBytes:
      feedback === null || backwardPasses === 0
        ? 0
        : feedbackBytes(feedback, parseSize(configuration.inputSize)),
    gpuMs:
      totals.gpuMs + (differentiates ? outcome.backwardMs : 0) + (charged ? outcome.lookMs : 0) + extra.gpuMs,
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
      knobs,
      gpuCost,
      outcome.forecast,
    ),
    prices: next.prices,
    edits: ran.edits,
    budget: ran.budget,
  };
}
