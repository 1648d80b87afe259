/** How soon a policy is where it should be after the content has changed at once. */
import type { Configuration } from './configuration.ts';
import { bestWithin, statics, type Grid } from './hindsight.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from './interval.ts';

/** Intervals after a change within which a policy is to have found its place. */
export const RECOVERY_INTERVALS = 4;

export interface Recovery {
  /** The content's first interval. */
  readonly from: number;
  /** Best static configuration for the whole content under the budget, in hindsight; its place in the grid. */
  readonly best: number;
  /** Mean F1 of that static, and of the policy, over the intervals from the fifth on. */
  readonly bestAccuracy: number;
  readonly accuracy: number;
  readonly bestKbps: number;
  readonly bandwidthKbps: number;
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);

/**
 * @param records of the policy
 * @param grid of the same intervals
 * @param starts first interval of each content, the first being 0
 * @returns for each content; left out where no configuration of the grid fits the budget, or it is too short
 */
export function recoveries(
  records: readonly Pick<IntervalRecord, 'accuracy' | 'bandwidthKbps'>[],
  grid: Grid,
  starts: readonly number[],
  budgetKbps: number,
): Recovery[] {
  return starts.flatMap((from, i) => {
    const to = starts[i + 1] ?? grid.length;
    const settled = from + RECOVERY_INTERVALS;
    const best = bestWithin(statics(grid.slice(from, to), INTERVAL_SECONDS), budgetKbps);
    const place = best?.configurations[0];
    if (place === undefined || settled >= to) return [];
    const settledBest = statics(grid.slice(settled, to), INTERVAL_SECONDS)[place];
    const ran = records.slice(settled, to);
    return [
      {
        from,
        best: place,
        bestAccuracy: settledBest?.accuracy ?? 0,
        accuracy: mean(ran.map(({ accuracy }) => accuracy)),
        bestKbps: settledBest?.bandwidthKbps ?? 0,
        bandwidthKbps: mean(ran.map(({ bandwidthKbps }) => bandwidthKbps)),
      },
    ];
  });
}

/** In a line. */
export const configurationName = ({ resolution, quantizer, frameRate }: Configuration): string =>
  `${resolution} q${quantizer} ${frameRate} fps`;
