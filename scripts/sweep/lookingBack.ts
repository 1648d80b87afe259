/**
 * What can be had by looking back: after every interval it is told what each configuration of the grid would have given on it, and for the next one takes
 * that which has been worth most at a price so far, older intervals fading. It begins where the source's best static stands, which nobody knows. Nothing is
 * charged. It is no bound: a scheme that reacts to what it has seen is told less, but may have a finer ladder, or see that the content is another before it sends.
 */
import type { Resource } from '../../src/domain/budget.ts';
import { DEFAULT_ONEADAPT } from '../../src/domain/experiment.ts';
import type { Outcome } from '../../src/domain/hindsight.ts';

export interface Spent extends Outcome {
  readonly gpuMsPerSecond: number;
}

/** What is spent of a resource. */
const USED = { bandwidth: 'bandwidthKbps', gpu: 'gpuMsPerSecond' } as const;

/** Share of an interval's weight that is left when the next is told. */
const MEMORY = DEFAULT_ONEADAPT.beta;
/** F1 a Mbit/s, and F1 a second of detector time: from next to free to dearer than all there is to win. */
const PRICES = { bandwidth: [0.005, 3], gpu: [0.005, 40] } as const;
const STEP = 1.1;

/** F1 for 1000 of what is spent. */
const pricesOf = (resource: Resource): number[] => {
  const [from, to] = PRICES[resource];
  const count = Math.ceil(Math.log(to / from) / Math.log(STEP));
  return Array.from({ length: count + 1 }, (_, i) => from * STEP ** i);
};

/**
 * @param intervals what every configuration has given on each, in the same order on all
 * @returns means over the intervals at each of the prices, which are the same for every source
 */
export const lookingBack = (intervals: readonly (readonly Spent[])[], resource: Resource): Spent[] =>
  pricesOf(resource).map((price) => lookingBackAt(price, intervals, resource));

/** @param price F1 for 1000 of what is spent */
export const lookingBackAt = (
  price: number,
  intervals: readonly (readonly Spent[])[],
  resource: Resource,
): Spent => meanOf(follow(intervals, (spent) => worthOf(spent, resource, price)));

const worthOf = (spent: Spent, resource: Resource, price: number): number =>
  spent.accuracy - (price * spent[USED[resource]]) / 1000;

function follow(intervals: readonly (readonly Spent[])[], worth: (spent: Spent) => number): Spent[] {
  const totals = (intervals[0] ?? []).map((_, place) => {
    const own = intervals.flatMap((interval) => interval[place] ?? []);
    return own.reduce((sum, spent) => sum + worth(spent), 0);
  });
  let place = best(totals);
  let worths = totals.map(() => 0);
  return intervals.flatMap((interval) => {
    const taken = interval[place] ?? [];
    worths = interval.map((spent, i) => MEMORY * (worths[i] ?? 0) + worth(spent));
    place = best(worths);
    return taken;
  });
}

const best = (worths: readonly number[]): number => worths.indexOf(Math.max(...worths));

function meanOf(spent: readonly Spent[]): Spent {
  const mean = (of: keyof Spent): number =>
    spent.reduce((sum, one) => sum + one[of], 0) / Math.max(1, spent.length);
  return {
    accuracy: mean('accuracy'),
    bandwidthKbps: mean('bandwidthKbps'),
    gpuMsPerSecond: mean('gpuMsPerSecond'),
  };
}
