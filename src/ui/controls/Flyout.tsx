/** A button that opens a small panel below it: source, detector, policy, backend, export. */
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

interface Props {
  /** What the button chooses, read before its value. */
  readonly label: string;
  /** The present choice. */
  readonly value?: ReactNode;
  readonly icon?: IconName;
  readonly testId?: string;
  /** Of the button, for whoever gives the focus back to it. */
  readonly id?: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}

export function Flyout({ label, value, icon, testId, id, open, onOpenChange, children }: Props) {
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <Popover.Root {...control}>
      <Popover.Trigger id={id} className="flyout-button" data-testid={testId}>
        {icon && <Icon name={icon} />}
        <span className="flyout-words">
          <span className="flyout-label">{label}</span>
          {value !== undefined && <span className="flyout-value">{value}</span>}
        </span>
        <Icon name="down" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="flyout"
          sideOffset={6}
          align="start"
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
