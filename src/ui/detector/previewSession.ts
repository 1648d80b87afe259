/**
 * A brought model from the moment it is chosen until its dialog closes: its worker, the picture, and the boxes that it
 * finds there under the card as edited. Only the newest wish counts: those that were overtaken are never computed.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DetectorCard } from '../../domain/card.ts';
import type { GpuCost } from '../../domain/experiment.ts';
import { sentenceOf } from '../../domain/sentenceOf.ts';
import type { Progress } from '../../engine/events.ts';
import {
  startPreview,
  type PictureRequest,
  type Preview,
  type PreviewDetections,
  type PreviewInput,
  type PreviewModel,
  type PreviewPicture,
} from '../../engine/preview.ts';

/** A person who types is not interrupted by passes, milliseconds. */
const SETTLE_MS = 250;

export interface PreviewState {
  readonly progress: Progress | null;
  /** null until the model is loaded. */
  readonly model: PreviewModel | null;
  /** Full sentence on why it cannot be loaded. */
  readonly failure: string | null;
  /** In the session's care. */
  readonly picture: PreviewPicture | null;
  readonly pictureFailure: string | null;
  readonly seconds: number;
  /** Of the newest card that fitted the model. */
  readonly detections: PreviewDetections | null;
  /** Full sentence on why the newest card does not fit. */
  readonly misfit: string | null;
  /** What is shown is not yet that of the newest card and picture. */
  readonly isComputing: boolean;
}

export interface PreviewSession {
  /** Different for each. */
  readonly id: number;
  readonly state: StoreApi<PreviewState>;
  /** Takes another picture of the source. */
  show(seconds: number): void;
  /** Looks for boxes under a card, once it has settled and where a pass would find others than before. */
  look(card: DetectorCard): void;
  /** Both passes as a run does them. @throws Error in a full sentence where the model cannot do them */
  tryPasses(card: DetectorCard): Promise<GpuCost>;
  isOpen(): boolean;
  /** Ends the worker and frees the picture. */
  close(): void;
}

/** The picture to be looked at, for a time in the source. */
export type PictureAt = (seconds: number) => Promise<PictureRequest>;

const INITIAL: PreviewState = {
  progress: null,
  model: null,
  failure: null,
  picture: null,
  pictureFailure: null,
  seconds: 0,
  detections: null,
  misfit: null,
  isComputing: false,
};

/** All of a card that a pass depends on: names and the threshold are laid over its boxes afterwards. */
const passOf = ({ input, head, labels }: DetectorCard): string =>
  JSON.stringify([input, head, labels.length]);

let sessions = 0;

/**
 * Does the newest wish when the one before is done, and skips those between.
 * @param done none is left
 */
function newestOnly<T>(work: (wish: T) => Promise<void>, done: () => void): (wish: T) => void {
  let next: { wish: T } | null = null;
  let busy = false;
  const run = async (): Promise<void> => {
    busy = true;
    for (let now = next; now !== null; now = next) {
      next = null;
      await work(now.wish);
    }
    busy = false;
    done();
  };
  return (wish) => {
    next = { wish };
    if (!busy) void run();
  };
}

/** @param seconds of the first picture */
export function startSession(
  input: PreviewInput,
  pictureAt: PictureAt,
  seconds: number,
  start: () => Preview = startPreview,
): PreviewSession {
  const state = createStore<PreviewState>()(() => ({ ...INITIAL, seconds }));
  const preview = start();
  let isOpen = true;
  let card: DetectorCard | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (patch: Partial<PreviewState>): void => {
    if (isOpen) state.setState(patch);
  };
  const onProgress = (progress: Progress): void => set({ progress });

  /** What was looked for last, and whether the answer is still to come. */
  let asked: { readonly pass: string; readonly picture: PreviewPicture } | null = null;
  let isLooking = false;
  const detect = newestOnly<DetectorCard>(
    async (wanted) => {
      try {
        set({ detections: await preview.detect(wanted), misfit: null });
      } catch (error) {
        set({ detections: null, misfit: sentenceOf(error) });
      }
    },
    () => {
      isLooking = false;
      set({ isComputing: false });
    },
  );
  const detectAgain = (): void => {
    const { model, picture } = state.getState();
    if (!card || !model || !picture) return;
    const pass = passOf(card);
    if (asked?.pass === pass && asked.picture === picture) {
      set({ isComputing: isLooking });
      return;
    }
    asked = { pass, picture };
    isLooking = true;
    set({ isComputing: true });
    detect(card);
  };

  const takePicture = newestOnly<number>(async (wanted) => {
    try {
      const picture = await preview.picture(await pictureAt(wanted));
      if (isOpen) {
        state.getState().picture?.image.close();
        // Boxes of one picture are not drawn on another.
        set({ picture, pictureFailure: null, detections: null, isComputing: true });
      } else picture.image.close();
    } catch (error) {
      set({ pictureFailure: sentenceOf(error), isComputing: false });
    }
  }, detectAgain);

  takePicture(seconds);
  preview.open(input, onProgress).then(
    (model) => {
      set({ model, progress: null });
      detectAgain();
    },
    (error: unknown) => set({ failure: sentenceOf(error), progress: null }),
  );

  return {
    id: (sessions += 1),
    state,
    show: (wanted) => {
      set({ seconds: wanted });
      takePicture(wanted);
    },
    isOpen: () => isOpen,
    look: (wanted) => {
      const isKnown = card !== null && passOf(card) === passOf(wanted);
      card = wanted;
      if (isKnown) return;
      set({ isComputing: true });
      clearTimeout(timer);
      timer = setTimeout(detectAgain, SETTLE_MS);
    },
    tryPasses: (wanted) => preview.tryPasses(wanted, onProgress).finally(() => set({ progress: null })),
    close: () => {
      isOpen = false;
      clearTimeout(timer);
      preview.close();
      state.getState().picture?.image.close();
    },
  };
}
