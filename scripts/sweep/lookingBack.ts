/**
 * What can be had by looking back: after every interval it is told what each configuration of the grid would have given on it, and for the next one takes
 * that which has been worth most at a price so far, older intervals fading. It begins where the source's best static stands, which nobody knows. Nothing is
 * charged. It is no bound: a scheme that reacts to what it has seen is told less, but may have a finer ladder, or see that the content is another before it sends.
 */
import { DEFAULT_ONEADAPT } from '../../src/domain/experiment.ts';
import type { Outcome } from '../../src/domain/hindsight.ts';

export interface Spent extends Outcome {
  readonly gpuMsPerSecond: number;
}

/** What has a price. */
export type Scarce = 'bandwidthKbps' | 'gpuMsPerSecond';

/** Share of an interval's weight that is left when the next is told. 0.5 and 0.9 do as well on docs/results.md, within 3 %. */
const MEMORY = DEFAULT_ONEADAPT.beta;
/** F1 a Mbit/s, and F1 a second of detector time: from next to free to dearer than all there is to win. */
const PRICES = { bandwidthKbps: [0.005, 3], gpuMsPerSecond: [0.005, 40] } as const;
const STEP = 1.1;

/** F1 for 1000 of what is scarce. */
const pricesOf = (scarce: Scarce): number[] => {
  const [from, to] = PRICES[scarce];
  const count = Math.ceil(Math.log(to / from) / Math.log(STEP));
  return Array.from({ length: count + 1 }, (_, i) => from * STEP ** i);
};

/**
 * @param intervals what every configuration has given on each, in the same order on all
 * @returns means over the intervals at each of the prices, which are the same for every source
 */
export const lookingBack = (intervals: readonly (readonly Spent[])[], scarce: Scarce): Spent[] =>
  pricesOf(scarce).map((price) => lookingBackAt(price, intervals, scarce));

/** @param price F1 for 1000 of what is scarce */
export const lookingBackAt = (
  price: number,
  intervals: readonly (readonly Spent[])[],
  scarce: Scarce,
): Spent => meanOf(follow(intervals, (spent) => worthOf(spent, scarce, price)));

const worthOf = (spent: Spent, scarce: Scarce, price: number): number =>
  spent.accuracy - (price * spent[scarce]) / 1000;

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
