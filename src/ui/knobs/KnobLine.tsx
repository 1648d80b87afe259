/** A knob that is not tuned, in one line: what it stands at, to be set by hand, and the button that has it tuned. */
import { KNOB_LABELS } from '../../domain/knob.ts';
import { Choice } from '../controls/Choice.tsx';
import { knobValue } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { setKnob } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';
import { useRunning } from './running.ts';
import { TuneButton, type KnobPlace } from './TuneButton.tsx';

export function KnobLine(place: KnobPlace) {
  const { name } = place;
  const knob = useLab((state) => state.info?.knobs[name]);
  const running = useRunning(name);
  return (
    <span className="knob-line" data-testid={`knob-${name}`} data-value={running}>
      <Term name={name}>{KNOB_LABELS[name]}</Term>
      {knob && running !== undefined ? (
        <Choice
          label={`${KNOB_LABELS[name]}, set by hand`}
          testId={`set-${name}`}
          value={String(running)}
          options={knob.values.map((value) => ({ value: String(value), label: knobValue(value, knob.unit) }))}
          onChange={(text) => {
            const value = knob.values.find((v) => String(v) === text);
            if (value !== undefined) setKnob(name, value);
          }}
        />
      ) : (
        <b className="knob-value">–</b>
      )}
      <TuneButton {...place} />
    </span>
  );
}
