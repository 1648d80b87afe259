/** Gives a knob to the policy or takes it away; a static policy only shows its gradients or not. */
import { useEffect, useRef } from 'react';
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';

/** What a row or a line of the panel is given. */
export interface KnobPlace {
  readonly name: KnobName;
  /** Was this knob's button the last that was pressed? */
  readonly hasFocus: boolean;
  readonly onToggle: () => void;
}

const WORDS = {
  tunes: {
    on: ['Tune', 'let the policy move this knob, and show its gradients'],
    off: ['Pin', 'the policy leaves this knob where it stands'],
  },
  shows: {
    on: ['Show', 'show what its gradients are'],
    off: ['Hide', 'its gradients are no longer made'],
  },
} as const;

export function TuneButton({ name, hasFocus, onToggle }: KnobPlace) {
  const button = useRef<HTMLButtonElement>(null);
  const policy = useLab((state) => state.draft.policy.name);
  const isTuned = useLab((state) => state.draft.knobs.includes(name));
  const [word, meaning] = WORDS[policy === 'static' ? 'shows' : 'tunes'][isTuned ? 'off' : 'on'];
  useEffect(() => {
    if (hasFocus) button.current?.focus();
  }, [hasFocus]);
  return (
    <button
      ref={button}
      type="button"
      className={isTuned ? 'chip tune tune-off' : 'chip tune'}
      title={`${word}: ${meaning}`}
      aria-label={`${word} ${KNOB_LABELS[name]}`}
      data-testid={`tune-${name}`}
      onClick={onToggle}
    >
      {isTuned && <Icon name="pin" />}
      {word}
    </button>
  );
}
