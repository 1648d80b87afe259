/** The shown comparison as the panels read it: who took part, how each looks, and the intervals that all have finished. */
import { useDeferredValue, useMemo } from 'react';
import type { Budget } from '../../domain/budget.ts';
import { commonBudget, type Contender } from '../../domain/comparison.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { figuresOf, together, type Figures } from '../../reports/comparison/figures.ts';
import { hindsightOf, type Hindsight } from '../../reports/comparison/hindsightFigures.ts';
import { looksOf, type Look } from '../../reports/comparison/looks.ts';
import type { TermName } from '../help/glossary.ts';
import { NO_BUDGET } from '../../domain/budget.ts';
import { useCompare } from './compareStore.ts';
import { CHOICE_TERMS, choiceOf } from './contenders.ts';

export interface Rival {
  /** Among those that are compared. */
  readonly place: number;
  readonly contender: Contender;
  readonly look: Look;
  readonly term: TermName;
  /** That all have finished. */
  readonly intervals: readonly IntervalRecord[];
  readonly figures: Figures;
}

export interface Shown {
  readonly rivals: readonly Rival[];
  /** Intervals that all have finished. */
  readonly done: number;
  /** Of all; none where they have several. */
  readonly budget: Budget;
  readonly hasSeveralBudgets: boolean;
}

export function useCompared(): Shown {
  // Drawing it may wait until the rest of the page has answered.
  const runs = useDeferredValue(useCompare((state) => state.runs));
  return useMemo(() => {
    const looks = looksOf(runs.map(({ contender }) => contender));
    const common = together(runs);
    const rivals = runs.map(({ contender }, place): Rival => {
      const intervals = common[place] ?? [];
      return {
        place,
        contender,
        look: looks[place] ?? 'static',
        term: CHOICE_TERMS[choiceOf(contender)],
        intervals,
        figures: figuresOf(intervals),
      };
    });
    const budget = commonBudget(runs.map(({ contender }) => contender));
    return {
      rivals,
      done: common[0]?.length ?? 0,
      budget: budget ?? NO_BUDGET,
      hasSeveralBudgets: budget === null,
    };
  }, [runs]);
}

/** What the grid tells so far; null without one. */
export function useHindsight(): Hindsight | null {
  const grid = useDeferredValue(useCompare((state) => state.grid));
  const budgetKbps = useCompare(
    ({ comparison }) => commonBudget(comparison?.contenders ?? [])?.bandwidthKbps ?? null,
  );
  return useMemo(() => hindsightOf(grid, budgetKbps), [grid, budgetKbps]);
}

/** How strongly something of a policy is drawn while another one is pointed at. */
export const emphasis = (place: number, highlighted: number | null): string =>
  highlighted === null || highlighted === place ? '' : ' dimmed';
