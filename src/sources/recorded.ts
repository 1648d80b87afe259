/** Opens whatever can be shown again: scenes, clips, and playlists of both. */
import type { RecordedSource, SourceSpec } from '../domain/experiment.ts';
import type { Source } from '../domain/source.ts';
import { openClip } from './clip.ts';
import { openPlaylist } from './playlist.ts';
import { openScene } from './scene/index.ts';

/** Clips by their file as the experiment names it. */
export type Clips = ReadonlyMap<string, Blob>;

export interface RecordedOptions {
  readonly seed: number;
  readonly clips?: Clips | undefined;
}

/** @throws Error in a full sentence: a clip that is not at hand or cannot be read */
export async function openRecorded(
  source: Exclude<SourceSpec, { readonly kind: 'webcam' }>,
  { seed, clips }: RecordedOptions,
): Promise<Source> {
  const open = async (item: RecordedSource): Promise<Source> => {
    if (item.kind === 'scene') {
      const { preset, content } = item;
      return openScene({ preset, seed, ...(content ? { content } : {}) });
    }
    const clip = clips?.get(item.file);
    if (!clip) throw new Error(`The clip ${item.file} is not at hand. Choose the file again.`);
    return openClip(clip, item.file);
  };
  return source.kind === 'playlist' ? openPlaylist(source.items, open) : open(source);
}
