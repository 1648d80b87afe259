/** A word of the field with its meaning behind it: on hover, on keyboard focus, on touch. */
import { Tooltip } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { GLOSSARY, type Entry, type TermName } from './glossary.ts';

interface Props {
  readonly name: TermName;
  /** The word as it stands in the sentence; the entry's title where left out. */
  readonly children?: ReactNode;
}

export function Term({ name, children }: Props) {
  const [open, setOpen] = useState(false);
  const entry: Entry = GLOSSARY[name];
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      <Tooltip.Trigger
        type="button"
        className="term"
        onClick={(event) => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children ?? entry.title}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={10}>
          <strong>{entry.title}</strong>
          <span>{entry.text}</span>
          {entry.formula !== undefined && <code>{entry.formula}</code>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
