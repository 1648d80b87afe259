/** Compare, pause and stop, and where the comparison stands. */
import { ActionButton } from '../actions/ActionButton.tsx';
import { fixed } from '../format.ts';
import { hasEngine, useLab } from '../store/labStore.ts';
import { intervalsDone, useCompare } from './compareStore.ts';

const STATE_LABELS = {
  none: 'Not compared yet',
  preparing: 'Preparing',
  running: 'Comparing',
  paused: 'Paused',
  ended: 'Ended',
  failed: 'Failed',
  opened: 'Report opened',
} as const;

export function CompareControls() {
  const comparing = useLab((state) => state.comparing);
  return (
    <div className="run-controls" role="group" aria-label="Comparison">
      <Standing />
      {comparing === 'running' ? (
        <ActionButton id="playPause" icon="pause" testId="compare-pause" label="Pause" />
      ) : (
        <ActionButton
          id="playPause"
          icon="play"
          testId="compare-start"
          label={comparing === 'paused' ? 'Go on' : 'Compare'}
        >
          {comparing === 'paused' ? 'Go on' : 'Compare'}
        </ActionButton>
      )}
      {hasEngine(comparing) && <ActionButton id="stopComparing" icon="stop" testId="compare-stop" />}
    </div>
  );
}

function Standing() {
  const comparing = useLab((state) => state.comparing);
  const done = useCompare(intervalsDone);
  const wanted = useCompare((state) => state.comparison?.experiment.seconds ?? null);
  const speed = useCompare((state) => state.speed);
  const isOn = hasEngine(comparing);
  return (
    <span className="run-state" data-state={comparing === 'none' ? 'ended' : comparing}>
      <span className="lamp" aria-hidden="true" />
      <span data-testid="compare-state" role="status">
        {STATE_LABELS[comparing]}
      </span>
      {comparing !== 'none' && (
        <span className="run-time" title="Intervals that every policy has finished">
          {isOn && wanted !== null && <progress value={done} max={wanted} aria-label="Intervals compared" />}
          <span data-testid="compare-count">{done}</span>
          {wanted !== null && ` of ${wanted} s`}
          {isOn && speed !== null && (
            <span data-testid="compare-speed" title="Seconds of video compared in a second">
              {' '}
              · {fixed(speed, 2)} s/s
            </span>
          )}
        </span>
      )}
    </span>
  );
}
