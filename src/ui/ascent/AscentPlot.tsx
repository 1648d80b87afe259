/** The plot of the ascent as SVG; the newest point moves to its place, the way behind it fades. */
import { scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import type { Knobs } from '../../domain/configuration.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { KNOB_LABELS, stepOf, type Knob, type KnobName } from '../../domain/knob.ts';
import { fixed, knobValue } from '../format.ts';
import { cssColour } from '../stage/colourMaps.ts';
import { useElementSize } from '../stage/useElementSize.ts';
import { useLab } from '../store/labStore.ts';
import { Arrows, type Room } from './Arrows.tsx';
import { Edges } from './Edges.tsx';
import { accuracyFloor, pathOf, rungOf, usePlane, type PathPoint } from './plane.ts';
import type { Projection } from './projection.ts';

const MARGIN = { left: 62, right: 32, top: 12, bottom: 36 };
/** Smallest distance of two tick labels, pixels. */
const LABEL_ROOM = { x: 54, y: 15 };

export function AscentPlot() {
  const space = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(space);
  const info = useLab((state) => state.info);
  const records = useLab((state) => state.records);
  const plane = usePlane();
  const last = records.at(-1);
  return (
    <div className="ascent-plot" ref={space}>
      {info && width > 0 && height > 0 ? (
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="img"
          aria-label={describe(last, plane)}
        >
          <Plane knobs={info.knobs} records={records} plane={plane} width={width} height={height} />
        </svg>
      ) : (
        <p className="empty">The plane is drawn once the ladders are known.</p>
      )}
    </div>
  );
}

function describe(last: IntervalRecord | undefined, [x, y]: readonly [KnobName, KnobName]): string {
  const axes = `Plane of ${KNOB_LABELS[x]} and ${KNOB_LABELS[y]}`;
  if (!last) return `${axes}, no interval yet`;
  return `${axes}. Interval ${last.index + 1} ran ${last.configuration[x]} and ${last.configuration[y]} with accuracy ${fixed(last.accuracy, 2)}.`;
}

interface PlaneProps {
  readonly knobs: Knobs;
  readonly records: readonly IntervalRecord[];
  readonly plane: readonly [KnobName, KnobName];
  readonly width: number;
  readonly height: number;
}

function Plane({ knobs, records, plane, width, height }: PlaneProps) {
  const x = scaleLinear([0, 1], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, 1], [height - MARGIN.bottom, MARGIN.top]);
  const project: Projection = { x, y };
  const path = pathOf(records, knobs, plane);
  const last = records.at(-1);
  const here = path.at(-1);
  /** What ran, and with it where the use was measured. */
  const ran = last && { x: rungOf(last, knobs, plane[0]), y: rungOf(last, knobs, plane[1]) };
  return (
    <>
      <Ladders knobs={[knobs[plane[0]], knobs[plane[1]]]} project={project} />
      {last && ran && <Edges record={last} plane={plane} at={ran} project={project} />}
      <Path path={path} project={project} />
      {last && here && ran && (
        <>
          <Rung x={x(ran.x)} y={y(ran.y)} />
          <g className="here" style={{ transform: `translate(${x(here.x)}px, ${y(here.y)}px)` }}>
            <Arrows
              record={last}
              plane={plane}
              reach={Math.min(width, height) * 0.36}
              room={roomAround(here, project)}
            />
            <circle r={6} fill={cssColour('accuracy', placeOf(here, accuracyFloor(path)))} />
          </g>
        </>
      )}
    </>
  );
}

const placeOf = (point: PathPoint, floor: number): number => (point.accuracy - floor) / (1 - floor);

/** Arrows may reach into the margins a little. */
const SPILL = 10;

function roomAround(here: PathPoint, { x, y }: Projection): Room {
  return {
    left: x(here.x) - x(0) + SPILL,
    right: x(1) - x(here.x) + SPILL,
    up: y(here.y) - y(1) + SPILL,
    down: y(0) - y(here.y) + SPILL,
  };
}

/** The value that was run: a diamond, beside the policy's continuous point. */
function Rung({ x, y }: { readonly x: number; readonly y: number }) {
  return <path className="rung" d="M0-6L6 0 0 6-6 0z" style={{ transform: `translate(${x}px, ${y}px)` }} />;
}

function Path({ path, project }: { readonly path: readonly PathPoint[]; readonly project: Projection }) {
  const floor = accuracyFloor(path);
  return (
    <g className="path">
      {path.map((point, i) => {
        const before = path[i - 1];
        const age = (i + 1) / path.length;
        return (
          <g key={point.index} opacity={0.15 + 0.85 * age * age}>
            {before && (
              <line
                x1={project.x(before.x)}
                y1={project.y(before.y)}
                x2={project.x(point.x)}
                y2={project.y(point.y)}
              />
            )}
            <circle
              cx={project.x(point.x)}
              cy={project.y(point.y)}
              r={3.2}
              fill={cssColour('accuracy', placeOf(point, floor))}
            >
              <title>{`Interval ${point.index + 1}: accuracy ${fixed(point.accuracy, 3)}`}</title>
            </circle>
          </g>
        );
      })}
    </g>
  );
}

interface LaddersProps {
  readonly knobs: readonly [Knob, Knob];
  readonly project: Projection;
}

function Ladders({ knobs: [across, up], project: { x, y } }: LaddersProps) {
  const [left, right] = [x(0), x(1)];
  const [bottom, top] = [y(0), y(1)];
  const everyX = every(across, right - left, LABEL_ROOM.x);
  const everyY = every(up, bottom - top, LABEL_ROOM.y);
  return (
    <g className="axes">
      <rect className="plane" x={left} y={top} width={right - left} height={bottom - top} />
      {across.values.map((value, i) => (
        <g key={value}>
          <line className="grid" x1={x(i * stepOf(across))} x2={x(i * stepOf(across))} y1={bottom} y2={top} />
          {isLabelled(i, across, everyX) && (
            <text x={x(i * stepOf(across))} y={bottom + 15} textAnchor="middle">
              {knobValue(value, '')}
            </text>
          )}
        </g>
      ))}
      {up.values.map((value, i) => (
        <g key={value}>
          <line className="grid" y1={y(i * stepOf(up))} y2={y(i * stepOf(up))} x1={left} x2={right} />
          {isLabelled(i, up, everyY) && (
            <text x={left - 6} y={y(i * stepOf(up))} textAnchor="end" dominantBaseline="central">
              {knobValue(value, '')}
            </text>
          )}
        </g>
      ))}
      <text className="axis-title" x={right} y={bottom + 30} textAnchor="end">
        {`${titleOf(across)}, cheap → expensive`}
      </text>
      <text className="axis-title" transform={`translate(12 ${top}) rotate(-90)`} textAnchor="end">
        {`${titleOf(up)}, cheap → expensive`}
      </text>
    </g>
  );
}

const titleOf = (knob: Knob): string =>
  knob.unit === '' || knob.unit === 'px' ? knob.label : `${knob.label} (${knob.unit})`;

/** Every how many rungs there is room for a label. */
const every = (knob: Knob, pixels: number, room: number): number =>
  Math.max(1, Math.ceil(room / Math.max(1, pixels * stepOf(knob))));

/** Counted from the expensive end, which is always labelled. */
const isLabelled = (index: number, knob: Knob, step: number): boolean =>
  (knob.values.length - 1 - index) % step === 0;
