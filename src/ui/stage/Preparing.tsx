/** What is going on before the live run has its first frame, with a bar for how far it is. */
import { useLab } from '../store/labStore.ts';

export function Preparing() {
  const runState = useLab((state) => state.runState);
  const progress = useLab((state) => state.progress);
  const hasPicture = useLab((state) => state.frame !== null || state.origin === 'opened');
  const isFailed = useLab((state) => state.origin === 'none' && state.runState === 'failed');
  if (isFailed) return <p className="preparing">The run could not be started: the notice above says why.</p>;
  if (runState !== 'preparing' && (runState !== 'running' || hasPicture)) return null;
  const label = progress?.label ?? (runState === 'running' ? 'The first frame comes' : 'Preparing the run');
  const fraction = progress?.fraction ?? null;
  return (
    <div className={hasPicture ? 'preparing preparing-slim' : 'preparing'} data-testid="preparing">
      {!hasPicture && <p>{label}</p>}
      <progress aria-label={label} {...(fraction === null ? {} : { value: fraction, max: 1 })} />
    </div>
  );
}
