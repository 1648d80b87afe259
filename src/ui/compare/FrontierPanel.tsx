/** What accuracy each policy had for what bandwidth, and what the grid knows afterwards; or the same as a table. */
import { Panel } from '../controls/Panel.tsx';
import { fixed, quantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import type { Hindsight } from '../../reports/comparison/hindsightFigures.ts';
import type { Outcome } from '../../domain/hindsight.ts';
import { useCompared, useHindsight, type Shown } from './compared.ts';
import { useCompare } from './compareStore.ts';
import { FrontierPlot } from './FrontierPlot.tsx';
import { TableToggle } from './TableToggle.tsx';

export function FrontierPanel() {
  const shown = useCompared();
  const hindsight = useHindsight();
  const isTable = useCompare((state) => state.isTable.frontier);
  return (
    <Panel
      name="frontier"
      title={<Term name="frontier" />}
      tools={
        <>
          <span className="hint">means over {shown.done} s</span>
          <TableToggle of="frontier" />
        </>
      }
    >
      {shown.done === 0 ? (
        <p className="empty">A mark a policy, once all have finished an interval.</p>
      ) : isTable ? (
        <FrontierTable shown={shown} hindsight={hindsight} />
      ) : (
        <>
          <FrontierPlot shown={shown} hindsight={hindsight} />
          {hindsight && <CurvesLegend />}
        </>
      )}
    </Panel>
  );
}

function CurvesLegend() {
  return (
    <ul className="curves-legend">
      <li>
        <Sample className="curve-hull" />
        <Term name="bestStatic">hull of the statics</Term>
      </li>
      <li>
        <Sample className="curve-oracle" />
        <Term name="oracle">oracle</Term>
      </li>
      <li>
        <Sample className="curve-split" />
        <Term name="splitHalf">on split halves</Term>
      </li>
    </ul>
  );
}

const Sample = ({ className }: { readonly className: string }) => (
  <svg className="rival-mark" viewBox="0 -4 26 8" width={26} height={8} aria-hidden="true">
    <path className={className} d="M0 0H26" />
  </svg>
);

interface Props {
  readonly shown: Shown;
  readonly hindsight: Hindsight | null;
}

/** What of the grid is told beside the policies, within the budget. */
export const hindsightRows = (
  hindsight: Hindsight | null,
): readonly (readonly [term: 'bestStatic' | 'oracle' | 'splitHalf', outcome: Outcome])[] => {
  const within = hindsight?.within;
  return within
    ? [
        ['bestStatic', within.bestStatic],
        ['oracle', within.oracle],
        ['splitHalf', within.splitHalf],
      ]
    : [];
};

function FrontierTable({ shown: { rivals }, hindsight }: Props) {
  const rows = [
    ...rivals.map(({ contender, figures, term }) => [contender.name, term, figures] as const),
    ...hindsightRows(hindsight).map(([term, outcome]) => [undefined, term, outcome] as const),
  ];
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of the frontier">
      <table data-testid="frontier-table">
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col">F1</th>
            <th scope="col">kbps</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, term, { accuracy, bandwidthKbps }]) => (
            <tr key={name ?? term}>
              <th scope="row">
                <Term name={term}>{name}</Term>
              </th>
              <td>{fixed(accuracy, 3)}</td>
              <td>{quantity(bandwidthKbps)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
