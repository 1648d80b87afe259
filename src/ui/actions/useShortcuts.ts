/** Keys of the actions, except where a person types or a control uses the key itself. */
import { useEffect } from 'react';
import { useLab } from '../store/labStore.ts';
import { ACTIONS } from './registry.ts';

/** The keys that a focused control takes for itself; no action has a key that moves a slider. */
const TAKEN: readonly (readonly [controls: string, keys: RegExp])[] = [
  ['input:not([type="checkbox"], [type="file"]), textarea, [contenteditable]', /./s],
  ['select', /^[\p{L} ]$/u],
  // A menu goes to the entry that begins with the letter.
  ['[role="menu"]', /./s],
  ['input, button, a, summary', /^ $/],
];

function isMeantForControl(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (target.closest('[role="dialog"]') && event.key !== '?') return true;
  return TAKEN.some(([controls, keys]) => keys.test(event.key) && target.closest(controls) !== null);
}

const actionOfKey = (key: string) => ACTIONS.find((a) => a.key === key.toLowerCase());

export function useShortcuts(): void {
  useEffect(() => {
    const onDown = (event: KeyboardEvent): void => {
      const action = actionOfKey(event.key);
      if (!action || isMeantForControl(event)) return;
      event.preventDefault();
      if (!event.repeat && (action.isEnabled?.(useLab.getState()) ?? true)) action.run();
    };
    const onUp = (event: KeyboardEvent): void => actionOfKey(event.key)?.release?.();
    const releaseAll = (): void => {
      for (const action of ACTIONS) action.release?.();
    };
    addEventListener('keydown', onDown);
    addEventListener('keyup', onUp);
    addEventListener('blur', releaseAll);
    return () => {
      removeEventListener('keydown', onDown);
      removeEventListener('keyup', onUp);
      removeEventListener('blur', releaseAll);
    };
  }, []);
}
