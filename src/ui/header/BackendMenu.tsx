/** What computes and by which clock: said in the header, changed behind it. */
import { BACKENDS, CODECS } from '../../domain/experiment.ts';
import { Choice } from '../controls/Choice.tsx';
import { Flyout } from '../controls/Flyout.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { fixed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { RANGES } from '../store/defaults.ts';
import { restartWith } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';

const BACKEND_LABELS = { webgpu: 'WebGPU', wasm: 'wasm', webgl: 'WebGL', cpu: 'CPU' } as const;

export function BackendMenu() {
  const draft = useLab((state) => state.draft);
  const page = useLab((state) => state.page);
  const environment = useLab((state) => (state.origin === 'none' ? null : (state.info?.environment ?? null)));
  const running = environment?.backend ?? draft.backend;
  const label = BACKENDS.find((b) => b === running);
  return (
    <Flyout
      label="Runs on"
      value={
        <span data-testid="backend" data-backend={running}>
          {label ? BACKEND_LABELS[label] : running} · {page === 'compare' ? 'virtual' : draft.clock} clock
        </span>
      }
      testId="backend-menu"
    >
      <div className="option-grid">
        <span>Backend</span>
        <Choice
          label="Backend"
          testId="backend-select"
          value={draft.backend}
          options={BACKENDS.map((value) => ({ value, label: BACKEND_LABELS[value] }))}
          onChange={(value) => {
            const backend = BACKENDS.find((b) => b === value);
            if (backend) restartWith({ backend });
          }}
        />
        <Term name="virtualClock" />
        <Choice
          label="Clock"
          testId="clock-select"
          value={draft.clock}
          options={[
            { value: 'live', label: 'Live' },
            { value: 'virtual', label: 'Virtual' },
          ]}
          onChange={(value) => restartWith({ clock: value === 'virtual' ? 'virtual' : 'live' })}
        />
        <Term name="codec" />
        <Choice
          label="Codec"
          value={draft.codec}
          options={CODECS.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(value) => {
            const codec = CODECS.find((c) => c === value);
            if (codec) restartWith({ codec });
          }}
        />
        <span>Length</span>
        <span className="row">
          <NumberField
            label="Length in seconds"
            testId="seconds"
            value={draft.seconds}
            range={RANGES.seconds}
            unit={draft.seconds === null ? '' : 's'}
            offWord="endless"
            whole
            onChange={(seconds) => restartWith({ seconds })}
          />
          <button
            type="button"
            className="button"
            disabled={draft.seconds === null}
            onClick={() => restartWith({ seconds: null })}
          >
            Endless
          </button>
        </span>
      </div>
      <EnvironmentFacts />
    </Flyout>
  );
}

/** What the shown run was seen to run on. */
function EnvironmentFacts() {
  const info = useLab((state) => state.info);
  if (!info) return <p className="hint">The machine is described here once the run is ready.</p>;
  const { environment, experiment, captureSize } = info;
  const cost = experiment.gpuCost;
  return (
    <dl className="facts">
      <dt>Adapter</dt>
      <dd>{environment.adapter || '–'}</dd>
      <dt>Threads</dt>
      <dd>{environment.threads}</dd>
      <dt>Detector input</dt>
      <dd>
        {environment.detector.name}, {environment.detector.inputWidth}×{environment.detector.inputHeight}
      </dd>
      <dt>Captured at</dt>
      <dd>
        {captureSize.width}×{captureSize.height}
      </dd>
      {cost && (
        <>
          <dt>Cost of a pass</dt>
          <dd>
            {fixed(cost.inferenceMs, 1)} ms forward, {fixed(cost.backwardMs, 1)} ms backward
          </dd>
        </>
      )}
      <dt>Versions</dt>
      <dd>
        {Object.entries(environment.versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}
      </dd>
      {environment.fallback !== null && (
        <>
          <dt>Fallback</dt>
          <dd>{environment.fallback}</dd>
        </>
      )}
    </dl>
  );
}
