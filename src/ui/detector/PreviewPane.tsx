/** A picture of the present source with the boxes that the model finds under the card as it stands. */
import { useEffect, useRef, type CSSProperties } from 'react';
import { useStore } from 'zustand';
import type { Detection } from '../../domain/detection.ts';
import type { PreviewBox } from '../../engine/preview.ts';
import { Icon } from '../controls/Icon.tsx';
import { SliderTrack } from '../controls/SliderTrack.tsx';
import { count, fixed, quantity } from '../format.ts';
import { drawDetections } from '../stage/drawStage.ts';
import { useElementSize } from '../stage/useElementSize.ts';
import { labelsOf, type CardForm } from './cardForm.ts';
import type { PreviewSession, PreviewState } from './previewSession.ts';

interface Props {
  readonly session: PreviewSession;
  readonly form: CardForm;
  /** Full sentence on why the form is no card; null: it is one. */
  readonly problem: string | null;
}

/** The scene has no end: as far as its slider goes, seconds. */
const SCENE_SECONDS = 60;
const FALLBACK_ASPECT = 5 / 3;

export function PreviewPane({ session, form, problem }: Props) {
  const state = useStore(session.state);
  const labels = labelsOf(form);
  const boxes = problem === null && state.misfit === null ? (state.detections?.boxes ?? []) : [];
  const shown = boxes
    .filter(({ score }) => score > form.threshold)
    .map(({ classIndex, ...box }) => ({ ...box, label: labels[classIndex] ?? String(classIndex) }));
  const best = boxes[0];
  return (
    <section className="card-preview" aria-label="Preview">
      <Picture state={state} detections={shown} />
      <Moment session={session} state={state} />
      <p
        className={`card-found ${(problem ?? state.misfit) === null ? '' : 'card-refusal'}`}
        role="status"
        data-testid="card-found"
        data-computing={state.isComputing}
      >
        {problem ??
          state.misfit ??
          (state.detections ? foundText(shown, best, form, labels) : waitingText(state))}{' '}
        {state.detections && (
          <span className="hint" data-testid="card-time">
            One forward pass takes {quantity(state.detections.elapsedMs)} ms on {state.model?.backend}, beside
            what runs.
          </span>
        )}
      </p>
    </section>
  );
}

const waitingText = ({ picture, pictureFailure }: PreviewState): string =>
  pictureFailure !== null && !picture
    ? 'Without a picture there is nothing to look for; the card is tried when you use it.'
    : 'Looking for boxes…';

/** "7 boxes: person ×5, car ×2." */
function foundText(
  shown: readonly Detection[],
  best: PreviewBox | undefined,
  { threshold }: CardForm,
  labels: readonly string[],
): string {
  if (shown.length > 0) {
    const tally = new Map<string, number>();
    for (const { label } of shown) tally.set(label, (tally.get(label) ?? 0) + 1);
    const parts = [...tally]
      .sort(([, a], [, b]) => b - a)
      .map(([label, n]) => (n === 1 ? label : `${label} ×${n}`));
    return `${shown.length} ${shown.length === 1 ? 'box' : 'boxes'}: ${parts.join(', ')}.`;
  }
  if (!best)
    return 'No boxes at all here. Try another moment, or see whether colours and scaling are as in the training.';
  const name = labels[best.classIndex] ?? String(best.classIndex);
  return `No box above ${fixed(threshold, 2)}; the best is ${name} with ${fixed(best.score, 2)}. Lower the threshold, or try another moment.`;
}

function Picture({
  state,
  detections,
}: {
  readonly state: PreviewState;
  readonly detections: readonly Detection[];
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useElementSize(frame);
  const image = state.picture?.image;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const scale = window.devicePixelRatio;
    context.canvas.width = Math.round(width * scale);
    context.canvas.height = Math.round(height * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    // A session that was closed has closed its picture.
    if (!image || image.width === 0) return;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(image, 0, 0, width, height);
    drawDetections(context, detections, width, height);
  });
  return (
    <div
      ref={frame}
      className="card-picture"
      data-computing={state.isComputing}
      style={
        { '--aspect': image ? image.width / Math.max(1, image.height) : FALLBACK_ASPECT } as CSSProperties
      }
    >
      <canvas
        ref={canvas}
        data-testid="card-picture"
        role="img"
        aria-label={`A frame of the source with ${count(detections.length, 'found box')}`}
      />
      {state.pictureFailure !== null && <p className="card-nothing">{state.pictureFailure}</p>}
      {state.isComputing && <span className="badge card-busy">Looking…</span>}
    </div>
  );
}

/** Which moment of the source is looked at; of the webcam there is only the newest. */
function Moment({ session, state }: { readonly session: PreviewSession; readonly state: PreviewState }) {
  const { seconds, picture } = state;
  if (picture?.isLive) {
    return (
      <button type="button" className="button card-newest" onClick={() => session.show(0)}>
        <Icon name="again" /> The newest frame
      </button>
    );
  }
  const end = picture?.durationSeconds ?? SCENE_SECONDS;
  return (
    <div className="card-moment">
      <span className="hint">Frame at</span>
      <SliderTrack
        label="Moment of the source"
        value={Math.min(seconds, end)}
        range={{ min: 0, max: end }}
        step={0.1}
        valueText={`${fixed(seconds, 1)} seconds`}
        onChange={(value) => session.show(value)}
      />
      <span className="number">{fixed(Math.min(seconds, end), 1)} s</span>
    </div>
  );
}
