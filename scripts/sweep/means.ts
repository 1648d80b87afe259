/** Sources put together, each with the same weight: means of accuracy and of bandwidth. */
import type { Budget } from '../../src/domain/budget.ts';
import { oracleFrontier, type Outcome } from '../../src/domain/hindsight.ts';
import type { Cell, CellFigures, Hindsight, Results } from './results.ts';

/** What a policy reached at each budget; null where its job failed. */
export interface PolicyOutcomes {
  /** Of the curve. */
  readonly label: string;
  /** In the order of its policies, and of the budgets of each. */
  readonly outcomes: readonly (MeanFigures | null)[];
}

export interface MeanFigures extends Outcome {
  readonly policy: string;
  readonly budget: Budget;
  readonly gpuMsPerSecond: number;
  readonly violations: number;
  readonly seconds: number;
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);

/**
 * Every curve over some cells, a mean for each policy and budget.
 * @param isTaken takes all cells where left out; a budget of which one of them failed has no mean
 */
export function policyOutcomes(
  { sweep, cells }: Pick<Results, 'sweep' | 'cells'>,
  isTaken: (cell: Cell) => boolean = () => true,
): PolicyOutcomes[] {
  const taken = cells.filter(isTaken);
  const meanOf = (label: string, budget: Budget): MeanFigures | null => {
    const name = JSON.stringify(budget);
    const own = taken.filter((cell) => cell.policy === label && JSON.stringify(cell.budget) === name);
    const figures = own.filter((cell): cell is Cell & CellFigures => !('error' in cell));
    if (own.length === 0 || figures.length < own.length) return null;
    return {
      ...{ policy: label, budget },
      accuracy: mean(figures.map(({ accuracy }) => accuracy)),
      bandwidthKbps: mean(figures.map(({ bandwidthKbps }) => bandwidthKbps)),
      gpuMsPerSecond: mean(figures.map(({ gpuMsPerSecond }) => gpuMsPerSecond)),
      violations: figures.reduce((sum, { violations }) => sum + violations, 0),
      seconds: figures.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  };
  return [...new Set(sweep.policies.map(({ curve }) => curve))].map((curve) => ({
    label: curve,
    outcomes: sweep.policies
      .filter((policy) => policy.curve === curve)
      .flatMap(({ label, budgets = sweep.budgets }) => budgets.map((budget) => meanOf(label, budget))),
  }));
}

/** Each place of the grid held on every source; empty where their grids are not alike. */
export const meanStatics = (all: readonly Pick<Hindsight, 'statics'>[]): Outcome[] =>
  meanOutcomes(all.map(({ statics }) => statics));

/** The mean of the sources' first outcomes, of their second ones, and so on; empty where one has more of them than another. */
export function meanOutcomes(all: readonly (readonly Outcome[])[]): Outcome[] {
  const count = all[0]?.length ?? 0;
  if (all.some(({ length }) => length !== count)) return [];
  return Array.from({ length: count }, (_, place) => {
    const points = all.flatMap((outcomes) => outcomes[place] ?? []);
    return {
      bandwidthKbps: mean(points.map(({ bandwidthKbps }) => bandwidthKbps)),
      accuracy: mean(points.map(({ accuracy }) => accuracy)),
    };
  });
}

/**
 * The frontier of a choice for each source: bytes go where they are worth most. Of every source's statics it is the best static of
 * each source; of their oracles it is the oracle of all.
 */
export function sharedFrontier(choices: readonly (readonly Outcome[])[]): Outcome[] {
  const BYTES_PER_KBIT = 125;
  const grid = choices.map((outcomes) =>
    outcomes.map(({ bandwidthKbps, accuracy }, configuration) => ({
      ...{ configuration, bytes: bandwidthKbps * BYTES_PER_KBIT, frames: 1 },
      accuracies: [accuracy],
    })),
  );
  return oracleFrontier(grid, 1).map(({ bandwidthKbps, accuracy }) => ({ bandwidthKbps, accuracy }));
}
