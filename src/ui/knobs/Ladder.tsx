/** All values of a knob from cheap to expensive; the one that runs, the policy's position, each a button. */
import type { CSSProperties } from 'react';
import { stepOf, type Knob, type KnobValue } from '../../domain/knob.ts';
import { knobValue } from '../format.ts';
import { setKnob } from '../store/draft.ts';

interface Props {
  readonly knob: Knob;
  readonly running: KnobValue | undefined;
  /** 0 … 1; undefined where nothing was recorded. */
  readonly position: number | undefined;
}

const percent = (x: number): string => `${(x * 100).toFixed(2)}%`;

export function Ladder({ knob, running, position }: Props) {
  const step = stepOf(knob);
  return (
    <div
      className="ladder"
      role="group"
      aria-label={`${knob.label}, cheap to expensive`}
      style={{ '--steps': Math.max(1, knob.values.length - 1) } as CSSProperties}
    >
      <span className="ladder-line" />
      {position !== undefined && (
        <span className="ladder-reached" style={{ width: `calc(${percent(position)})` }} />
      )}
      {knob.values.map((value, index) => (
        <button
          key={value}
          type="button"
          className="tick"
          style={{ left: percent(index * step) }}
          aria-pressed={value === running}
          aria-label={`${knob.label} ${knobValue(value, knob.unit)}`}
          title={`Set ${knob.label} to ${knobValue(value, knob.unit)} by hand`}
          data-testid={`tick-${knob.name}-${value}`}
          onClick={() => setKnob(knob.name, value)}
        >
          <span className="tick-mark" />
          <span className="tick-label">{knobValue(value, '')}</span>
        </button>
      ))}
      {position !== undefined && (
        <span className="ladder-position" style={{ left: percent(position) }} aria-hidden="true">
          <svg viewBox="0 0 10 8">
            <path d="M5 8L0 0h10z" />
          </svg>
        </span>
      )}
    </div>
  );
}
