/**
 * What the lab's instrument found on one interval: how accuracy and utility really change when a knob moves one
 * step, and what every estimator had said. Nothing of it is charged or known to a policy.
 */
import type { KnobName } from './knob.ts';

/** Estimated change of accuracy by estimator, as "distortion@20" (the slope of the utility behind the @). */
export type Estimates = Readonly<Record<string, number>>;

/** What it takes to have a few frames of the interval detected once more. */
export interface ProbeCost {
  /** Frames encoded by the sensor. */
  readonly encodes: number;
  /** Of those, sent to the server. */
  readonly bytes: number;
  /** Passes of the detector. */
  readonly inferences: number;
}

/** One knob moved one step from where the interval ran. */
export interface TrueStep {
  readonly knob: KnobName;
  /** 1: to the more expensive neighbour. −1: to the cheaper one. */
  readonly offset: 1 | -1;
  /** Mean F1 at the neighbour over the frames that were measured, against the same reference as the interval's own. */
  readonly accuracy: number;
  /** accuracy(expensive side) − accuracy(cheap side): above 0 where quality helps, in both directions. */
  readonly accuracyGain: number;
  /**
   * The same for the utility per candidate, U/n = Σ σ(slope·(score − threshold))/n, on the last shown frame and over the
   * output elements that were candidates where the interval ran, so that the chain rule is held against what it says.
   */
  readonly utilityGain: number;
  /** Gains that were estimated for this step. */
  readonly estimates: Estimates;
  /** What a probe of this neighbour takes. Not in reports of builds that did not count it. */
  readonly probeCost?: ProbeCost;
}

export interface IntervalFidelity {
  /** Of the interval as it ran. */
  readonly accuracy: number;
  readonly steps: readonly TrueStep[];
  /** Estimates of the loss 1 − accuracy of the interval as it ran. */
  readonly level: Estimates;
  /** Frames of the interval at which probes of a neighbour look. */
  readonly probedFrames: number;
  /** What the reference on those frames takes, once for all knobs. Not in reports of builds that had no such probe. */
  readonly referenceCost?: ProbeCost;
}
