/**
 * Rate control for the rivals whose papers leave it to others (Reducto, EAAR, AccMPEG) or solve it for their own knobs
 * alone (DDS). It is ours, as simple as can be, and the same for all four: under a bandwidth budget the quantizer moves along
 * its ladder by what the last interval took.
 *
 * - Over the budget: as many rungs cheaper as it takes, at what a rung is worth.
 * - Under it: one rung dearer, if what the last interval took would fit with it.
 *
 * A rung is worth the factor by which bytes changed a rung in the moves so far, smoothed. Without a budget nothing moves.
 */
import { configurationAt, indicesOf, type Configuration, type Knobs } from '../domain/configuration.ts';
import type { Decision, Policy, PolicyContext } from './policy.ts';
import { decisionAt, UNGRADED } from './ungraded.ts';

/**
 * Growth of bytes from one rung of the quantizer to the next before a move has shown it. A second of the crossing took 3477 kbps
 * at quantizer 32, the next ones 478 at 144 and 144 at 224: 1.33 and 1.27 a rung.
 */
export const ASSUMED_GROWTH = 1.3;
/** What a move seems to say beyond these is the content's doing. */
const LEAST_GROWTH = 1.05;
const LARGEST_GROWTH = 2;
/** Weight of the newest move. */
const GAIN = 0.5;

export interface RateKeeper {
  /** Tells it what the interval took; null: no budget. */
  observe(bandwidthKbps: number, budgetKbps: number | null): void;
  /** The configuration with its quantizer moved as far as the budget has asked for, at most to the ladder's ends. */
  applied(configuration: Configuration): Configuration;
}

const quantizerOf = (knobs: Knobs, configuration: Configuration): number =>
  indicesOf(knobs, configuration).quantizer;

/**
 * @param moved configurations that move together, rung by rung: up until the dearest stands at the top, down until all
 * stand at the bottom
 */
export function createRateKeeper(
  { knobs, active }: PolicyContext,
  moved: readonly Configuration[],
): RateKeeper {
  const top = knobs.quantizer.values.length - 1;
  const dearest = Math.max(...moved.map((configuration) => quantizerOf(knobs, configuration)));
  const isPinned = !active.includes('quantizer');
  let growth = ASSUMED_GROWTH;
  /** Rungs from where the configurations were given; negative: cheaper. */
  let offset = 0;
  let last: { readonly offset: number; readonly bandwidthKbps: number } | undefined;

  const learn = (bandwidthKbps: number): void => {
    const rungs = last ? offset - last.offset : 0;
    if (last && rungs !== 0 && last.bandwidthKbps > 0 && bandwidthKbps > 0) {
      const seen = (bandwidthKbps / last.bandwidthKbps) ** (1 / rungs);
      growth += GAIN * (Math.min(LARGEST_GROWTH, Math.max(LEAST_GROWTH, seen)) - growth);
    }
    last = { offset, bandwidthKbps };
  };

  return {
    observe(bandwidthKbps, budgetKbps) {
      if (isPinned) return;
      learn(bandwidthKbps);
      if (budgetKbps === null) return;
      const excess = bandwidthKbps / budgetKbps;
      if (excess > 1) offset -= Math.ceil(Math.log(excess) / Math.log(growth));
      else if (excess * growth <= 1) offset += 1;
      offset = Math.min(top - dearest, Math.max(-dearest, offset));
    },
    applied(configuration) {
      const index = Math.max(0, quantizerOf(knobs, configuration) + offset);
      return configurationAt(knobs, { ...indicesOf(knobs, configuration), quantizer: index });
    },
  };
}

/**
 * A policy that holds one configuration but for the quantizer, by which the keeper keeps the budget.
 * @throws Error when the configuration holds a value that is not on its ladder
 */
export function rateKept(context: PolicyContext, base: Configuration): Omit<Policy, 'regions' | 'filter'> {
  const keeper = createRateKeeper(context, [base]);
  const decide = (): Decision => decisionAt(context.knobs, keeper.applied(base));
  return {
    ...UNGRADED,
    first: decide,
    next({ bandwidthKbps, budget }) {
      keeper.observe(bandwidthKbps, budget.bandwidthKbps);
      return decide();
    },
  };
}
