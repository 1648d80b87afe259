/** A policy's turn at an interval: from its decision to the plan of the interval, and from the outcome to what it observes. */
import { isSameBudget, type Budget } from '../domain/budget.ts';
import { sameConfiguration } from '../domain/configuration.ts';
import type { GpuCost } from '../domain/experiment.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { KnobName } from '../domain/knob.ts';
import type { TilePlan } from '../domain/tiles.ts';
import type { Decision, FrameSeen, Observation, Policy, Trial } from '../policies/policy.ts';
import type { IntervalOutcome, IntervalPlan, Road } from './interval.ts';
import { profileInterval } from './profile.ts';
import type { Captures } from './stream.ts';

export interface Turn {
  readonly index: number;
  readonly startSeconds: number;
  readonly policy: Policy;
  readonly decision: Decision;
  /** In force when the interval begins. */
  readonly budget: Budget;
  /** The knobs that it may move. */
  readonly active: readonly KnobName[];
  readonly tiles: TilePlan;
  /** What the server saw last; null at a run's start. */
  readonly seenBefore: FrameSeen | null;
  /** The server's decoder is a new one, or the stream that it knows was left. */
  readonly restart: boolean;
  /** Are gradients to be shown even where nobody steers by them? */
  readonly showsGradients: boolean;
  readonly gpuCost: GpuCost;
  /** Frames that are captured already, for several policies. */
  readonly captures?: Captures;
}

export function planOf({ policy, decision, budget, showsGradients, ...turn }: Turn): IntervalPlan {
  const { choose, filter, regions } = policy;
  const { configuration, afterCut } = decision;
  return {
    ...turn,
    configuration,
    ...(afterCut && isSameBudget(afterCut.budget, budget) ? { afterCut: afterCut.configuration } : {}),
    utilitySlope: policy.utilitySlope,
    backward: decision.backward,
    // Tiles that are given up are found by a backward pass, whichever policy gives them up.
    gradients: showsGradients || policy.usesGradients || configuration.tiles < 100,
    ...(choose ? { choose: (trials: readonly Trial[]) => choose(trials, budget) } : {}),
    ...(filter ? { filter } : {}),
    ...(regions ? { regions } : {}),
  };
}

/** The decision, with the place that the interval really stood at. */
export const decisionThatRan = (
  decision: Decision,
  { cut, configuration }: Pick<IntervalOutcome, 'cut' | 'configuration'>,
): Decision => {
  const { afterCut } = decision;
  const stoodAnew = cut && afterCut && sameConfiguration(configuration, afterCut.configuration);
  return stoodAnew ? { ...decision, configuration, positions: afterCut.positions } : decision;
};

/** All but the budget, which a hand may still move. */
export type Observed = Omit<Observation, 'budget'>;

/** What the policy learns of the interval; what it asked to be profiled is done and charged here. */
export async function observe(
  road: Road,
  { policy, decision, gpuCost, startSeconds }: Pick<Turn, 'policy' | 'decision' | 'gpuCost' | 'startSeconds'>,
  outcome: IntervalOutcome,
): Promise<Observed> {
  const { account, configuration } = outcome;
  // Before profiling adds to it.
  const again = account.totals().extra;
  const profiled = await profileInterval(
    road,
    account,
    decision.profile ?? [],
    gpuCost,
    startSeconds + INTERVAL_SECONDS,
  );
  return {
    configuration,
    frameBytes: outcome.frameBytes,
    frames: outcome.plannedFrames,
    bandwidthKbps: outcome.plannedKbps,
    againKbps: (again.bytes * 8) / 1000 / INTERVAL_SECONDS,
    evidence: outcome.evidence,
    lossWhereFound: outcome.level.lossWhereFound,
    newContent: outcome.newContent,
    cut: outcome.cut,
    inferences: account.totals().inferences,
    backwardPasses: outcome.backwardPasses,
    forecast: outcome.forecast,
    late: outcome.late,
    seen: account.measuredFrames().map(({ detections, proposals }) => ({ detections, proposals })),
    profiled,
    differences: policy.filter ? await road.sensor.differences() : null,
    gpuCost,
  };
}
