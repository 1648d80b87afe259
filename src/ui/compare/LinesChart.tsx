/** Two charts over one time axis as SVG. The cursor is a slider: the pointer and the arrow keys move it. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { IntervalRecord } from '../../domain/interval.ts';
import { DASHES } from '../../reports/comparison/looks.ts';
import { bandwidthAxis, lowerEnd } from '../../reports/comparison/plane.ts';
import { wholeTicks } from '../../reports/html/ticks.ts';
import { fixed, quantity } from '../format.ts';
import { useElementSize } from '../stage/useElementSize.ts';
import { emphasis, type Rival, type Shown } from './compared.ts';
import { useCompare } from './compareStore.ts';
import { colourOf } from './RivalMark.tsx';
import { intervalAt, MAX_POINTS, stepPath } from './series.ts';

/** Pixels. */
const LEFT = 40;
const RIGHT = 8;
const TITLE = 18;
const AXIS = 18;
const GAP = 10;
/** Half the width of the longest label of a second. */
const LABEL_HALF = 20;

interface Props {
  readonly shown: Shown;
  readonly at: number;
}

export function LinesChart({ shown, at }: Props) {
  const space = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(space);
  const { rivals, done, budget } = shown;
  const first = Math.max(0, done - MAX_POINTS);
  const x = scaleLinear([first, Math.max(first + 1, done)], [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const chartHeight = (height - AXIS - GAP) / 2;
  const drawn = rivals.map((rival) => ({ rival, intervals: rival.intervals.slice(first) }));
  const accuracies = drawn.flatMap(({ intervals }) => intervals.map(({ accuracy }) => accuracy));
  const rates = drawn.flatMap(({ intervals }) => intervals.map(({ bandwidthKbps }) => bandwidthKbps));
  const low = lowerEnd(accuracies.map((accuracy) => ({ accuracy })));
  const bandwidth = bandwidthAxis(rates.concat(budget.bandwidthKbps ?? []));
  const charts: readonly Chart[] = [
    {
      title: 'Accuracy, F1',
      scale: (range) => scaleLinear([low, 1], range),
      ticks: [low, (low + 1) / 2, 1],
      of: (i) => i.accuracy,
      bound: null,
      top: 0,
    },
    {
      title: 'Bandwidth, kbps, logarithmic',
      scale: (range) => scaleLog([bandwidth.low, bandwidth.high], range).clamp(true),
      ticks: bandwidth.ticks,
      of: (i) => i.bandwidthKbps,
      bound: budget.bandwidthKbps,
      top: chartHeight + GAP,
    },
  ];
  return (
    <div className="lines-chart" ref={space}>
      {width > 0 && height > 2 * (TITLE + AXIS) && (
        <>
          <svg width={width} height={height} role="img" aria-label={describe(rivals, done)}>
            {charts.map((chart) => (
              <Lines key={chart.title} chart={chart} drawn={drawn} first={first} x={x} height={chartHeight} />
            ))}
            {wholeTicks(first, Math.max(first + 1, done), 6).map((second) => (
              <text
                key={second}
                className="axis-tick"
                x={x(second)}
                y={height - 4}
                textAnchor={x(second) > width - LABEL_HALF ? 'end' : 'middle'}
              >
                {second} s
              </text>
            ))}
            <line className="cursor" x1={x(at + 0.5)} x2={x(at + 0.5)} y1={TITLE} y2={height - AXIS} />
          </svg>
          <Cursor shown={shown} at={at} first={first} x={x} />
        </>
      )}
    </div>
  );
}

interface Chart {
  readonly title: string;
  /** @param range from bottom to top, pixels */
  readonly scale: (range: [number, number]) => Scale;
  readonly ticks: readonly number[];
  readonly of: (interval: IntervalRecord) => number;
  readonly bound: number | null;
  /** Pixels from the top. */
  readonly top: number;
}

type Scale = (value: number) => number;

interface LinesProps {
  readonly chart: Chart;
  readonly drawn: readonly { readonly rival: Rival; readonly intervals: readonly IntervalRecord[] }[];
  readonly first: number;
  readonly x: Scale & { range(): number[] };
  readonly height: number;
}

function Lines({ chart, drawn, first, x, height }: LinesProps) {
  const highlighted = useCompare((state) => state.highlighted);
  const { title, scale, ticks, of, bound, top } = chart;
  const y = scale([top + height, top + TITLE]);
  const [left = 0, right = 0] = x.range();
  return (
    <g>
      <text className="axis-title" x={0} y={top + 10}>
        {title}
      </text>
      {ticks.map((tick) => (
        <g key={tick} className="gridline">
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text className="axis-tick" x={left - 5} y={y(tick)} textAnchor="end" dominantBaseline="central">
            {Number(tick.toFixed(2))}
          </text>
        </g>
      ))}
      {bound !== null && <line className="bound" x1={left} x2={right} y1={y(bound)} y2={y(bound)} />}
      {drawn.map(({ rival: { place, look }, intervals }) => (
        <path
          key={place}
          className={`rival-line${emphasis(place, highlighted)}`}
          d={stepPath(intervals.map(of), first, x, y)}
          stroke={colourOf(look)}
          strokeDasharray={DASHES[look]}
        />
      ))}
    </g>
  );
}

interface CursorProps extends Props {
  readonly first: number;
  readonly x: Scale & { invert(pixel: number): number };
}

const TURNS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

function Cursor({ shown: { rivals, done }, at, first, x }: CursorProps) {
  const point = (interval: number): void =>
    useCompare.setState({ pointedAt: intervalAt(interval, first, done - 1) });
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void =>
    point(x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const onKeyDown = (event: KeyboardEvent): void => {
    const turn = TURNS[event.key];
    if (turn === undefined) return;
    event.preventDefault();
    point(at + turn);
  };
  const letGo = (): void => useCompare.setState({ pointedAt: null });
  const values = rivals.map(
    ({ contender, intervals }) =>
      `${contender.name} F1 ${fixed(intervals[at]?.accuracy ?? 0, 2)}, ${quantity(intervals[at]?.bandwidthKbps ?? 0)} kbps`,
  );
  return (
    <div
      className="lines-cursor"
      role="slider"
      tabIndex={0}
      aria-label="Interval of the timeline"
      aria-valuemin={first + 1}
      aria-valuemax={done}
      aria-valuenow={at + 1}
      aria-valuetext={`Interval ${at + 1}: ${values.join('; ')}`}
      onPointerMove={onPointerMove}
      onPointerLeave={letGo}
      onBlur={letGo}
      onKeyDown={onKeyDown}
    />
  );
}

function describe(rivals: readonly Rival[], done: number): string {
  const means = rivals.map(
    ({ contender, figures }) =>
      `${contender.name} F1 ${fixed(figures.accuracy, 3)} at ${quantity(figures.bandwidthKbps)} kbps`,
  );
  return `Accuracy and bandwidth of each policy over ${done} intervals. Means: ${means.join('; ')}.`;
}
