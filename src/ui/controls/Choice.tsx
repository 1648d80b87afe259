/** A native select: compact, and at home with keyboards and screen readers. */
interface Option {
  readonly value: string;
  readonly label: string;
  readonly group?: string;
}

interface Props {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly testId?: string;
}

export function Choice({ label, value, options, onChange, testId }: Props) {
  const groups = [...new Set(options.map((o) => o.group))];
  const render = (group: string | undefined) =>
    options
      .filter((o) => o.group === group)
      .map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ));
  return (
    <select
      className="choice"
      aria-label={label}
      data-testid={testId}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {groups.map((group) =>
        group === undefined ? (
          render(group)
        ) : (
          <optgroup key={group} label={group}>
            {render(group)}
          </optgroup>
        ),
      )}
    </select>
  );
}
