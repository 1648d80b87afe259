/** The budgets' edges in the plane: beyond the line the local model predicts an excess; that side is hatched. */
import type { Resource } from '../../domain/budget.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import type { KnobName } from '../../domain/knob.ts';
import { quantity } from '../format.ts';
import { budgetEdge, localResource, type Point } from './localModel.ts';
import type { Projection } from './projection.ts';

interface Props {
  readonly record: IntervalRecord;
  readonly plane: readonly [KnobName, KnobName];
  readonly at: Point;
  readonly project: Projection;
}

const distance = (p: Point, q: Point): number => Math.hypot(p.x - q.x, p.y - q.y);

const UNITS: Readonly<Record<Resource, string>> = { bandwidth: 'kbps', gpu: 'ms/s' };

export function Edges({ record, plane, at, project }: Props) {
  return (
    <g className="edges">
      <defs>
        <pattern
          id="hatch-bandwidth"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line className="hatch" y2="7" />
        </pattern>
        <pattern
          id="hatch-gpu"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <line className="hatch" y2="7" />
        </pattern>
      </defs>
      {(['bandwidth', 'gpu'] as const).map((resource) => (
        <Edge key={resource} resource={resource} record={record} plane={plane} at={at} project={project} />
      ))}
    </g>
  );
}

function Edge({ resource, record, plane, at, project }: Props & { readonly resource: Resource }) {
  const model = localResource(record, resource, plane, at);
  if (!model) return null;
  const { infeasible, line } = budgetEdge(model);
  const points = infeasible.map((p) => `${project.x(p.x)},${project.y(p.y)}`).join(' ');
  return (
    <>
      {infeasible.length > 0 && (
        <>
          <polygon className="infeasible" points={points} />
          <polygon points={points} fill={`url(#hatch-${resource})`} />
        </>
      )}
      {line && <EdgeLine resource={resource} line={line} at={at} bound={model.bound} project={project} />}
    </>
  );
}

interface LineProps {
  readonly resource: Resource;
  readonly line: readonly [Point, Point];
  readonly at: Point;
  readonly bound: number;
  readonly project: Projection;
}

/** A line shorter than this has no room for its label, pixels. */
const LABEL_LENGTH = 130;

/** Where along the line a label may stand. */
const LABEL_PLACES = [0.5, 0.25, 0.75];

/** The label runs along the line, below it: there is the affordable side. It keeps away from the arrows at `at`. */
function EdgeLine({ resource, line, at, bound, project }: LineProps) {
  const [a, b] = line.map((p) => ({ x: project.x(p.x), y: project.y(p.y) }));
  if (!a || !b) return null;
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  const length = Math.hypot(right.x - left.x, right.y - left.y);
  const angle = (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI;
  const here = { x: project.x(at.x), y: project.y(at.y) };
  const [label = a] = LABEL_PLACES.map((t) => ({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) })).sort(
    (p, q) => distance(q, here) - distance(p, here),
  );
  return (
    <>
      <line className={`edge edge-${resource}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
      {length >= LABEL_LENGTH && (
        <text
          className="edge-label"
          textAnchor="middle"
          transform={`translate(${label.x} ${label.y}) rotate(${angle}) translate(0 14)`}
        >
          {`${quantity(bound)} ${UNITS[resource]}`}
        </text>
      )}
    </>
  );
}
