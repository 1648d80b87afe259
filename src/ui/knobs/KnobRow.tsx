/** One knob: its ladder with what runs and where the policy stands, and the three forces on it. */
import type { KnobGradient } from '../../domain/interval.ts';
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { forcesOn } from '../ascent/localModel.ts';
import { Icon } from '../controls/Icon.tsx';
import { fixed, knobValue, signed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { togglePin } from '../store/draft.ts';
import { lastRecord, useLab } from '../store/labStore.ts';
import { Force } from './Force.tsx';
import { Ladder } from './Ladder.tsx';

interface Props {
  readonly name: KnobName;
  /** The largest force on any knob. */
  readonly scale: number;
}

export function KnobRow({ name, scale }: Props) {
  const knob = useLab((state) => state.info?.knobs[name]);
  const record = useLab(lastRecord);
  const policy = useLab((state) => state.draft.policy);
  const adapts = useLab((state) => state.draft.knobs.includes(name));
  const isStatic = policy.name === 'static';
  const moves = adapts && !isStatic;
  const running = record?.configuration[name] ?? (isStatic ? policy.configuration[name] : undefined);
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
        <Remark gradient={record?.gradients[name]} adapts={adapts} isStatic={isStatic} />
        {!isStatic && (
          <button
            type="button"
            className="chip pin"
            aria-pressed={!adapts}
            title={
              adapts
                ? 'Pin: the policy leaves this knob where it stands'
                : 'Unpin: let the policy move this knob'
            }
            data-testid={`pin-${name}`}
            onClick={() => togglePin(name)}
          >
            <Icon name="pin" />
            {adapts ? 'Pin' : 'Pinned'}
          </button>
        )}
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
          `${KNOB_LABELS[name]}: AccGrad ${signed(forces.accuracy, 3)}, price pull ${signed(forces.price, 3)}, ${moves ? `net ${signed(forces.net, 3)}` : 'not moved'}.`}
      </span>
    </div>
  );
}

interface RemarkProps {
  readonly gradient: KnobGradient | undefined;
  readonly adapts: boolean;
  readonly isStatic: boolean;
}

function Remark({ gradient, adapts, isStatic }: RemarkProps) {
  if (isStatic) return <span className="knob-remark hint">click a value to set it</span>;
  if (!adapts) return <span className="knob-remark hint">left where it stands</span>;
  if (gradient?.flat === true) return <span className="knob-remark hint">neighbours look the same</span>;
  return <span className="knob-remark" />;
}
