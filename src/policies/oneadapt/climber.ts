/**
 * How OneAdapt climbs, in one of two ways: as the authors published it (publishedClimber.ts) and as the lab does
 * (surfaceClimber.ts). An interval's evidence goes in; where the knobs would like to stand, and at which prices, comes out.
 */
import type { Budget, Prices } from '../../domain/budget.ts';
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import type { Observation } from '../policy.ts';
import type { FilterChooser } from './filterChoice.ts';
import type { Reach } from './ascent.ts';
import type { Resources } from './resources.ts';

/** By what an interval's step is made. */
export interface Direction {
  /** AccGrad of each climbing knob that is known, in units of `scale`. */
  readonly unit: PerKnob;
  /** In accuracy. */
  readonly scale: number;
}

export interface ClimbView {
  readonly positions: PerKnob;
  /** Those in force, in accuracy. */
  readonly prices: Prices;
  readonly direction: Direction;
  readonly resources: Resources;
  /** ∂(use as a fraction of the budget, or without one of the present use)/∂x at the present point. */
  readonly bandwidthGrads: PerKnob;
  readonly gpuGrads: PerKnob;
  readonly filter: FilterChooser;
  /** The place with the filter's choice of most worth at these prices, in units of the direction's scale. */
  readonly withFilter: (at: PerKnob, prices: Prices) => PerKnob;
  readonly budget: Budget;
  /** Of what is in use, in units of the direction's scale: what has no budget may have a price all the same; 0 under a budget. */
  readonly fixedPrices: Prices;
  /** What the interval took. */
  readonly used: { readonly bandwidthKbps: number; readonly gpuMsPerSecond: number };
  readonly reach: (name: KnobName) => Reach;
}

export interface Climbed {
  readonly positions: PerKnob;
  /** In units of the direction's scale. */
  readonly unitPrices: Prices;
  /** Does a budget keep the knobs lower than they would like to be? */
  readonly isBound: boolean;
}

export interface Climber {
  /**
   * Takes in an interval; once each.
   * @param told AccGrads of the knobs that showed one
   * @param idleScale the unit where no knob has shown an effect
   */
  observe(
    told: readonly (readonly [KnobName, number])[],
    observation: Observation,
    positions: PerKnob,
    idleScale: () => number,
  ): Direction;
  climb(view: ClimbView): Climbed;
  /** What is lost at a place, as far as that is known; 0 where the climber keeps no such record. */
  readonly loss: (at: PerKnob) => number;
}
