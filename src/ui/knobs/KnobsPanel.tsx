/** The knobs: where each stands on its ladder, what pulls it up, what takes it down, and where it goes. */
import { useState } from 'react';
import { KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { Panel } from '../controls/Panel.tsx';
import { POLICY_TERMS } from '../help/policyTerms.ts';
import { Term } from '../help/Term.tsx';
import { largestForce } from '../ascent/localModel.ts';
import { toggleTuned } from '../store/draft.ts';
import { lastRecord, useLab } from '../store/labStore.ts';
import { EstimatorCard } from './EstimatorCard.tsx';
import { KnobRow } from './KnobRow.tsx';
import { MoreKnobs } from './MoreKnobs.tsx';
import type { KnobPlace } from './TuneButton.tsx';

/** With more knobs than these their rows are drawn closer, so that they fit above the timeline. */
const ROOMY_ROWS = 3;
const CLOSE_ROWS = 6;

/** Tuned knobs have a row each, the others are folded into one line. */
export function KnobsPanel() {
  const record = useLab(lastRecord);
  const tuned = useLab((state) => state.draft.knobs);
  // The button that was pressed is made anew where its knob goes; the keyboard goes on from there.
  const [moved, setMoved] = useState<KnobName | null>(null);
  const [isOpen, setOpen] = useState(false);
  const scale = largestForce(record);
  const others = KNOB_NAMES.filter((name) => !tuned.includes(name));
  const spacing =
    tuned.length > CLOSE_ROWS
      ? 'knob-rows-dense'
      : tuned.length > ROOMY_ROWS || (isOpen && others.length > 0)
        ? 'knob-rows-close'
        : 'knob-rows-roomy';
  const placeOf = (name: KnobName): KnobPlace => ({
    name,
    hasFocus: moved === name,
    onToggle: () => {
      setMoved(name);
      toggleTuned(name);
    },
  });
  return (
    <Panel name="knobs" title="Knobs" tools={<KnobTools />}>
      <div className={`knob-rows ${spacing}`}>
        {tuned.map((name) => (
          <KnobRow key={name} {...placeOf(name)} scale={scale} />
        ))}
      </div>
      {others.length > 0 && (
        <MoreKnobs
          names={others}
          placeOf={placeOf}
          arrived={moved !== null && others.includes(moved) ? moved : null}
          isOpen={isOpen}
          onOpenChange={(next) => {
            setMoved(null);
            setOpen(next);
          }}
        />
      )}
    </Panel>
  );
}

function KnobTools() {
  const policy = useLab((state) => state.draft.policy.name);
  return (
    <>
      <span className="knob-key" aria-hidden="true">
        <i className="key-accuracy" /> AccGrad <i className="key-price" /> price pull{' '}
        <i className="key-net" /> net
      </span>
      {policy === 'oneadapt' ? <EstimatorCard /> : <Term name={POLICY_TERMS[policy]} />}
    </>
  );
}
