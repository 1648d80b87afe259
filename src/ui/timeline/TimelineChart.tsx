/** One of the small multiples. The cursor is shared through `syncId`; the numbers stand beside it. */
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { Term } from '../help/Term.tsx';
import type { Chart, Series } from './charts.ts';
import type { Row } from './rows.ts';

interface Props {
  readonly chart: Chart;
  readonly rows: readonly Row[];
  /** The interval whose numbers stand beside the chart. */
  readonly shown: Row | undefined;
  readonly isLowest: boolean;
  readonly onHover: (index: number | null) => void;
}

const MARGIN = { top: 4, right: 6, bottom: 0, left: 0 };
const AXIS_WIDTH = 44;
const X_AXIS_HEIGHT = 18;

export const TimelineChart = memo(function TimelineChart({ chart, rows, shown, isLowest, onHover }: Props) {
  const withEnd = closed(rows);
  return (
    <div
      className={isLowest ? 'multiple multiple-lowest' : 'multiple'}
      role="group"
      aria-label={describe(chart, shown)}
    >
      <div className="multiple-name">
        <span data-png-text>
          <Term name={chart.term}>{chart.title}</Term>
        </span>
        <span className="unit" data-png-text>
          {chart.unit}
        </span>
      </div>
      <div className="multiple-chart">
        <LineChart
          responsive
          style={{ width: '100%', height: '100%' }}
          data={withEnd}
          syncId="timeline"
          margin={MARGIN}
          title={`${chart.title} over time`}
          onMouseMove={({ activeTooltipIndex }) =>
            onHover(
              activeTooltipIndex === null || activeTooltipIndex === undefined
                ? null
                : Number(activeTooltipIndex),
            )
          }
          onMouseLeave={() => onHover(null)}
        >
          <CartesianGrid vertical={false} stroke="var(--line-soft)" />
          <XAxis
            dataKey="second"
            type="number"
            domain={['dataMin', 'dataMax']}
            hide={!isLowest}
            height={X_AXIS_HEIGHT}
            tick={{ fontSize: 10, fill: 'var(--muted)' }}
            stroke="var(--line)"
            tickFormatter={(second: number) => `${Math.round(second)} s`}
            allowDecimals={false}
            minTickGap={28}
          />
          <YAxis
            width={AXIS_WIDTH}
            domain={[lowerEnd(chart, rows), chart.domain[1]]}
            tickCount={3}
            tick={{ fontSize: 10, fill: 'var(--muted)' }}
            stroke="var(--line)"
            tickFormatter={compact}
            allowDataOverflow={chart.domain[0] === 'floor'}
          />
          <Tooltip
            content={() => null}
            cursor={{ stroke: 'var(--ink)', strokeWidth: 1 }}
            isAnimationActive={false}
          />
          {chart.series.map((series) => (
            <Line
              key={series.key}
              dataKey={series.key}
              name={series.label}
              type="stepAfter"
              stroke={`var(${series.colour})`}
              strokeWidth={series.isBound === true ? 1.3 : 1.7}
              {...(series.dash === undefined ? {} : { strokeDasharray: series.dash })}
              dot={chart.over !== undefined && series.isBound !== true ? overMark(chart.over) : false}
              activeDot={{ r: 3 }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </div>
      <ul className="multiple-values">
        {chart.series.map((series) => (
          <Value key={series.key} series={series} chart={chart} row={shown} />
        ))}
      </ul>
    </div>
  );
});

function Value({
  series,
  chart,
  row,
}: {
  readonly series: Series;
  readonly chart: Chart;
  readonly row: Row | undefined;
}) {
  const value = row?.[series.key];
  const isOver = row !== undefined && chart.over !== undefined && series.isBound !== true && row[chart.over];
  return (
    <li>
      <svg className="sample" viewBox="0 0 16 4" aria-hidden="true">
        <line x2="16" y1="2" y2="2" stroke={`var(${series.colour})`} strokeDasharray={series.dash} />
      </svg>
      <span className="hint" data-png-text>
        {series.label}
      </span>
      <b className={isOver ? 'number warn' : 'number'} data-png-text>
        {isOver && '▲ '}
        {typeof value === 'number' ? chart.write(value) : series.isBound === true ? 'off' : '–'}
      </b>
    </li>
  );
}

/** The last interval lasts a second too: its values again at its end. */
function closed(rows: readonly Row[]): Row[] {
  const last = rows.at(-1);
  if (!last) return [];
  return [
    ...rows,
    { ...last, second: last.second + INTERVAL_SECONDS, isOverBandwidth: false, isOverGpu: false },
  ];
}

/** A triangle on every interval over its budget: shape as well as colour. */
function overMark(over: 'isOverBandwidth' | 'isOverGpu') {
  return function OverMark({
    cx,
    cy,
    payload,
    index,
  }: {
    cx?: number;
    cy?: number;
    payload?: Row;
    index?: number;
  }) {
    if (payload?.[over] !== true || cx === undefined || cy === undefined) return <g key={index} />;
    return <path key={index} className="over-mark" d={`M${cx} ${cy - 7}l4.5 7h-9z`} />;
  };
}

/** Accuracy's axis begins a little below the worst shown. */
function lowerEnd(chart: Chart, rows: readonly Row[]): number {
  if (chart.domain[0] !== 'floor') return chart.domain[0];
  const values = rows.flatMap((r) =>
    r.accuracyTruth === null ? [r.accuracy] : [r.accuracy, r.accuracyTruth],
  );
  return Math.max(0, Math.min(0.8, Math.floor(Math.min(1, ...values) * 5) / 5));
}

const compact = (value: number): string =>
  value >= 1000 ? `${Number((value / 1000).toPrecision(2))}k` : String(Number(value.toPrecision(2)));

function describe(chart: Chart, row: Row | undefined): string {
  if (!row) return `${chart.title}: no interval yet`;
  const values = chart.series.map((s) => {
    const value = row[s.key];
    return `${s.label} ${typeof value === 'number' ? chart.write(value) : 'none'}`;
  });
  return `${chart.title} at interval ${row.interval}: ${values.join(', ')} ${chart.unit}`;
}
