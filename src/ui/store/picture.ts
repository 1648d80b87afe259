/**
 * The newest picture and heat maps, outside the store: they change with every frame, and a bitmap must be closed
 * by whoever replaces it. Canvases subscribe and draw; nothing here makes React render.
 */
import type { FrameView, GradientView } from '../../engine/events.ts';

export interface Picture {
  /** The last decoded frame; it stays while nothing new is sent. */
  readonly image: ImageBitmap | null;
  readonly frame: FrameView | null;
  readonly gradients: GradientView | null;
}

const EMPTY: Picture = { image: null, frame: null, gradients: null };

let picture: Picture = EMPTY;
const watchers = new Set<() => void>();

export const currentPicture = (): Picture => picture;

/** @returns a function that ends the subscription */
export function watchPicture(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function replace(next: Picture): void {
  const previous = picture.image;
  picture = next;
  if (previous !== next.image) previous?.close();
  for (const watcher of watchers) watcher();
}

/** Takes the view's bitmap into its care. */
export const showFrame = (frame: FrameView): void =>
  replace({ ...picture, frame, image: frame.image ?? picture.image });

export const showGradients = (gradients: GradientView): void => replace({ ...picture, gradients });

export const clearPicture = (): void => replace(EMPTY);
