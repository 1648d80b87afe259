/** The ascent: the plane of two knobs, the way so far, what pulls where, and the edge of the budget. */
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { Choice } from '../controls/Choice.tsx';
import { Panel } from '../controls/Panel.tsx';
import { Term } from '../help/Term.tsx';
import { useLab } from '../store/labStore.ts';
import { setPlaneAxis } from '../store/view.ts';
import { AscentLegend } from './AscentLegend.tsx';
import { AscentPlot } from './AscentPlot.tsx';
import { Stages } from './Stages.tsx';

export function AscentPanel() {
  const [x, y] = useLab((state) => state.view.plane);
  const tuned = useLab((state) => state.draft.knobs);
  // Only tuned knobs move and have arrows; an axis that is in use stays in the list.
  const listed = KNOB_NAMES.filter((name) => tuned.includes(name) || name === x || name === y);
  return (
    <Panel
      name="ascent"
      title={<Term name="oneadapt">Ascent</Term>}
      tools={
        <>
          <Axis axis={0} label="across" value={x} listed={listed} />
          <Axis axis={1} label="up" value={y} listed={listed} />
        </>
      }
    >
      <div className="ascent">
        <AscentPlot />
        <div className="ascent-side">
          <AscentLegend />
          <Stages />
        </div>
      </div>
    </Panel>
  );
}

interface AxisProps {
  readonly axis: 0 | 1;
  readonly label: string;
  readonly value: KnobName;
  readonly listed: readonly KnobName[];
}

function Axis({ axis, label, value, listed }: AxisProps) {
  return (
    <label className="axis-choice">
      <span>{label}</span>
      <Choice
        label={`Knob of the axis ${label}`}
        value={value}
        options={listed.map((name) => ({ value: name, label: KNOB_LABELS[name] }))}
        onChange={(next) => {
          const name = KNOB_NAMES.find((k) => k === next);
          if (name) setPlaneAxis(axis, name);
        }}
      />
    </label>
  );
}
