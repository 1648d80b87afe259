/** The knobs: where each stands on its ladder, what pulls it up, what takes it down, and where it goes. */
import { KNOB_NAMES } from '../../domain/knob.ts';
import { Panel } from '../controls/Panel.tsx';
import { Term } from '../help/Term.tsx';
import { largestForce } from '../ascent/localModel.ts';
import { lastRecord, useLab } from '../store/labStore.ts';
import { EstimatorCard } from './EstimatorCard.tsx';
import { KnobRow } from './KnobRow.tsx';

export function KnobsPanel() {
  const record = useLab(lastRecord);
  const scale = largestForce(record);
  return (
    <Panel name="knobs" title="Knobs" tools={<KnobTools />}>
      {KNOB_NAMES.map((name) => (
        <KnobRow key={name} name={name} scale={scale} />
      ))}
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
      {policy === 'oneadapt' ? <EstimatorCard /> : <Term name="staticPolicy">Static: set by hand</Term>}
    </>
  );
}
