/** A number typed by hand: taken on Enter or when the field is left, clamped, put back when it is no number, and then said why. */
import { useEffect, useState } from 'react';
import { clamp, type Range } from '../store/defaults.ts';

/** What was not taken as typed is said for so long, milliseconds. */
const SAID_MS = 6000;

interface Props {
  readonly label: string;
  /** null: switched off. */
  readonly value: number | null;
  readonly range: Range;
  readonly onChange: (value: number) => void;
  readonly unit?: string;
  /** Stands in the field when it is switched off. */
  readonly offWord?: string;
  readonly testId?: string;
  readonly whole?: boolean;
  /** Decimals shown. */
  readonly digits?: number;
}

export function NumberField({
  label,
  value,
  range,
  onChange,
  unit,
  offWord = 'off',
  testId,
  whole,
  digits = 3,
}: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const commit = (): void => {
    if (typed === null) return;
    setTyped(null);
    const number = Number(typed.replace(',', '.'));
    if (typed.trim() === '') return;
    if (!Number.isFinite(number)) {
      setSaid(`“${typed.trim().slice(0, 20)}” is not a number.`);
      return;
    }
    const wanted = whole === true ? Math.round(number) : number;
    const inside = clamp(wanted, range);
    if (inside !== wanted) setSaid(`It can be ${range.min} to ${range.max}, so ${inside} is taken.`);
    if (inside !== value) onChange(inside);
  };
  const shown = value === null ? '' : String(Number(value.toFixed(digits)));
  return (
    <span className="number-field">
      <input
        type="text"
        inputMode="decimal"
        aria-label={label}
        data-testid={testId}
        value={typed ?? shown}
        placeholder={value === null ? offWord : ''}
        onChange={(event) => {
          setTyped(event.target.value);
          setSaid(null);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      {unit !== undefined && <span className="unit">{unit}</span>}
      <span className="number-said" role="status">
        {said}
      </span>
    </span>
  );
}
