/** What follows from a source alone: the clips that it needs, and how long it is. */
import type { PlaylistItem, SourceSpec } from './experiment.ts';

/** Files of the clips that a source is made of, each once, as the experiment names them. */
export function clipFiles(source: SourceSpec): string[] {
  const parts = source.kind === 'playlist' ? source.items.map((item) => item.source) : [source];
  return [...new Set(parts.flatMap((part) => (part.kind === 'clip' ? [part.file] : [])))];
}

/** Length of a playlist in seconds. */
export const playlistSeconds = (items: readonly Pick<PlaylistItem, 'seconds'>[]): number =>
  items.reduce((sum, { seconds }) => sum + seconds, 0);
