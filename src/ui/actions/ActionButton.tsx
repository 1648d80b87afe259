/** A button for an action of the registry; its key is said in the title and to assistive technology. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';
import { actionOf } from './registry.ts';

interface Props {
  readonly id: string;
  readonly icon?: IconName;
  readonly testId?: string;
  readonly pressed?: boolean;
  /** Words on the button; only the icon where left out. */
  readonly children?: ReactNode;
  readonly label?: string;
  readonly disabled?: boolean;
}

const keyName = (key: string): string => (key === ' ' ? 'Space' : key.toUpperCase());

export function ActionButton({ id, icon, testId, pressed, children, label, disabled }: Props) {
  const action = actionOf(id);
  const isEnabled = useLab((state) => action.isEnabled?.(state) ?? true);
  const name = label ?? action.label;
  const title = action.key === undefined ? name : `${name} (${keyName(action.key)})`;
  return (
    <button
      type="button"
      className={children === undefined ? 'button icon-button' : 'button'}
      title={title}
      aria-label={children === undefined ? name : undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={action.key === undefined ? undefined : keyName(action.key)}
      data-testid={testId}
      disabled={disabled === true || !isEnabled}
      onClick={action.run}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}
