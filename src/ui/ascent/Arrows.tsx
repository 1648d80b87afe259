/** AccGrad, price pull and net at the present point; the longest of the three spans `reach`. */
import type { IntervalRecord } from '../../domain/interval.ts';
import type { KnobName } from '../../domain/knob.ts';
import { forcesOn, type Forces } from './localModel.ts';

interface Props {
  readonly record: IntervalRecord;
  readonly plane: readonly [KnobName, KnobName];
  /** Pixels of the longest arrow. */
  readonly reach: number;
}

const KINDS = ['accuracy', 'price', 'net'] as const;
const NONE: Forces = { accuracy: 0, price: 0, net: 0 };
/** Arrows shorter than this are a dot under the point, pixels. */
const LEAST_LENGTH = 4;
const HEAD = 6;
/** Net is drawn slim over the other two, so that equal arrows are both seen. */
const SLIM_HEAD = 'M0 0L-8 -4V4z';
const WIDE_HEAD = 'M0 0L-9 -6.5V6.5z';

export function Arrows({ record, plane, reach }: Props) {
  const across = forcesOn(record, plane[0]) ?? NONE;
  const up = forcesOn(record, plane[1]) ?? NONE;
  const longest = Math.max(...KINDS.map((kind) => Math.hypot(across[kind], up[kind])));
  if (longest === 0) return null;
  return KINDS.map((kind) => {
    const x = (across[kind] / longest) * reach;
    const y = (-up[kind] / longest) * reach;
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
