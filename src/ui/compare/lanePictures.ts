/** The newest frame of each policy, outside the store: a bitmap is closed by what replaces it, and canvases draw by themselves. */
import type { FrameView } from '../../engine/events.ts';

export interface LanePicture {
  /** The last decoded frame; it stays while nothing new is sent. */
  readonly image: ImageBitmap | null;
  readonly frame: FrameView;
}

const pictures = new Map<number, LanePicture>();
const watchers = new Map<number, Set<() => void>>();

/** @param place of the policy; undefined: it has shown none */
export const lanePicture = (place: number): LanePicture | undefined => pictures.get(place);

/** @returns a function that ends the subscription */
export function watchLane(place: number, watcher: () => void): () => void {
  const own = watchers.get(place) ?? new Set();
  watchers.set(place, own.add(watcher));
  return () => own.delete(watcher);
}

const tell = (place: number): void => watchers.get(place)?.forEach((watcher) => watcher());

/** Takes the view's bitmap into its care. */
export function showLaneFrame(place: number, frame: FrameView): void {
  const before = pictures.get(place)?.image ?? null;
  if (frame.image) before?.close();
  pictures.set(place, { frame, image: frame.image ?? before });
  tell(place);
}

export function clearLanes(): void {
  const places = [...pictures.keys()];
  for (const { image } of pictures.values()) image?.close();
  pictures.clear();
  places.forEach(tell);
}
