/** All policies over time: accuracy, and bandwidth against the budget, on one time axis with one cursor, or as a table. */
import { Panel } from '../controls/Panel.tsx';
import { fixed, quantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { emphasis, useCompared, type Shown } from './compared.ts';
import { highlight, useCompare } from './compareStore.ts';
import { LinesChart } from './LinesChart.tsx';
import { RivalMark } from './RivalMark.tsx';
import { TableToggle } from './TableToggle.tsx';

export function LinesPanel() {
  const shown = useCompared();
  const isTable = useCompare((state) => state.isTable.timeline);
  const pointedAt = useCompare((state) => state.pointedAt);
  const at = Math.min(pointedAt ?? Infinity, shown.done - 1);
  return (
    <Panel
      name="lines"
      title="Timeline"
      tools={
        <>
          <span className="hint number" data-testid="lines-readout">
            {at >= 0 && `F1 and kbps of ${pointedAt === null ? 'the newest' : 'this'} interval, ${at + 1}`}
          </span>
          <TableToggle of="timeline" />
        </>
      }
    >
      {shown.done === 0 ? (
        <p className="empty">Every interval that all policies have finished adds a point here.</p>
      ) : isTable ? (
        <LinesTable shown={shown} />
      ) : (
        <div className="lines">
          <LinesChart shown={shown} at={at} />
          <LinesLegend shown={shown} at={at} />
        </div>
      )}
    </Panel>
  );
}

interface Props {
  readonly shown: Shown;
  /** Index of the interval whose values are shown. */
  readonly at: number;
}

/** The legend is the control: who is pointed at stands out in every chart. */
function LinesLegend({ shown: { rivals, budget }, at }: Props) {
  const highlighted = useCompare((state) => state.highlighted);
  return (
    <ul className="lines-legend number" aria-label="Policies at this interval">
      {rivals.map(({ place, contender, look, intervals }) => (
        <li
          key={place}
          className={emphasis(place, highlighted)}
          onPointerEnter={() => highlight(place)}
          onPointerLeave={() => highlight(null)}
        >
          <button
            type="button"
            className="legend-name"
            onFocus={() => highlight(place)}
            onBlur={() => highlight(null)}
          >
            <RivalMark look={look} />
            <span data-png-text>{contender.name}</span>
          </button>
          <span>
            <span className="visually-hidden">F1 </span>
            <span data-png-text>{fixed(intervals[at]?.accuracy ?? 0, 2)}</span>
          </span>
          <span>
            <span data-png-text>{quantity(intervals[at]?.bandwidthKbps ?? 0)}</span>
            <span className="visually-hidden"> kbps</span>
          </span>
        </li>
      ))}
      {budget.bandwidthKbps !== null && (
        <li>
          <span className="legend-name">
            <svg className="rival-mark" viewBox="0 -7 26 14" width={26} height={14} aria-hidden="true">
              <line x2={26} stroke="var(--data-bound)" strokeWidth={1.3} strokeDasharray="5 3" />
            </svg>
            <span data-png-text>
              <Term name="budget">budget</Term>
            </span>
          </span>
          <span />
          <span>
            <span data-png-text>{quantity(budget.bandwidthKbps)}</span>
            <span className="visually-hidden"> kbps</span>
          </span>
        </li>
      )}
    </ul>
  );
}

/** The same numbers as a table, newest first. */
function LinesTable({ shown: { rivals, done } }: { readonly shown: Shown }) {
  const seconds = Array.from({ length: done }, (_, i) => done - 1 - i);
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of the timeline">
      <table data-testid="lines-table">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Interval
            </th>
            {rivals.map(({ place, contender }) => (
              <th key={place} scope="colgroup" colSpan={2}>
                {contender.name}
              </th>
            ))}
          </tr>
          <tr>
            {rivals.flatMap(({ place }) => [
              <th key={`${place} f1`} scope="col">
                F1
              </th>,
              <th key={`${place} kbps`} scope="col">
                kbps
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {seconds.map((second) => (
            <tr key={second}>
              <th scope="row">{second + 1}</th>
              {rivals.flatMap(({ place, intervals }) => [
                <td key={`${place} f1`}>{fixed(intervals[second]?.accuracy ?? 0, 3)}</td>,
                <td key={`${place} kbps`}>{quantity(intervals[second]?.bandwidthKbps ?? 0)}</td>,
              ])}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
