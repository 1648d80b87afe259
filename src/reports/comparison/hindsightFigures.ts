/** What the grid tells of a comparison: the statics and their hull, and the oracle, chosen and scored on all or on split halves. */
import type { GridPoint } from '../../domain/comparison.ts';
import {
  bestWithin,
  EVEN,
  ODD,
  oracleFrontier,
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
  const splitHalf = meanCurve(
    oracleFrontier(grid, INTERVAL_SECONDS, EVEN, ODD),
    oracleFrontier(grid, INTERVAL_SECONDS, ODD, EVEN),
  );
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

/** The mean of two curves at equal bandwidth, where both are known. Both by rising bandwidth. */
export function meanCurve(a: readonly Outcome[], b: readonly Outcome[]): Outcome[] {
  const from = Math.max(a[0]?.bandwidthKbps ?? Infinity, b[0]?.bandwidthKbps ?? Infinity);
  const to = Math.min(a.at(-1)?.bandwidthKbps ?? -Infinity, b.at(-1)?.bandwidthKbps ?? -Infinity);
  const at = [...new Set([...a, ...b].map(({ bandwidthKbps }) => bandwidthKbps))]
    .filter((kbps) => kbps >= from && kbps <= to)
    .sort((x, y) => x - y);
  return at.map((bandwidthKbps) => ({
    bandwidthKbps,
    accuracy: (accuracyAt(a, bandwidthKbps) + accuracyAt(b, bandwidthKbps)) / 2,
  }));
}

/** Interpolated between its neighbours; within the curve's ends. */
function accuracyAt(curve: readonly Outcome[], kbps: number): number {
  const next = curve.findIndex(({ bandwidthKbps }) => bandwidthKbps >= kbps);
  const [before, after] = [curve[next - 1], curve[next]];
  if (!after) return curve.at(-1)?.accuracy ?? 0;
  if (!before) return after.accuracy;
  const share = (kbps - before.bandwidthKbps) / (after.bandwidthKbps - before.bandwidthKbps);
  return before.accuracy + share * (after.accuracy - before.accuracy);
}
