/** One force on a knob: a bar from the middle, to the right where it pushes up, and its number. */
import type { KnobName } from '../../domain/knob.ts';
import { Icon } from '../controls/Icon.tsx';
import { force } from '../format.ts';
import { Term } from '../help/Term.tsx';

const KINDS = {
  accuracy: { term: 'accGrad', label: 'AccGrad', icon: 'up', testId: 'accgrad' },
  price: { term: 'pricePull', label: 'Price', icon: 'fall', testId: 'pricepull' },
  net: { term: 'net', label: 'Net', icon: 'right', testId: 'net' },
} as const;

interface Props {
  readonly kind: keyof typeof KINDS;
  readonly name: KnobName;
  /** undefined where nothing was learnt. */
  readonly value: number | undefined;
  readonly scale: number;
}

export function Force({ kind, name, value, scale }: Props) {
  const { term, label, icon, testId } = KINDS[kind];
  const half = 50 * Math.min(1, Math.abs(value ?? 0) / scale);
  const left = value !== undefined && value < 0 ? 50 - half : 50;
  return (
    <div className={`force force-${kind}`}>
      <span className="force-label">
        <Icon name={icon} />
        <Term name={term}>{label}</Term>
      </span>
      <span className="force-bar" aria-hidden="true">
        <span className="force-fill" style={{ left: `${left}%`, width: `${half}%` }} />
        <span className="force-zero" />
      </span>
      <span className="number" data-testid={`${testId}-${name}`}>
        {value === undefined ? '–' : force(value)}
      </span>
    </div>
  );
}
