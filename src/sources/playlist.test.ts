import { describe, expect, it } from 'vitest';
import type { PlaylistItem, RecordedSource } from '../domain/experiment.ts';
import type { Source } from '../domain/source.ts';
import { openPlaylist } from './playlist.ts';

const scene = (preset: 'crossing' | 'highway' | 'plaza', seconds: number): PlaylistItem => ({
  source: { kind: 'scene', preset },
  seconds,
});
const clip = (file: string, seconds: number): PlaylistItem => ({ source: { kind: 'clip', file }, seconds });

/** Sources that write down what was asked of them. */
function shelf(lengths: Readonly<Record<string, number>> = {}) {
  const log: string[] = [];
  const nameOf = (source: RecordedSource): string => (source.kind === 'scene' ? source.preset : source.file);
  const open = (source: RecordedSource): Promise<Source> => {
    const name = nameOf(source);
    const durationSeconds = lengths[name] ?? null;
    log.push(`open ${name}`);
    return Promise.resolve({
      size: { width: name.length, height: 1 },
      durationSeconds,
      live: false,
      frameAt: (seconds: number) => {
        if (durationSeconds !== null && seconds >= durationSeconds) return Promise.resolve(null);
        log.push(`${name} ${seconds}`);
        return Promise.resolve({ frame: {} as VideoFrame, seconds, truth: null });
      },
      close: () => void log.push(`close ${name}`),
    });
  };
  return { log, open };
}

describe('a playlist', () => {
  it('shows each item from its own beginning, cut at whole seconds, one open at a time', async () => {
    const { log, open } = shelf({ 'a.mp4': 60 });
    const playlist = await openPlaylist([scene('crossing', 2), clip('a.mp4', 1), scene('plaza', 1)], open);
    expect(playlist).toMatchObject({
      size: { width: 'crossing'.length },
      durationSeconds: 4,
      live: false,
    });
    const times: (number | undefined)[] = [];
    for (const seconds of [0, 1.5, 2, 2.5, 3.5, 4]) {
      times.push((await playlist.frameAt(seconds))?.seconds);
    }
    expect(times).toEqual([0, 1.5, 2, 2.5, 3.5, undefined]);
    playlist.close();
    expect(log).toEqual([
      ...['open a.mp4', 'close a.mp4'],
      ...['open crossing', 'crossing 0', 'crossing 1.5', 'close crossing'],
      ...['open a.mp4', 'a.mp4 0', 'a.mp4 0.5', 'close a.mp4'],
      ...['open plaza', 'plaza 0.5', 'close plaza'],
    ]);
    await expect(playlist.frameAt(0)).rejects.toThrow('is closed');
  });

  it('is refused before its first frame where a clip is shorter than its item', async () => {
    const { log, open } = shelf({ 'a.mp4': 4.3 });
    await expect(openPlaylist([scene('crossing', 2), clip('a.mp4', 5)], open)).rejects.toThrow(
      'The playlist shows the clip a.mp4 for 5 s, but it ends after 4.3 s. Give it no more than 4 s.',
    );
    expect(log).toEqual(['open a.mp4', 'close a.mp4']);
  });
});
