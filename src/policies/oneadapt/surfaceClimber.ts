/**
 * The lab's ascent: what all AccGrads so far have told of the loss (lossSurface.ts) is climbed to where gains and charges meet (ascent.ts), at the
 * least prices that keep the budgets (prices.ts). To the most expensive configuration, whose F1 is 1 by definition, it jumps where
 * that is worth its charge.
 */
import type { Prices } from '../../domain/budget.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import { ascend } from './ascent.ts';
import type { Climber, ClimbView } from './climber.ts';
import { foundNothing } from './foundNothing.ts';
import { createLossSurface } from './lossSurface.ts';
import { clearingPrices, type PricedResource } from './prices.ts';
import { chargesOf, costOf, isWithin } from './resources.ts';

/** A budget that cannot be met must not wind its price up without end; in units of the largest AccGrad. */
const LARGEST_PRICE = 20;

const sumOf = (a: Prices, b: Prices): Prices => ({
  bandwidth: a.bandwidth + b.bandwidth,
  gpu: a.gpu + b.gpu,
});

/**
 * @param memory share of an interval's weight that is left when the next is told, 0 … 1
 * @param referenceNow place of the most expensive configuration; null while it cannot be climbed to
 * @param steps distance of two neighbours, per knob: a place nearer than half of it to the reference rounds to it
 * @param ranAt place of an interval's configuration
 */
export function createSurfaceClimber({
  memory,
  climbing,
  referenceNow,
  steps,
  ranAt,
}: {
  readonly memory: number;
  readonly climbing: readonly KnobName[];
  readonly referenceNow: () => PerKnob | null;
  readonly steps: Readonly<Record<KnobName, number>>;
  readonly ranAt: (configuration: Configuration) => PerKnob;
}): Climber {
  const surface = createLossSurface(memory);
  let hasSeen = false;
  const perKnob = (of: (name: KnobName) => number): PerKnob =>
    Object.fromEntries(climbing.map((name) => [name, of(name)]));
  const isReference = (at: PerKnob): boolean => {
    const reference = referenceNow();
    return (
      reference !== null &&
      climbing.every((name) => Math.abs((at[name] ?? 0) - (reference[name] ?? 0)) < steps[name] / 2)
    );
  };
  const loss = (at: PerKnob): number => surface.loss(at) - (isReference(at) ? surface.leftOver() : 0);

  const climbedAt = (prices: Prices, { positions, resources, direction, reach }: ClimbView): PerKnob =>
    ascend(
      perKnob((name) => positions[name] ?? 0),
      surface,
      chargesOf(resources, prices, direction.scale),
      reach,
    );

  /** The least prices that keep the budgets, beside those that are fixed. What has no bound or no knob that moves it has none. */
  const clearing = (view: ClimbView): Prices => {
    const { positions, resources, bandwidthGrads, gpuGrads, filter, withFilter } = view;
    const isSpent = (gradients: PerKnob, use: (at: PerKnob) => number): boolean =>
      climbing.some((name) => gradients[name] !== 0) ||
      use(filter.dearest(positions)) > use(filter.cheapest(positions));
    const priced: PricedResource[] = (
      [
        ['bandwidth', bandwidthGrads],
        ['gpu', gpuGrads],
      ] as const
    ).flatMap(([resource, gradients]) => {
      const { use, target } = resources[resource];
      const load = (cleared: Prices): number => {
        const prices = sumOf(view.fixedPrices, cleared);
        return use(withFilter(climbedAt(prices, view), prices)) / target;
      };
      return target < Infinity && isSpent(gradients, use) ? [{ resource, load }] : [];
    });
    return clearingPrices(priced, LARGEST_PRICE);
  };

  /** Is the reference in reach, within the budgets, and worth more than where the slopes lead? */
  const isWorthJumping = (to: PerKnob, nearby: PerKnob, prices: Prices, view: ClimbView): boolean => {
    const { positions, resources, direction, reach } = view;
    const worth = (at: PerKnob): number => -loss(at) / direction.scale - costOf(resources, at, prices);
    const isInReach = climbing.every((name) => (to[name] ?? 0) - (positions[name] ?? 0) <= reach(name).rise);
    return isInReach && isWithin(resources, to) && worth(to) > worth(nearby);
  };

  return {
    loss,
    observe(told, observation, positions, idleScale) {
      const { configuration, newContent, cut } = observation;
      if (newContent || cut) surface.forget();
      if (foundNothing(observation) && hasSeen) surface.observeNothing();
      else surface.observe(Object.fromEntries(told), ranAt(configuration));
      hasSeen = true;
      const slopes = climbing.map((name) => [name, surface.slope(name, positions[name] ?? 0)] as const);
      const largest = Math.max(0, ...slopes.map(([, slope]) => Math.abs(slope)));
      const scale = largest === 0 ? idleScale() : Math.max(largest, 1e-12);
      return { unit: Object.fromEntries(slopes.map(([name, slope]) => [name, slope / scale])), scale };
    },
    climb(view) {
      const cleared = clearing(view);
      const prices = sumOf(view.fixedPrices, cleared);
      const nearby = climbedAt(prices, view);
      const reference = referenceNow();
      return {
        positions: reference && isWorthJumping(reference, nearby, prices, view) ? reference : nearby,
        unitPrices: prices,
        isBound: cleared.bandwidth > 0 || cleared.gpu > 0,
      };
    },
  };
}
