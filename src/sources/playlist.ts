/**
 * Scenes and clips one after the other, cut at whole seconds, so that what is seen changes at once. Boxes are fractions of the
 * frame, and whoever takes a frame draws it at the size of the first item, so that the others are stretched to it.
 */
import type { PlaylistItem, RecordedSource } from '../domain/experiment.ts';
import { playlistSeconds } from '../domain/playlist.ts';
import type { Source, SourceFrame } from '../domain/source.ts';

/** A clip this little shorter than its item still has a frame for the item's last capture, seconds. */
const TOLERANCE_SECONDS = 0.05;

type OpenItem = (source: RecordedSource) => Promise<Source>;

/**
 * One item is open at a time. Clips are looked at before the first frame, so that a run is not cut off in its middle.
 * @param openItem opens an item from its beginning
 * @throws Error in a full sentence where a clip is shorter than its item, or cannot be opened
 */
export async function openPlaylist(items: readonly PlaylistItem[], openItem: OpenItem): Promise<Source> {
  const [first] = items;
  if (!first) throw new Error('The playlist is empty. Give it at least one scene or clip.');
  await checkLengths(items, openItem);
  const starts = items.map((_, place) => playlistSeconds(items.slice(0, place)));
  const durationSeconds = playlistSeconds(items);
  let place = 0;
  let present = await openItem(first.source);
  const { size } = present;
  let open = true;

  const enter = async (next: number, { source }: PlaylistItem): Promise<void> => {
    if (next === place) return;
    present.close();
    present = await openItem(source);
    place = next;
    if (!open) present.close();
  };

  const frameAt = async (seconds: number): Promise<SourceFrame | null> => {
    if (!open) throw new Error('The playlist is closed; open it again to read frames from it.');
    if (seconds >= durationSeconds) return null;
    const wanted = starts.findLastIndex((start) => start <= seconds);
    const [item, start = 0] = [items[wanted], starts[wanted]];
    if (!item) return null;
    await enter(wanted, item);
    const shown = await present.frameAt(seconds - start);
    if (!shown) throw tooShort(item, seconds - start);
    return { ...shown, seconds: start + shown.seconds };
  };

  return {
    size,
    durationSeconds,
    live: false,
    frameAt,
    close: () => {
      open = false;
      present.close();
    },
  };
}

async function checkLengths(items: readonly PlaylistItem[], openItem: OpenItem): Promise<void> {
  for (const item of items) {
    if (item.source.kind !== 'clip') continue;
    const source = await openItem(item.source);
    const { durationSeconds } = source;
    source.close();
    if (durationSeconds !== null && durationSeconds < item.seconds - TOLERANCE_SECONDS)
      throw tooShort(item, durationSeconds);
  }
}

const tooShort = ({ source, seconds }: PlaylistItem, length: number): Error =>
  new Error(
    `The playlist shows ${source.kind === 'clip' ? `the clip ${source.file}` : `the scene ${source.preset}`} for ${seconds} s, ` +
      `but it ends after ${length.toFixed(1)} s. Give it no more than ${Math.floor(length)} s.`,
  );
