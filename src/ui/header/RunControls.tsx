/** Play, pause, step, slow motion, and where the run stands. */
import { ActionButton } from '../actions/ActionButton.tsx';
import { clockTime } from '../format.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { lastRecord, useLab } from '../store/labStore.ts';

const STATE_LABELS = {
  preparing: 'Preparing',
  running: 'Running',
  paused: 'Paused',
  ended: 'Ended',
  failed: 'Failed',
  /** Where what is shown is not the live run. */
  recorded: 'Recorded',
  opened: 'Report opened',
} as const;

export function RunControls() {
  const runState = useLab((state) => state.runState);
  const slowMotion = useLab((state) => state.slowMotion);
  return (
    <div className="run-controls" role="group" aria-label="Run">
      <RunState />
      {runState === 'running' ? (
        <ActionButton id="playPause" icon="pause" testId="pause" label="Pause" />
      ) : (
        <ActionButton
          id="playPause"
          icon="play"
          testId="play"
          label={runState === 'paused' ? 'Play' : 'Run again'}
        />
      )}
      <ActionButton id="step" icon="step" testId="step" />
      <ActionButton id="slowMotion" icon="slow" testId="slow-motion" pressed={slowMotion} />
    </div>
  );
}

function RunState() {
  const runState = useLab((state) => state.runState);
  const origin = useLab((state) => state.origin);
  const intervals = useLab((state) => state.records.length);
  const seconds = useLab((state) => {
    const last = lastRecord(state);
    return last ? last.startSeconds + INTERVAL_SECONDS : 0;
  });
  const shown = origin === 'opened' || origin === 'recorded' ? origin : runState;
  return (
    <span className="run-state" data-state={shown}>
      <span className="lamp" aria-hidden="true" />
      <span data-testid="run-state" role="status">
        {STATE_LABELS[shown]}
      </span>
      <span className="run-time" title="Intervals shown, and seconds of video">
        <span data-testid="interval-count" data-origin={origin}>
          {intervals}
        </span>
        <span aria-hidden="true"> · </span>
        {clockTime(seconds)}
      </span>
    </span>
  );
}
