/** A policy's line and mark beside its name, as the charts draw them. */
import { DASHES, MARKS, type Look } from '../../reports/comparison/looks.ts';

export const colourOf = (look: Look): string => `var(--policy-${look})`;

export function RivalMark({ look }: { readonly look: Look }) {
  return (
    <svg className="rival-mark" viewBox="-13 -7 26 14" width={26} height={14} aria-hidden="true">
      <line x1={-13} x2={13} stroke={colourOf(look)} strokeWidth={1.8} strokeDasharray={DASHES[look]} />
      <path d={MARKS[look]} fill={colourOf(look)} stroke="var(--panel)" strokeWidth={1.2} />
    </svg>
  );
}
