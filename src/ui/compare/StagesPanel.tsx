/** Small multiples of the stage: what the server decoded of each policy, with its boxes, and how its last interval went. */
import { BUDGET_TOLERANCE } from '../../domain/interval.ts';
import { topConfiguration } from '../../domain/configuration.ts';
import { Panel } from '../controls/Panel.tsx';
import { configurationText, fixed, quantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { BOX_STYLES } from '../stage/drawStage.ts';
import { useLab } from '../store/labStore.ts';
import { emphasis, useCompared, type Rival } from './compared.ts';
import { highlight, useCompare } from './compareStore.ts';
import { LaneCanvas } from './LaneCanvas.tsx';
import { RivalMark } from './RivalMark.tsx';

export function StagesPanel() {
  const { rivals } = useCompared();
  const comparing = useLab((state) => state.comparing);
  return (
    <Panel name="stages" title="Stages" tools={<BoxLegend />}>
      {rivals.length === 0 ? (
        <p className="empty">
          Tick policies and press Compare: each gets the same frames and the same budget.
        </p>
      ) : (
        <>
          {comparing === 'preparing' && <Preparing />}
          {comparing === 'opened' && (
            <p className="hint stages-note" data-testid="compare-opened">
              <span>
                <b>Report opened.</b> It holds the numbers; the pictures come back by comparing again.
              </span>
            </p>
          )}
          <ul className="stages-grid">
            {rivals.map((rival) => (
              <Lane key={rival.place} rival={rival} />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function BoxLegend() {
  return (
    <span className="hint stages-legend">
      {(['now', 'reference'] as const).map((kind) => (
        <span key={kind}>
          <svg className="sample box-sample" viewBox="0 0 16 4" aria-hidden="true">
            <line
              x2="16"
              y1="2"
              y2="2"
              stroke={BOX_STYLES[kind].colour}
              strokeDasharray={kind === 'now' ? undefined : '4 2'}
            />
          </svg>{' '}
          {kind === 'now' ? 'found' : <Term name="reference">reference</Term>}
        </span>
      ))}
    </span>
  );
}

function Preparing() {
  const progress = useCompare((state) => state.progress);
  return (
    <div className="stages-note" role="status" data-testid="compare-preparing">
      <progress
        {...(progress?.fraction == null ? {} : { value: progress.fraction })}
        aria-label="Preparing"
      />
      <span className="hint">{progress?.label ?? 'Preparing'}</span>
    </div>
  );
}

function Lane({ rival: { place, contender, look, term } }: { readonly rival: Rival }) {
  const highlighted = useCompare((state) => state.highlighted);
  // The report of a comparison holds no pictures.
  const hasPictures = useLab((state) => state.comparing !== 'opened');
  const newest = useCompare((state) => state.runs[place]?.intervals.at(-1));
  const knobs = useCompare((state) => state.info?.knobs);
  const bound = contender.budget.bandwidthKbps;
  const isOver =
    newest !== undefined && bound !== null && newest.bandwidthKbps > bound * (1 + BUDGET_TOLERANCE);
  return (
    <li
      className={`lane${emphasis(place, highlighted)}`}
      data-testid="lane"
      onPointerEnter={() => highlight(place)}
      onPointerLeave={() => highlight(null)}
    >
      <div className="lane-head">
        <RivalMark look={look} />
        <Term name={term}>{contender.name}</Term>
      </div>
      {hasPictures && <LaneCanvas place={place} name={contender.name} />}
      <div className="lane-figures number">
        {newest ? (
          <>
            <span>
              F1 <b>{fixed(newest.accuracy, 2)}</b>
            </span>
            <span className={isOver ? 'warn' : undefined}>
              {isOver && '▲ '}
              <b>{quantity(newest.bandwidthKbps)}</b> kbps
            </span>
          </>
        ) : (
          <span className="hint">–</span>
        )}
      </div>
      <div className="lane-ran hint" title="What ran in its last interval">
        {newest ? configurationText(newest.configuration, knobs ? topConfiguration(knobs) : {}) : ' '}
      </div>
    </li>
  );
}
