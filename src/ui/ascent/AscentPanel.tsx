/** Below the stage: the ascent, or how far the gradients that it climbs can be trusted. */
import { lazy, Suspense } from 'react';
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { Choice } from '../controls/Choice.tsx';
import { Panel } from '../controls/Panel.tsx';
import { tabId, TabList } from '../controls/TabList.tsx';
import { Term } from '../help/Term.tsx';
import { useLab } from '../store/labStore.ts';
import { setPlaneAxis, setView } from '../store/view.ts';
import { AscentLegend } from './AscentLegend.tsx';
import { AscentPlot } from './AscentPlot.tsx';
import { usePlane } from './plane.ts';
import { Stages } from './Stages.tsx';

/** Needed only by who asks for it. */
const TrustView = lazy(async () => ({ default: (await import('../trust/TrustView.tsx')).TrustView }));
const TrustTools = lazy(async () => ({ default: (await import('../trust/TrustTools.tsx')).TrustTools }));

const TABS = [
  { value: 'ascent', label: 'Ascent' },
  { value: 'trust', label: 'Trust' },
] as const;
const TAB_PANEL = 'below-the-stage';

export function AscentPanel() {
  const tab = useLab((state) => state.view.tab);
  const isTrust = tab === 'trust';
  return (
    <Panel
      name="ascent"
      title={isTrust ? 'Trust' : 'Ascent'}
      tabs={
        <TabList
          label="Ascent or trust"
          tabs={TABS}
          value={tab}
          onChange={(value) => setView({ tab: value })}
          controls={TAB_PANEL}
        />
      }
      tools={
        isTrust ? (
          <Suspense fallback={null}>
            <TrustTools />
          </Suspense>
        ) : (
          <Axes />
        )
      }
    >
      <div className="tab-content" role="tabpanel" id={TAB_PANEL} aria-labelledby={tabId(TAB_PANEL, tab)}>
        {isTrust ? (
          <Suspense fallback={null}>
            <TrustView />
          </Suspense>
        ) : (
          <div className="ascent">
            <AscentPlot />
            <div className="ascent-side">
              <AscentLegend />
              <Stages />
            </div>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Axes() {
  const [x, y] = usePlane();
  const tuned = useLab((state) => state.draft.knobs);
  // Only tuned knobs move and have arrows; an axis that is in use stays in the list.
  const listed = KNOB_NAMES.filter((name) => tuned.includes(name) || name === x || name === y);
  return (
    <>
      <span className="hint">
        <Term name="oneadapt">gradient ascent</Term>
      </span>
      <Axis axis={0} label="across" value={x} listed={listed} />
      <Axis axis={1} label="up" value={y} listed={listed} />
    </>
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
