/** The accuracy-bandwidth plane as SVG: a mark a policy, a name beside each that there is room for, curves of the grid behind. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { useId, useRef } from 'react';
import type { Outcome } from '../../domain/hindsight.ts';
import type { Hindsight } from '../../reports/comparison/hindsightFigures.ts';
import { MARKS } from '../../reports/comparison/looks.ts';
import { bandwidthAxis, bent, labelsOf, lowerEnd } from '../../reports/comparison/plane.ts';
import { fixed, quantity } from '../format.ts';
import { useElementSize } from '../stage/useElementSize.ts';
import { tickLabels } from '../trust/tickLabels.ts';
import { emphasis, type Shown } from './compared.ts';
import { highlight, useCompare } from './compareStore.ts';
import { colourOf } from './RivalMark.tsx';

/** Pixels; where all are named, names stand to the right of their marks, so the widest of them needs room there. */
const MARGIN = { left: 40, right: 112, top: 20, bottom: 30 };
const LABEL_HEIGHT = 13;
/** A label further than this from its mark gets a line to it. */
const LEADER_FROM = 7;

interface Props {
  readonly shown: Shown;
  readonly hindsight: Hindsight | null;
}

export function FrontierPlot({ shown: { rivals, budget }, hindsight }: Props) {
  const space = useRef<HTMLDivElement>(null);
  const clip = useId();
  const { width, height } = useElementSize(space);
  const highlighted = useCompare((state) => state.highlighted);
  const marks: readonly Outcome[] = rivals.map(({ figures }) => figures);
  const bound = budget.bandwidthKbps;
  const dots = hindsight?.statics ?? [];
  const curves = hindsight
    ? ([
        ['curve-hull', hindsight.hull],
        ['curve-oracle', hindsight.oracle],
        ['curve-split', hindsight.splitHalf],
      ] as const)
    : [];
  // What nobody came near would press the policies into a corner: the curves go on beyond the plot.
  const within = hindsight?.within ? Object.values(hindsight.within) : [];
  const told = [...marks, ...within];
  const xs = bandwidthAxis(told.map(({ bandwidthKbps }) => bandwidthKbps).concat(bound ?? []));
  const low = lowerEnd(told);
  const yTicks = [0, 1, 2, 3, 4].map((i) => low + ((1 - low) * i) / 4);
  const right = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const x = scaleLog([xs.low, xs.high], [MARGIN.left, right]);
  const y = scaleLinear([low, 1], [height - MARGIN.bottom, MARGIN.top]);
  const label = tickLabels(yTicks);
  const labels = labelsOf(
    marks,
    marks.map((mark) => ({ x: x(mark.bandwidthKbps), y: y(mark.accuracy) })),
    { left: MARGIN.left, right, top: MARGIN.top, bottom: height - MARGIN.bottom },
    LABEL_HEIGHT,
  );
  const path = (outcomes: readonly Outcome[]): string =>
    bent(outcomes, xs)
      .map((o, i) => `${i === 0 ? 'M' : 'L'}${x(o.bandwidthKbps)} ${y(o.accuracy)}`)
      .join('');
  return (
    <div className="frontier-plot" ref={space}>
      {width > 0 && height > 0 && (
        <svg width={width} height={height} role="img" aria-label={describe(rivals, hindsight)}>
          <text className="axis-title" x={0} y={10}>
            F1
          </text>
          <text className="axis-title" x={right} y={height - 3} textAnchor="end">
            kbps, logarithmic
          </text>
          {yTicks.map((tick) => (
            <g key={tick} className="gridline">
              <line x1={MARGIN.left} x2={right} y1={y(tick)} y2={y(tick)} />
              <text
                className="axis-tick"
                x={MARGIN.left - 5}
                y={y(tick)}
                textAnchor="end"
                dominantBaseline="central"
              >
                {label(tick)}
              </text>
            </g>
          ))}
          {xs.ticks.map((tick) => (
            <text
              key={tick}
              className="axis-tick"
              x={x(tick)}
              y={height - MARGIN.bottom + 13}
              textAnchor="middle"
            >
              {tick}
            </text>
          ))}
          {bound !== null && (
            <line className="bound" x1={x(bound)} x2={x(bound)} y1={MARGIN.top} y2={height - MARGIN.bottom}>
              <title>{`Budget: ${quantity(bound)} kbps`}</title>
            </line>
          )}
          <clipPath id={clip}>
            <rect
              x={MARGIN.left}
              y={MARGIN.top - 2}
              width={Math.max(0, width - MARGIN.left - MARGIN.right)}
              height={Math.max(0, height - MARGIN.top - MARGIN.bottom + 2)}
            />
          </clipPath>
          <g clipPath={`url(#${clip})`}>
            {dots.map(({ configurations, accuracy, bandwidthKbps }) => (
              <circle
                key={configurations[0]}
                className="static-dot"
                cx={x(bandwidthKbps)}
                cy={y(accuracy)}
                r={2}
              />
            ))}
            {curves.map(([className, outcomes]) => (
              <path key={className} className={className} d={path(outcomes)} />
            ))}
          </g>
          {hindsight?.within && (
            <path
              className="best-static"
              d={MARKS.chameleon}
              transform={`translate(${x(hindsight.within.bestStatic.bandwidthKbps)} ${y(hindsight.within.bestStatic.accuracy)})`}
            >
              <title>{`Best static within the budget: F1 ${fixed(hindsight.within.bestStatic.accuracy, 3)}, ${quantity(hindsight.within.bestStatic.bandwidthKbps)} kbps`}</title>
            </path>
          )}
          {rivals.map(({ place, contender, look, figures }, i) => {
            const [px, py] = [x(figures.bandwidthKbps), y(figures.accuracy)];
            // One that there is no room to name is named while it is pointed at.
            const side = labels[i]?.side ?? 1;
            const row = labels[i]?.row ?? (place === highlighted ? py : null);
            return (
              <g
                key={place}
                className={`frontier-rival${emphasis(place, highlighted)}`}
                onPointerEnter={() => highlight(place)}
                onPointerLeave={() => highlight(null)}
              >
                {row !== null && Math.abs(row - py) > LEADER_FROM && (
                  <path className="leader" d={`M${px} ${py}L${px + side * 9} ${row}`} />
                )}
                <path
                  d={MARKS[look]}
                  transform={`translate(${px} ${py})`}
                  fill={colourOf(look)}
                  className="rival-at"
                >
                  <title>{`${contender.name}: F1 ${fixed(figures.accuracy, 3)}, ${quantity(figures.bandwidthKbps)} kbps`}</title>
                </path>
                {row !== null && (
                  <text
                    x={px + side * 10}
                    y={row}
                    textAnchor={side < 0 ? 'end' : 'start'}
                    dominantBaseline="central"
                  >
                    {contender.name}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

function describe(rivals: Shown['rivals'], hindsight: Hindsight | null): string {
  const said = rivals.map(
    ({ contender, figures }) =>
      `${contender.name} ${fixed(figures.accuracy, 3)} at ${quantity(figures.bandwidthKbps)} kbps`,
  );
  const within = hindsight?.within;
  if (within) {
    said.push(
      `best static ${fixed(within.bestStatic.accuracy, 3)} at ${quantity(within.bestStatic.bandwidthKbps)} kbps`,
      `oracle ${fixed(within.oracle.accuracy, 3)} at ${quantity(within.oracle.bandwidthKbps)} kbps`,
    );
  }
  return `F1 against bandwidth: ${said.join('; ')}.`;
}
