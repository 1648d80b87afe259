/** How far AccGrad can be trusted: what a step of each knob really changed, against what the estimators had said. */
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from '../../domain/interval.ts';
import { CAPTURE_FPS } from '../../domain/ladders.ts';
import { Choice } from '../controls/Choice.tsx';
import { Icon, type IconName } from '../controls/Icon.tsx';
import { count } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { useLab } from '../store/labStore.ts';
import { setTrust } from '../store/view.ts';
import { Figures } from './Figures.tsx';
import { Key } from './Key.tsx';
import { useMeasured, type Measured } from './measured.ts';
import { StepBars } from './StepBars.tsx';
import { TrustScatter } from './TrustScatter.tsx';
import { TrustTables } from './TrustTables.tsx';

export function TrustView() {
  const found = useMeasured();
  const isTable = useLab((state) => state.view.trust.isTable);
  const interval = useLab((state) => state.pointedAt ?? state.trustedAt);
  const shown = found.records.find(({ index }) => index === interval) ?? found.measured.at(-1);
  return (
    <div className="trust" data-testid="trust">
      {!shown || found.estimator === null ? (
        <Nothing />
      ) : isTable ? (
        <TrustTables found={found} shown={shown} />
      ) : (
        <div className="trust-columns">
          <Interval found={found} shown={shown} estimator={found.estimator} />
          <Run found={found} shown={shown} estimator={found.estimator} />
        </div>
      )}
      <Status />
    </div>
  );
}

/** Captures of an interval, of which a live run that cannot keep up measures fewer. */
const FRAMES = CAPTURE_FPS * INTERVAL_SECONDS;

interface Props {
  readonly found: Measured;
  /** The interval that is looked at; it need not have been measured. */
  readonly shown: IntervalRecord;
  readonly estimator: string;
}

function Interval({ found, shown, estimator }: Props) {
  const { measured } = found;
  const before = measured.findLast(({ index }) => index < shown.index);
  const after = measured.find(({ index }) => index > shown.index);
  return (
    <section className="trust-part" aria-label="One interval">
      <div className="trust-head">
        <Turn to={before} icon="left" label="The measured interval before" />
        <b className="number" data-png-text data-testid="trust-interval">
          Interval {shown.index + 1}
        </b>
        <Turn
          to={after}
          isNewest={after === measured.at(-1)}
          icon="right"
          label="The next measured interval"
        />
        <span className="hint">
          <Term name="trueChange">true change</Term> by one step of
        </span>
        {shown.measuredFrames < FRAMES && (
          <Term name="measured">
            <span className="warn">
              {count(shown.measuredFrames, 'frame')} of {FRAMES}
            </span>
          </Term>
        )}
      </div>
      {shown.fidelity ? (
        <StepBars found={found} record={shown} estimator={estimator} />
      ) : (
        <p className="empty">The truth about this interval was not measured.</p>
      )}
    </section>
  );
}

function Turn({
  to,
  isNewest = false,
  icon,
  label,
}: {
  readonly to: IntervalRecord | undefined;
  readonly isNewest?: boolean;
  readonly icon: IconName;
  readonly label: string;
}) {
  return (
    <button
      type="button"
      className="button icon-button"
      aria-label={label}
      title={label}
      disabled={to === undefined}
      // At the newest one the view follows the run again.
      onClick={() => to && useLab.setState({ trustedAt: isNewest ? null : to.index })}
    >
      <Icon name={icon} />
    </button>
  );
}

function Run({ found, shown, estimator }: Props) {
  const { samples, knobs } = found;
  const chosen = useLab((state) => state.view.trust.knob);
  const against = useLab((state) => state.view.trust.against);
  const knob: KnobName | undefined = knobs.find((name) => name === chosen) ?? knobs[0];
  if (knob === undefined) return null;
  const steps = samples.filter((sample) => sample.knob === knob);
  return (
    <section className="trust-part" aria-label="The whole run">
      <div className="trust-head">
        <span className="hint">all steps of</span>
        <Choice
          label="Knob of the scatter plot"
          testId="trust-knob"
          value={knob}
          options={knobs.map((name) => ({ value: name, label: KNOB_LABELS[name] }))}
          onChange={(value) => setTrust({ knob: KNOB_NAMES.find((name) => name === value) ?? null })}
        />
        <ul className="trust-legend">
          <li>
            <Key>
              <circle className="sample-mark" r={3.5} />
            </Key>
            <span data-png-text>up</span>
          </li>
          <li>
            <Key>
              <circle className="sample-mark sample-down" r={3.5} />
            </Key>
            <span data-png-text>down</span>
          </li>
        </ul>
      </div>
      <TrustScatter steps={steps} knob={knob} estimator={estimator} against={against} shown={shown.index} />
      <Figures steps={steps} estimator={estimator} against={against} />
    </section>
  );
}

function Nothing() {
  const truth = useLab((state) => state.truth);
  const isMeasuring = useLab((state) => state.measuring !== null);
  const isLive = useLab((state) => state.runState === 'running' || state.runState === 'paused');
  return (
    <div className="trust-nothing">
      <p>
        AccGrad is an estimate. <b>Measure</b> makes every step that it speaks of: after each interval its
        frames are encoded and detected again with one knob a step up, then a step down, and so on.
      </p>
      <p className="hint">
        {isMeasuring
          ? 'The first truth is on its way.'
          : truth && isLive
            ? 'The next interval to end is measured.'
            : truth
              ? 'The next run is measured.'
              : 'An interval then takes several times as long.'}
      </p>
    </div>
  );
}

/** What the instrument is doing; always one line high. */
function Status() {
  const measuring = useLab((state) => state.measuring);
  return (
    <div className="trust-status hint" data-testid="trust-status">
      {measuring ? (
        <>
          <progress
            value={measuring.done}
            max={Math.max(1, measuring.total)}
            aria-label="Steps that are measured"
          />
          <span className="number">
            Measuring interval {measuring.intervalIndex + 1}: {measuring.done} of {measuring.total} steps
          </span>
        </>
      ) : (
        <span>The instrument’s work is charged to nobody, and the run waits while it is done.</span>
      )}
    </div>
  );
}
