/** The stage: what the server sees, what it finds, and where its attention and the knobs' effects lie. */
import { clipFiles } from '../../domain/playlist.ts';
import { ActionButton } from '../actions/ActionButton.tsx';
import { Panel } from '../controls/Panel.tsx';
import { useLab } from '../store/labStore.ts';
import { AllKnobs } from './AllKnobs.tsx';
import { HeatLegend } from './HeatLegend.tsx';
import { Preparing } from './Preparing.tsx';
import { StageCanvas } from './StageCanvas.tsx';
import { StageCaption } from './StageCaption.tsx';
import { StageTools } from './StageTools.tsx';
import { TileTools } from './TileTools.tsx';

export function StagePanel() {
  const layer = useLab((state) => state.view.layer);
  return (
    <Panel name="stage" title="Stage" tools={<StageTools />} testId="stage">
      <div className="stage-view">
        {layer === 'all' ? <AllKnobs /> : <StageCanvas />}
        <div className="stage-over">
          <OriginBadge />
          <MeasuringBadge />
          <EmptyHeat />
          {layer !== 'tiles' && <HeatLegend />}
        </div>
        <OpenedNote />
        <Preparing />
      </div>
      <TileTools />
      <StageCaption />
    </Panel>
  );
}

function OriginBadge() {
  const origin = useLab((state) => state.origin);
  const label = useLab((state) => state.progress?.label);
  if (origin !== 'recorded') return null;
  return (
    <span className="badge" data-testid="recorded-badge">
      <b>Recorded run</b>
      <span>
        the live one is being prepared
        {label !== undefined && ` (${label})`}
      </span>
    </span>
  );
}

/** Why the picture stands still. */
function MeasuringBadge() {
  const measuring = useLab((state) => state.measuring);
  if (!measuring) return null;
  return (
    <span className="badge" data-testid="measuring-badge">
      <b>Measuring the truth</b>
      <span className="number">
        {measuring.done} of {measuring.total} steps, the run waits
      </span>
    </span>
  );
}

/** A report has numbers for every other panel; its pictures come from running it. */
function OpenedNote() {
  const isOpened = useLab((state) => state.origin === 'opened');
  const source = useLab((state) => state.draft.source);
  if (!isOpened) return null;
  return (
    <div className="opened-note" data-testid="opened-badge">
      <p>
        <b>Report opened.</b> It holds the numbers of a finished run; the pictures come back by running it.
      </p>
      {clipFiles(source).map((file) => (
        <p key={file}>It was made with the clip “{file}”, which you will be asked for.</p>
      ))}
      <ActionButton id="runAgain" icon="again" testId="run-again">
        Run again
      </ActionButton>
    </div>
  );
}

function EmptyHeat() {
  const isEmpty = useLab((state) => state.gradientsOf === null && state.frame !== null);
  const layer = useLab((state) => state.view.layer);
  if (!isEmpty || layer === 'none' || layer === 'all') return null;
  return <span className="badge badge-quiet">The heat map appears after the first interval.</span>;
}
