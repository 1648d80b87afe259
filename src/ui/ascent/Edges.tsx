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
      {line && <EdgeLine resource={resource} line={line} bound={model.bound} project={project} />}
    </>
  );
}

interface LineProps {
  readonly resource: Resource;
  readonly line: readonly [Point, Point];
  readonly bound: number;
  readonly project: Projection;
}

/** The label sits at the line's right end, below it: there is the affordable side. */
function EdgeLine({ resource, line, bound, project }: LineProps) {
  const [from, to] = line;
  const end = from.x >= to.x ? from : to;
  const x = project.x(end.x) + (end.x > 0.8 ? -6 : 6);
  const y = project.y(end.y) + (end.y < 0.08 ? -8 : 16);
  const isRight = end.x > 0.8;
  return (
    <>
      <line
        className={`edge edge-${resource}`}
        x1={project.x(from.x)}
        y1={project.y(from.y)}
        x2={project.x(to.x)}
        y2={project.y(to.y)}
      />
      <text className="edge-label" x={x} y={y} textAnchor={isRight ? 'end' : 'start'}>
        {`${quantity(bound)} ${UNITS[resource]}`}
      </text>
    </>
  );
}
