/**
 * AccGrad, price pull and net at the present point. Their lengths share the scale of the bars of the knobs, and are
 * shortened together where one would leave the plot.
 */
import type { IntervalRecord } from '../../domain/interval.ts';
import { climbs } from '../../domain/heldTiles.ts';
import type { KnobName } from '../../domain/knob.ts';
import { useLab } from '../store/labStore.ts';
import { forcesOn, largestForce, type Forces, type Point } from './localModel.ts';

/** Room around the present point within the plot, pixels. */
export interface Room {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
}

interface Props {
  readonly record: IntervalRecord;
  readonly plane: readonly [KnobName, KnobName];
  /** Pixels of the largest force. */
  readonly reach: number;
  readonly room: Room;
}

const KINDS = ['accuracy', 'price', 'net'] as const;
const NONE: Forces = { accuracy: 0, price: 0, net: 0 };
/** Arrows shorter than this are hidden under the point, pixels. */
const LEAST_LENGTH = 8;
const HEAD = 6;
/** Net is drawn slim over the other two, so that equal arrows are both seen. */
const SLIM_HEAD = 'M0 0L-8 -4V4z';
const WIDE_HEAD = 'M0 0L-9 -6.5V6.5z';

/** The share of its length at which an arrow ends at the border, at most 1. */
function shareWithin({ x, y }: Point, room: Room): number {
  const across = x === 0 ? 1 : (x > 0 ? room.right : room.left) / Math.abs(x);
  const along = y === 0 ? 1 : (y > 0 ? room.down : room.up) / Math.abs(y);
  return Math.min(1, across, along);
}

export function Arrows({ record, plane, reach, room }: Props) {
  const { policy, knobs } = useLab((state) => state.draft);
  /** A knob that the policy does not move has no net move, whatever pulls at it. */
  const forces = (name: KnobName): Forces => {
    const all = forcesOn(record, name) ?? NONE;
    return climbs(policy, knobs, name) ? all : { ...all, net: 0 };
  };
  const across = forces(plane[0]);
  const up = forces(plane[1]);
  const scale = reach / largestForce(record);
  const arrows = KINDS.map((kind) => ({ kind, x: across[kind] * scale, y: -up[kind] * scale }));
  const share = Math.min(...arrows.map((arrow) => shareWithin(arrow, room)));
  return arrows.map(({ kind, ...full }) => {
    const [x, y] = [full.x * share, full.y * share];
    const length = Math.hypot(x, y);
    if (length < LEAST_LENGTH) return null;
    const shaft = Math.max(0, length - HEAD) / length;
    const angle = (Math.atan2(y, x) * 180) / Math.PI;
    return (
      <g key={kind} className={`arrow arrow-${kind}`}>
        <line x2={x * shaft} y2={y * shaft} />
        <path
          d={kind === 'net' ? SLIM_HEAD : WIDE_HEAD}
          transform={`translate(${x} ${y}) rotate(${angle})`}
        />
      </g>
    );
  });
}
