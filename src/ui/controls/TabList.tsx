/** Tabs in a panel's title line (WAI-ARIA tabs): one stop of the Tab key, arrows choose. */
import type { KeyboardEvent } from 'react';

interface Tab<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface Props<T extends string> {
  /** What is chosen between. */
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Id of the element that shows the chosen tab; it is labelled by {@link tabId}. */
  readonly controls: string;
}

export const tabId = (controls: string, value: string): string => `${controls}-${value}`;

export function TabList<T extends string>({ label, tabs, value, onChange, controls }: Props<T>) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (turn === undefined) return;
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = tabs[(at + turn + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    document.getElementById(tabId(controls, next.value))?.focus();
  };
  return (
    <div className="tab-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className="tab"
          id={tabId(controls, tab.value)}
          data-testid={`tab-${tab.value}`}
          aria-selected={tab.value === value}
          aria-controls={controls}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
