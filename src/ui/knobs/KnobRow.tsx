/** One knob: its ladder with what runs and where the policy stands, and the three forces on it. */
import type { KnobGradient } from '../../domain/interval.ts';
import { climbs } from '../../domain/heldTiles.ts';
import { KNOB_LABELS, type Knob } from '../../domain/knob.ts';
import { forcesOn } from '../ascent/localModel.ts';
import { fixed, force, knobValue } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { lastRecord, useLab } from '../store/labStore.ts';
import { Force } from './Force.tsx';
import { Ladder } from './Ladder.tsx';
import { useRunning } from './running.ts';
import { TuneButton, type KnobPlace } from './TuneButton.tsx';

interface Props extends KnobPlace {
  /** The largest force on any knob. */
  readonly scale: number;
}

export function KnobRow({ scale, ...place }: Props) {
  const { name } = place;
  const knob = useLab((state) => state.info?.knobs[name]);
  const record = useLab(lastRecord);
  const policy = useLab((state) => state.draft.policy);
  const tuned = useLab((state) => state.draft.knobs);
  const running = useRunning(name);
  const isStatic = policy.name === 'static';
  /** By the forces that are shown here. */
  const moves = climbs(policy, tuned, name);
  const isHeld = name === 'tiles' && policy.name === 'oneadapt' && !moves;
  const forces = record ? forcesOn(record, name) : undefined;
  const position = record?.positions[name];
  return (
    <div className="knob" data-testid={`knob-${name}`} data-value={running} data-position={position}>
      <div className="knob-head">
        <Term name={name}>{KNOB_LABELS[name]}</Term>
        <b className="knob-value">{running === undefined || !knob ? '–' : knobValue(running, knob.unit)}</b>
        {position !== undefined && (
          <span className="hint">
            <Term name="position">x</Term> <span className="number">{fixed(position, 2)}</span>
          </span>
        )}
        <Remark knob={knob} gradient={record?.gradients[name]} isStatic={isStatic} isHeld={isHeld} />
        <TuneButton {...place} />
      </div>
      {knob ? (
        <Ladder knob={knob} running={running} position={position} />
      ) : (
        <div className="ladder ladder-empty hint">The ladder is known once the source is open.</div>
      )}
      <div className="forces">
        <Force kind="accuracy" name={name} value={forces?.accuracy} scale={scale} />
        <Force kind="price" name={name} value={forces?.price} scale={scale} />
        <Force kind="net" name={name} value={moves ? forces?.net : undefined} scale={scale} />
      </div>
      <span className="visually-hidden">
        {forces &&
          `${KNOB_LABELS[name]}: AccGrad ${force(forces.accuracy)}, price pull ${force(forces.price)}, ${moves ? `net ${force(forces.net)}` : 'not moved by them'}.`}
      </span>
    </div>
  );
}

interface RemarkProps {
  readonly knob: Knob | undefined;
  readonly gradient: KnobGradient | undefined;
  readonly isStatic: boolean;
  readonly isHeld: boolean;
}

function Remark({ knob, gradient, isStatic, isHeld }: RemarkProps) {
  const words =
    knob?.values.length === 1
      ? 'nothing else to choose here'
      : isStatic
        ? 'click a value to set it'
        : isHeld
          ? 'held, pin to choose'
          : gradient?.flat === true
            ? 'no visible change'
            : undefined;
  return <span className="knob-remark hint">{words}</span>;
}
