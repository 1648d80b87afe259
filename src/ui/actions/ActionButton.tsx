/** A button for an action of the registry; its key is said in the title and to assistive technology. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';
import { actionOf, RECORDED_REASON } from './registry.ts';

interface Props {
  readonly id: string;
  readonly icon?: IconName;
  readonly testId?: string;
  readonly pressed?: boolean;
  /** Words on the button; only the icon where left out. */
  readonly children?: ReactNode;
  readonly label?: string;
}

const keyName = (key: string): string => (key === ' ' ? 'Space' : key.toUpperCase());

export function ActionButton({ id, icon, testId, pressed, children, label }: Props) {
  const action = actionOf(id);
  const isEnabled = useLab((state) => action.isEnabled?.(state) ?? true);
  const name = label ?? action.label;
  const isRecorded = useLab((state) => state.origin === 'recorded');
  const named = action.key === undefined ? name : `${name} (${keyName(action.key)})`;
  const title = !isEnabled && isRecorded ? RECORDED_REASON : named;
  return (
    <button
      type="button"
      className={children === undefined ? 'button icon-button' : 'button'}
      title={title}
      aria-label={children === undefined ? name : undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={action.key === undefined ? undefined : keyName(action.key)}
      data-testid={testId}
      disabled={!isEnabled}
      onClick={action.run}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}
