/** Every measured step of one knob: what an estimator said of it against what it really changed. */
import { scaleLinear } from 'd3-scale';
import { useMemo, useRef } from 'react';
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import type { FidelitySample } from '../../reports/fidelity/fidelity.ts';
import { axis, regression } from '../../reports/html/axes.ts';
import { scientific, signed } from '../format.ts';
import { useElementSize } from '../stage/useElementSize.ts';
import { useLab } from '../store/labStore.ts';
import { estimateLabel, gainOf, type Against } from './steps.ts';
import { tickLabels } from './tickLabels.ts';

const MARGIN = { left: 50, right: 16, top: 18, bottom: 32 };
/** More marks are not told apart. The newest are drawn; figures are over all. */
const MAX_MARKS = 500;

interface Props {
  readonly steps: readonly FidelitySample[];
  readonly knob: KnobName;
  readonly estimator: string;
  readonly against: Against;
  /** Interval whose steps stand out. */
  readonly shown: number;
}

export function TrustScatter({ steps, knob, estimator, against, shown }: Props) {
  const space = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(space);
  const { points, xs, ys, line } = useMemo(() => {
    const points = steps
      .filter(({ estimates }) => estimator in estimates)
      .slice(-MAX_MARKS)
      .map((step) => ({ step, x: step.estimates[estimator] ?? 0, y: gainOf(step, against) }));
    const [xs, ys] = [
      axis(
        points.map((p) => p.x),
        4,
      ),
      axis(
        points.map((p) => p.y),
        4,
      ),
    ];
    return { points, xs, ys, line: regression(points, xs, ys) };
  }, [steps, estimator, against]);
  const x = scaleLinear([xs.low, xs.high], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([ys.low, ys.high], [height - MARGIN.bottom, MARGIN.top]);
  const labels = { x: tickLabels(xs.ticks), y: tickLabels(ys.ticks) };
  const truth = against === 'accuracy' ? 'true gain of F1' : 'true gain of utility per candidate';
  return (
    <div className="trust-scatter" ref={space}>
      {width > 0 && height > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${KNOB_LABELS[knob]}: ${points.length} steps, ${truth} against the gain that ${estimateLabel(estimator)} estimated.`}
        >
          {ys.ticks.map((tick) => (
            <g key={tick} className={tick === 0 ? 'trust-zero' : 'trust-tick'}>
              <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
              <text x={MARGIN.left - 5} y={y(tick)} textAnchor="end" dominantBaseline="central">
                {labels.y(tick)}
              </text>
            </g>
          ))}
          {xs.ticks.map((tick) => (
            <g key={tick} className={tick === 0 ? 'trust-zero' : 'trust-tick'}>
              <line x1={x(tick)} x2={x(tick)} y1={y(ys.low)} y2={y(ys.high)} />
              <text x={x(tick)} y={height - MARGIN.bottom + 13} textAnchor="middle">
                {labels.x(tick)}
              </text>
            </g>
          ))}
          {line && (
            <line
              className="fit"
              x1={x(line[0][0])}
              y1={y(line[0][1])}
              x2={x(line[1][0])}
              y2={y(line[1][1])}
            />
          )}
          <text className="axis-title" x={0} y={10}>
            {`${KNOB_LABELS[knob]}: ${truth}`}
          </text>
          <text className="axis-title" x={width - MARGIN.right} y={height - 4} textAnchor="end">
            {`gain by ${estimateLabel(estimator)}`}
          </text>
          {points.map(({ step, x: said, y: was }) => (
            <circle
              key={`${step.interval} ${step.offset}`}
              className={[
                'sample-mark',
                step.offset === -1 ? 'sample-down' : '',
                step.interval === shown ? 'sample-shown' : '',
              ].join(' ')}
              cx={x(said)}
              cy={y(was)}
              r={step.interval === shown ? 5 : 3.5}
              onClick={() => useLab.setState({ trustedAt: step.interval })}
            >
              <title>
                {`Interval ${step.interval + 1}, step ${step.offset === 1 ? 'up' : 'down'}\nestimated ${scientific(said)}\ntruly ${signed(was, 4)}`}
              </title>
            </circle>
          ))}
        </svg>
      )}
    </div>
  );
}
