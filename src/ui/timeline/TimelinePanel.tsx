/** The run over time: small multiples on one axis with one cursor, or the same as a table. */
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { topConfiguration } from '../../domain/configuration.ts';
import { Icon } from '../controls/Icon.tsx';
import { Panel } from '../controls/Panel.tsx';
import { useLab } from '../store/labStore.ts';
import { chartsOf } from './charts.ts';
import { MAX_POINTS, rowsOf } from './rows.ts';
import { TimelineChart } from './TimelineChart.tsx';
import { TimelineTable } from './TimelineTable.tsx';

export function TimelinePanel() {
  // Drawing five charts may wait until the rest of the page has answered.
  const records = useDeferredValue(useLab((state) => state.records));
  const knobs = useLab((state) => state.info?.knobs);
  const rows = useMemo(() => rowsOf(records, knobs ? topConfiguration(knobs) : {}), [records, knobs]);
  const tuned = useLab((state) => state.draft.knobs);
  const charts = useMemo(() => chartsOf(tuned), [tuned]);
  const [hover, setHover] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const onHover = useCallback((index: number | null) => setHover(index), []);
  const hovered = hover === null ? undefined : rows[Math.min(hover, rows.length - 1)];
  const shown = hovered ?? rows.at(-1);
  const pointedAt = hovered ? hovered.interval - 1 : null;
  useEffect(() => useLab.setState({ pointedAt }), [pointedAt]);
  const note = records.length > MAX_POINTS ? `newest ${MAX_POINTS} intervals` : '';
  return (
    <Panel
      name="timeline"
      title="Timeline"
      tools={
        <>
          <span className="hint number timeline-readout" title={shown?.ran} data-testid="timeline-readout">
            {shown && `${hovered ? 'at' : 'newest'}: interval ${shown.interval} · ${shown.ran}`}
            {note !== '' && ` · ${note}`}
          </span>
          <button
            type="button"
            className="button"
            aria-pressed={isTable}
            data-testid="timeline-toggle"
            onClick={() => setTable(!isTable)}
          >
            <Icon name={isTable ? 'chart' : 'table'} />
            <span>{isTable ? 'Charts' : 'Table'}</span>
          </button>
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="empty">Every finished interval adds a point here.</p>
      ) : isTable ? (
        <TimelineTable rows={rows} knobs={tuned} />
      ) : (
        <div className="multiples">
          {charts.map((chart, i) => (
            <TimelineChart
              key={chart.id}
              chart={chart}
              rows={rows}
              shown={shown}
              isLowest={i === charts.length - 1}
              onHover={onHover}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}
