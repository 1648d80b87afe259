/** What each policy reached and was charged: a row a policy, sortable, the best of each column marked. */
import { useMemo } from 'react';
import {
  bestOf,
  COLUMNS,
  sorted,
  type Column,
  type ColumnKey,
  type Order,
} from '../../reports/comparison/figures.ts';
import { Icon } from '../controls/Icon.tsx';
import { Panel } from '../controls/Panel.tsx';
import { count, fixed } from '../format.ts';
import type { TermName } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { emphasis, useCompared, useHindsight, type Rival } from './compared.ts';
import { highlight, useCompare } from './compareStore.ts';
import { hindsightRows } from './FrontierPanel.tsx';
import { RivalMark } from './RivalMark.tsx';

const TERMS: Readonly<Record<ColumnKey, TermName>> = {
  accuracy: 'accuracy',
  accuracyTruth: 'accuracyTruth',
  bandwidthKbps: 'bandwidth',
  extraKbps: 'extraBytes',
  detectorMsPerSecond: 'gpu',
  inferencesPerSecond: 'inferences',
  extraInferencesPerSecond: 'inferences',
  backwardPassesPerSecond: 'backwardPasses',
  encodesPerSecond: 'encodes',
  feedbackKbps: 'feedback',
  delayMs: 'delay',
  overBudgetIntervals: 'overBudget',
  bucketViolations: 'tokenBucket',
};

export function FiguresPanel() {
  const { rivals, done, budget, hasSeveralBudgets } = useCompared();
  const of = useResultsOf();
  return (
    <Panel
      name="figures"
      title="Charges"
      tools={
        <span className="hint" data-testid="compare-of">
          {done > 0 && `${of}, ${count(done, 'interval')} of each, `}
          {done > 0 &&
            (hasSeveralBudgets
              ? 'each with a budget of its own'
              : budget.bandwidthKbps === null
                ? 'no bandwidth budget'
                : `${budget.bandwidthKbps} kbps`)}
        </span>
      }
    >
      {done === 0 ? (
        <p className="empty">What each policy reached and what it was charged for it.</p>
      ) : (
        <FiguresTable rivals={rivals} />
      )}
    </Panel>
  );
}

/** What the results are of: the controls may have moved on. */
function useResultsOf(): string {
  const experiment = useCompare((state) => (state.info ?? state.comparison)?.experiment);
  const detector = useCompare((state) => state.info?.environment.detector.name);
  if (!experiment) return '';
  const { source } = experiment;
  const name = source.kind === 'scene' ? source.preset : source.kind === 'clip' ? source.file : source.kind;
  return [name, ...(detector === undefined ? [] : [detector]), `seed ${experiment.seed}`].join(', ');
}

function FiguresTable({ rivals }: { readonly rivals: readonly Rival[] }) {
  const order = useCompare((state) => state.order);
  const highlighted = useCompare((state) => state.highlighted);
  const hindsight = useHindsight();
  const figures = useMemo(() => rivals.map((rival) => rival.figures), [rivals]);
  const columns = COLUMNS.filter(({ key }) => figures.some((row) => row[key] !== null));
  const best = columns.map((column) => bestOf(column, figures));
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of charges">
      <table className="figures-table number" data-testid="figures-table">
        <thead>
          <tr>
            <th scope="col">Policy</th>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(figures, order).map((place) => {
            const rival = rivals[place];
            if (!rival) return null;
            return (
              <tr
                key={place}
                className={emphasis(place, highlighted)}
                data-testid="figures-row"
                onPointerEnter={() => highlight(place)}
                onPointerLeave={() => highlight(null)}
              >
                <th scope="row">
                  <span className="row">
                    <RivalMark look={rival.look} />
                    <Term name={rival.term}>{rival.contender.name}</Term>
                  </span>
                </th>
                {columns.map((column, i) => (
                  <Cell
                    key={column.key}
                    column={column}
                    value={rival.figures[column.key]}
                    isBest={best[i]?.has(place) === true}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
        {hindsight?.within && (
          <tbody className="in-hindsight">
            <tr>
              <th scope="rowgroup" colSpan={1 + columns.length}>
                Within the budget, known only afterwards and charged to nobody
              </th>
            </tr>
            {hindsightRows(hindsight).map(([term, outcome]) => (
              <tr key={term}>
                <th scope="row">
                  <Term name={term} />
                </th>
                {columns.map(({ key, digits }) => (
                  <td key={key}>
                    {key === 'accuracy' || key === 'bandwidthKbps' ? fixed(outcome[key], digits) : ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

function Head({
  column: { key, title, unit, better, isPart },
  order,
}: {
  readonly column: Column;
  readonly order: Order;
}) {
  const isSorted = order.key === key;
  // The best first, then the other way round, then as they were entered.
  const bestFirst = better === 'less';
  const next: Order = !isSorted
    ? { key, isRising: bestFirst }
    : order.isRising === bestFirst
      ? { key, isRising: !bestFirst }
      : { key: null, isRising: false };
  return (
    <th
      scope="col"
      className={isPart ? 'part' : undefined}
      aria-sort={isSorted ? (order.isRising ? 'ascending' : 'descending') : 'none'}
    >
      <span className="column-title">
        <Term name={TERMS[key]}>{title}</Term>
        <button
          type="button"
          className="sort"
          aria-label={`Sort by ${title}, ${unit}`}
          title="Sort"
          data-testid={`sort-${key}`}
          onClick={() => useCompare.setState({ order: next })}
        >
          <Icon name={isSorted ? (order.isRising ? 'up' : 'fall') : 'sort'} />
        </button>
      </span>
      <span className="unit">{unit}</span>
    </th>
  );
}

interface CellProps {
  readonly column: Column;
  readonly value: number | null;
  readonly isBest: boolean;
}

function Cell({ column: { digits, isPart }, value, isBest }: CellProps) {
  const text = value === null ? '–' : fixed(value, digits);
  return (
    <td className={isPart ? 'part' : undefined}>
      {isBest ? (
        <b className="best">
          {text}
          <span className="visually-hidden"> best</span>
        </b>
      ) : (
        text
      )}
    </td>
  );
}
