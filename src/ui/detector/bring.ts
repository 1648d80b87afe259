/** A model of one's own comes in, is looked at, and is used or left. What runs goes on until it is used. */
import type { DetectorCard } from '../../domain/card.ts';
import { clipFiles } from '../../domain/playlist.ts';
import type { PictureRequest, PreviewModel } from '../../engine/preview.ts';
import { restartWith } from '../store/draft.ts';
import { filesOf, holdModel, inputsOf, modelLabel } from '../store/inputs.ts';
import { useLab, type Bringing } from '../store/labStore.ts';
import { currentPicture } from '../store/picture.ts';

/** Where nothing is shown yet: clips often begin in the dark, seconds. */
const FIRST_SECONDS = 1;

type Brought = Omit<Bringing, 'session'>;

/** Opens the dialog and starts to load the model. */
async function bring(brought: Brought): Promise<void> {
  const { startSession } = await import('./previewSession.ts');
  const { draft, frame, bringing, origin } = useLab.getState();
  bringing?.session.close();
  const input = {
    detector: { model: brought.model },
    backend: draft.backend,
    ...(brought.files ? { modelFiles: brought.files } : {}),
  };
  const session = startSession(
    input,
    pictureAt,
    (origin === 'live' ? frame?.seconds : undefined) ?? FIRST_SECONDS,
  );
  useLab.setState({ bringing: { ...brought, session } });
}

export const bringFiles = (files: readonly File[], label: string): Promise<void> =>
  bring({ model: label, files, label, card: null });

export const bringAddress = (url: string): Promise<void> =>
  bring({ model: url, files: null, label: modelLabel(url), card: null });

/** The chosen model once more, to correct its card. */
export async function bringAgain(): Promise<void> {
  const { detector } = useLab.getState().draft;
  if (typeof detector === 'string') return;
  const { model, card = null } = detector;
  const files = filesOf(detector) ?? null;
  await bring({ model, files, label: card?.label ?? modelLabel(model), card });
}

/** The source at a moment; where only the page can see it, what the stage shows. */
async function pictureAt(seconds: number): Promise<PictureRequest> {
  const { draft } = useLab.getState();
  const { source, seed } = draft;
  const { clips } = inputsOf(draft);
  const { image } = currentPicture();
  const isOnStageAlone = source.kind === 'webcam' || clipFiles(source).some((file) => !clips?.has(file));
  const shown = isOnStageAlone && image ? { image: await createImageBitmap(image) } : {};
  return { source, seed, seconds, ...(clips ? { clips } : {}), ...shown };
}

/** Closes the dialog; nothing else has changed. */
export function endBringing(): void {
  useLab.getState().bringing?.session.close();
  useLab.setState({ bringing: null });
}

/** Starts a run with the model, read by this card. */
export async function adopt(model: PreviewModel, proposal: DetectorCard, card: DetectorCard): Promise<void> {
  const { bringing } = useLab.getState();
  if (!bringing) return;
  const [{ isSameCard }, { forget, remember }] = await Promise.all([
    import('./cardForm.ts'),
    import('./remembered.ts'),
  ]);
  // Left in the meantime.
  if (useLab.getState().bringing !== bringing) return;
  if (isSameCard(card, proposal)) forget(model.fingerprint);
  else remember(model.fingerprint, card);
  const name = bringing.files ? model.file : bringing.model;
  if (bringing.files) holdModel(name, bringing.files, card);
  endBringing();
  restartWith({ detector: { model: name, card } });
}
