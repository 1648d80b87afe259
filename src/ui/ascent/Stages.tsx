/** The six stages of an interval by number; slow motion holds each and lights it. */
import { STAGES } from '../../engine/events.ts';
import { ActionButton } from '../actions/ActionButton.tsx';
import { Term } from '../help/Term.tsx';
import { useLab } from '../store/labStore.ts';

export function Stages() {
  const slowMotion = useLab((state) => state.slowMotion);
  const stage = useLab((state) => state.stage);
  const present = slowMotion ? STAGES.find((s) => s.key === stage) : undefined;
  return (
    <div className="stages">
      <div className="stages-head">
        <Term name="slowMotion">Six stages</Term>
        <ActionButton id="slowMotion" icon="slow" pressed={slowMotion}>
          Slow motion
        </ActionButton>
      </div>
      <ol>
        {STAGES.map(({ key, title, caption }) => (
          <li key={key} aria-current={present?.key === key ? 'step' : undefined} title={caption}>
            {title}
          </li>
        ))}
      </ol>
      <p className="stages-caption" aria-live="polite">
        {present
          ? present.caption
          : slowMotion
            ? 'The next interval will be shown stage by stage.'
            : 'At full speed the stages pass too fast to be read.'}
      </p>
    </div>
  );
}
