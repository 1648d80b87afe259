/** What the grid tells of a comparison: the statics and their hull, and the oracle, chosen and scored on all or on split halves. */
import type { GridPoint } from '../../domain/comparison.ts';
import {
  bestWithin,
  oracleFrontier,
  splitHalfFrontier,
  statics,
  timeSharedHull,
  type GridChoice,
  type Outcome,
} from '../../domain/hindsight.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';

export interface Hindsight {
  readonly statics: readonly GridChoice[];
  /** Of the statics: what sharing time among them would give. */
  readonly hull: readonly Outcome[];
  readonly oracle: readonly Outcome[];
  /** The oracle that chooses on every other frame and is scored on the rest, mean of both ways. */
  readonly splitHalf: readonly Outcome[];
  /** Within the budget; null where even the cheapest takes more. */
  readonly within: {
    readonly bestStatic: GridChoice;
    readonly oracle: Outcome;
    readonly splitHalf: Outcome;
  } | null;
}

/** @param budgetKbps null: no bound */
export function hindsightOf(
  grid: readonly (readonly GridPoint[])[],
  budgetKbps: number | null,
): Hindsight | null {
  if ((grid[0]?.length ?? 0) === 0) return null;
  const held = statics(grid, INTERVAL_SECONDS);
  const oracle = oracleFrontier(grid, INTERVAL_SECONDS);
  const splitHalf = splitHalfFrontier(grid, INTERVAL_SECONDS);
  const bound = budgetKbps ?? Infinity;
  const bestStatic = bestWithin(held, bound);
  const bestOracle = bestWithin(oracle, bound);
  // The choice was made on the other half, so the dearest within the budget counts, not the luckiest.
  const bestSplit = splitHalf.findLast(({ bandwidthKbps }) => bandwidthKbps <= bound);
  return {
    statics: held,
    hull: timeSharedHull(held),
    oracle,
    splitHalf,
    within:
      bestStatic && bestOracle && bestSplit ? { bestStatic, oracle: bestOracle, splitHalf: bestSplit } : null,
  };
}
