/** The true change by each step of an interval as bars, with what the estimators had said on the same axis. */
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { useMemo, useRef } from 'react';
import type { IntervalRecord } from '../../domain/interval.ts';
import { KNOB_LABELS } from '../../domain/knob.ts';
import { axis } from '../../reports/html/axes.ts';
import { fixed, signed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { useElementSize } from '../stage/useElementSize.ts';
import { useLab } from '../store/labStore.ts';
import { Key } from './Key.tsx';
import type { Measured } from './measured.ts';
import { estimateLabel, stepRows, type StepRow } from './steps.ts';
import { tickLabels } from './tickLabels.ts';

/** Pixels. */
const ROW = { few: 24, many: 19 };
/** As many rows as the panel holds at their larger height. */
const FEW_ROWS = 6;
const GROUP_GAP = 5;
const AXIS_ROOM = 20;
const BAR = 9;
/** Of the letters of a knob's name, and of what comes after it. */
const LETTER = 7.2;
const TO_ROOM = 78;
const RIGHT = 50;
const DIAMOND = 'M0-5L5 0 0 5-5 0z';

interface Props {
  readonly found: Measured;
  readonly record: IntervalRecord;
  readonly estimator: string;
}

export function StepBars({ found: { samples }, record, estimator }: Props) {
  const space = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(space);
  const knobs = useLab((state) => state.info?.knobs);
  const against = useLab((state) => state.view.trust.against);
  const rows = useMemo(
    () => (knobs ? stepRows(record, knobs, samples, against) : []),
    [record, knobs, samples, against],
  );
  const rowHeight = rows.length > FEW_ROWS ? ROW.many : ROW.few;
  const tops = topsOf(rows, rowHeight);
  const bottom = (tops.at(-1) ?? 0) + rowHeight;
  const chosen = rows.flatMap(({ marks }) => marks.filter((mark) => mark.estimator === estimator));
  const range = axis([...rows.map(({ change }) => change), ...chosen.map(({ scaled }) => scaled)], 3);
  const nameRoom = 16 + LETTER * Math.max(0, ...rows.map(({ knob }) => KNOB_LABELS[knob].length));
  const left = nameRoom + TO_ROOM;
  const label = tickLabels(range.ticks);
  const x = scaleLinear([range.low, range.high], [left, Math.max(left + 1, width - RIGHT)]);
  return (
    <>
      {/* What scrolls must be reachable by keyboard. */}
      <div
        className="trust-bars"
        ref={space}
        {...(rows.length > FEW_ROWS ? { tabIndex: 0, role: 'region', 'aria-label': 'Steps' } : {})}
      >
        {width > 0 && (
          <svg width={width} height={bottom} role="img" aria-label={describe(record, rows, estimator)}>
            {range.ticks.map((tick) => (
              <g key={tick} className={tick === 0 ? 'trust-zero' : 'trust-tick'}>
                <line x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} />
              </g>
            ))}
            {rows.map((row, i) => (
              <g
                key={`${row.knob} ${row.offset}`}
                transform={`translate(0 ${(tops[i] ?? 0) + rowHeight / 2})`}
              >
                {rows[i - 1]?.knob !== row.knob && (
                  <text className="knob" y={rows[i + 1]?.knob === row.knob ? rowHeight / 2 : 0}>
                    {KNOB_LABELS[row.knob]}
                  </text>
                )}
                <text className="to" x={nameRoom}>{`${row.offset === 1 ? '↑' : '↓'} ${row.to}`}</text>
                <Bar row={row} x={x} />
                <Marks row={row} x={x} estimator={estimator} />
                <text className="change" x={width} textAnchor="end">
                  {signed(row.change, 3)}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      {width > 0 && (
        <svg className="trust-axis" width={width} height={AXIS_ROOM} aria-hidden="true">
          {range.ticks.map((tick) => (
            <text key={tick} x={x(tick)} y={14} textAnchor="middle">
              {label(tick)}
            </text>
          ))}
        </svg>
      )}
      <Legend estimator={estimator} />
    </>
  );
}

/** Where each row begins; knobs stand apart. */
function topsOf(rows: readonly StepRow[], rowHeight: number): number[] {
  let top = 0;
  return rows.map(({ knob }, i) => {
    if (i > 0) top += rowHeight + (rows[i - 1]?.knob === knob ? 0 : GROUP_GAP);
    return top;
  });
}

type Scale = ScaleLinear<number, number>;

function Bar({ row: { change }, x }: { readonly row: StepRow; readonly x: Scale }) {
  const [from, to] = [x(Math.min(0, change)), x(Math.max(0, change))];
  return <rect className="true-change" x={from} width={Math.max(1, to - from)} y={-BAR / 2} height={BAR} />;
}

function Marks({
  row: { change, marks },
  x,
  estimator,
}: {
  readonly row: StepRow;
  readonly x: Scale;
  readonly estimator: string;
}) {
  const [low = 0, high = 0] = x.domain();
  const place = (scaled: number): number => x(Math.min(high, Math.max(low, scaled)));
  const chosen = marks.find((mark) => mark.estimator === estimator);
  return (
    <>
      {marks.map(({ estimator: name, scaled }) => (
        <line key={name} className="other-estimate" x1={place(scaled)} x2={place(scaled)} y1={-5.5} y2={5.5}>
          <title>{`${estimateLabel(name)}: ${signed(scaled, 3)} on the truth’s scale`}</title>
        </line>
      ))}
      {chosen && (
        <path
          className={isWrong(change, chosen.scaled) ? 'estimate estimate-wrong' : 'estimate'}
          d={DIAMOND}
          transform={`translate(${place(chosen.scaled)})`}
        >
          <title>{`${estimateLabel(estimator)}: ${signed(chosen.scaled, 3)} on the truth’s scale`}</title>
        </path>
      )}
    </>
  );
}

/** Where nothing changed no sign is wrong. */
const isWrong = (change: number, estimate: number): boolean =>
  change !== 0 && Math.sign(change) !== Math.sign(estimate);

function Legend({ estimator }: { readonly estimator: string }) {
  return (
    <ul className="trust-legend">
      <li>
        <Key>
          <rect className="true-change" x={-6} y={-4} width={12} height={8} />
        </Key>
        <span data-png-text>
          <Term name="trueChange">truth</Term>
        </span>
      </li>
      <li>
        <Key>
          <path className="estimate" d={DIAMOND} />
        </Key>
        <span data-png-text>
          <Term name="scaledEstimate">{estimateLabel(estimator)}</Term>
        </span>
      </li>
      <li>
        <Key>
          <path className="estimate estimate-wrong" d={DIAMOND} />
        </Key>
        <span data-png-text>wrong sign</span>
      </li>
      <li>
        <Key>
          <line className="other-estimate" y1={-5.5} y2={5.5} />
        </Key>
        <span data-png-text>others</span>
      </li>
    </ul>
  );
}

function describe(record: IntervalRecord, rows: readonly StepRow[], estimator: string): string {
  const steps = rows.map(({ knob, offset, to, change, marks }) => {
    const said = marks.find((mark) => mark.estimator === estimator)?.scaled ?? 0;
    const way = offset === 1 ? 'up' : 'down';
    return `${KNOB_LABELS[knob]} ${way} to ${to}: ${fixed(change, 3)}, estimated ${fixed(said, 3)}`;
  });
  return `True changes of interval ${record.index + 1} and what ${estimateLabel(estimator)} said. ${steps.join('; ')}.`;
}
