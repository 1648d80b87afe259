/**
 * The knobs that are not tuned, folded into one line. What does not stand at rest is seen without opening it: it changes the
 * run. Open, all are there in their groups, to be set by hand or tuned.
 */
import { Collapsible } from 'radix-ui';
import { useEffect, useRef } from 'react';
import {
  KNOB_LABELS,
  restIndex,
  valueAt,
  type Knob,
  type KnobName,
  type KnobValue,
} from '../../domain/knob.ts';
import { Icon } from '../controls/Icon.tsx';
import { count, knobValue } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { useLab } from '../store/labStore.ts';
import { KNOB_GROUPS, ofGroup } from './groups.ts';
import { KnobLine } from './KnobLine.tsx';
import { useRunning } from './running.ts';
import type { KnobPlace } from './TuneButton.tsx';

interface Props {
  readonly names: readonly KnobName[];
  readonly placeOf: (name: KnobName) => KnobPlace;
  /** The knob that has just come here, if one has; the keyboard goes on from here. */
  readonly arrived: KnobName | null;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

export function MoreKnobs({ names, placeOf, arrived, isOpen, onOpenChange }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (arrived !== null && !isOpen) button.current?.focus();
  }, [arrived, isOpen]);
  return (
    <Collapsible.Root className="more-knobs" open={isOpen} onOpenChange={onOpenChange}>
      <div className="more-knobs-line">
        <Collapsible.Trigger ref={button} className="more-knobs-button" data-testid="more-knobs">
          <Icon name="down" />
          {count(names.length, 'more knob')}
        </Collapsible.Trigger>
        <span className="hint">
          <Term name="tuned">not tuned</Term>
        </span>
        {!isOpen && names.map((name) => <OffRest key={name} name={name} />)}
      </div>
      <Collapsible.Content className="knob-groups">
        {KNOB_GROUPS.map((group) => {
          const members = ofGroup(names, group);
          if (members.length === 0) return null;
          return (
            <div className="knob-group" key={group} role="group" aria-label={`${group}, not tuned`}>
              <span className="knob-group-name">{group}</span>
              <div className="knob-lines">
                {members.map((name) => (
                  <KnobLine key={name} {...placeOf(name)} />
                ))}
              </div>
            </div>
          );
        })}
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

const restOf = (knob: Knob): KnobValue => valueAt(knob, restIndex(knob));

/** A knob that stands elsewhere than where it rests. */
function OffRest({ name }: { readonly name: KnobName }) {
  const knob = useLab((state) => state.info?.knobs[name]);
  const running = useRunning(name);
  if (!knob || running === undefined || running === restOf(knob)) return null;
  return (
    <span className="off-rest" data-testid={`off-rest-${name}`}>
      <Term name={name}>{KNOB_LABELS[name]}</Term>{' '}
      <b className="knob-value">{knobValue(running, knob.unit)}</b>
    </span>
  );
}
