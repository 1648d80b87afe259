/** A named line of the form, with a word of help below it. */
import { useId, useState, type ReactNode } from 'react';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** Its controls carry names of their own; the label is what the eye reads. */
export function Field({ label, hint, children }: FieldProps) {
  return (
    <div className="card-field">
      <span className="card-label">{label}</span>
      <div className="card-controls">
        {children}
        {hint !== undefined && <span className="hint">{hint}</span>}
      </div>
    </div>
  );
}

/** Nobody reads further down. */
const MOST_CHOICES = 80;

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Offered while typing. */
  readonly choices?: readonly string[];
  readonly testId?: string;
}

/** A text taken on Enter or when the field is left, so that no half-written name is tried. */
export function TextField({ label, value, onChange, choices = [], testId }: TextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const list = useId();
  const commit = (): void => {
    if (typed !== null && typed !== value) onChange(typed);
    setTyped(null);
  };
  return (
    <>
      <input
        className="text-field"
        type="text"
        aria-label={label}
        data-testid={testId}
        spellCheck={false}
        list={choices.length > 0 ? list : undefined}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {choices.length > 0 && (
        <datalist id={list}>
          {choices.slice(0, MOST_CHOICES).map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </>
  );
}
