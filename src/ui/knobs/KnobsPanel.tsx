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
import { KnobLine } from './KnobLine.tsx';
import { KnobRow } from './KnobRow.tsx';

/** With more knobs than this their rows are drawn closer, so that all fit beside the timeline. */
const ROOMY_ROWS = 3;

/** Tuned knobs have a row each, the others one line. */
export function KnobsPanel() {
  const record = useLab(lastRecord);
  const tuned = useLab((state) => state.draft.knobs);
  // The button that was pressed is made anew where its knob goes; the keyboard goes on from there.
  const [moved, setMoved] = useState<KnobName | null>(null);
  const scale = largestForce(record);
  const others = KNOB_NAMES.filter((name) => !tuned.includes(name));
  const place = (name: KnobName) => ({
    name,
    hasFocus: moved === name,
    onToggle: () => {
      setMoved(name);
      toggleTuned(name);
    },
  });
  return (
    <Panel name="knobs" title="Knobs" tools={<KnobTools />}>
      <div className={tuned.length > ROOMY_ROWS ? 'knob-rows knob-rows-close' : 'knob-rows'}>
        {tuned.map((name) => (
          <KnobRow key={name} {...place(name)} scale={scale} />
        ))}
      </div>
      {others.length > 0 && (
        <div className="knob-lines" role="group" aria-label="Knobs that are not tuned">
          <span className="hint">
            <Term name="tuned">Not tuned</Term>
          </span>
          {others.map((name) => (
            <KnobLine key={name} {...place(name)} />
          ))}
        </div>
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
