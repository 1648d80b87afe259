import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../domain/experiment.ts';
import { CARD } from '../detector/testCard.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';
import { holdCamera, holdClip, holdModel, inputsOf, missingInputs, modelLabel } from './inputs.ts';

const onClip = (file: string): Experiment => ({ ...DEFAULT_EXPERIMENT, source: { kind: 'clip', file } });
const withModel = (model: string): Experiment => ({ ...DEFAULT_EXPERIMENT, detector: { model } });
const sentences = (experiment: Experiment): string[] => missingInputs(experiment).map((m) => m.sentence);

describe('inputs of a run', () => {
  it('are the files that the experiment names, not others that were chosen before', () => {
    const [a, b] = [new Blob(['a']), new Blob(['b'])];
    holdClip('b.mp4', b);
    expect(inputsOf(onClip('a.mp4'))).toEqual({});
    expect(sentences(onClip('a.mp4'))).toEqual([
      expect.stringMatching(/"a\.mp4".*Choose the file a\.mp4 .*\.$/),
    ]);
    holdClip('a.mp4', a);
    expect(inputsOf(onClip('a.mp4')).clips).toEqual(new Map([['a.mp4', a]]));
    expect(inputsOf(onClip('b.mp4')).clips).toEqual(new Map([['b.mp4', b]]));
    expect(inputsOf(DEFAULT_EXPERIMENT)).toEqual({});
  });

  it('find a chosen file for the whole path in a report of the command line', () => {
    const clip = new Blob(['c']);
    holdClip('street.mp4', clip);
    expect(inputsOf(onClip('clips/street.mp4')).clips).toEqual(new Map([['clips/street.mp4', clip]]));
    expect(inputsOf(onClip('C:\\clips\\street.mp4')).clips).toEqual(
      new Map([['C:\\clips\\street.mp4', clip]]),
    );
  });

  it('are all clips of a playlist, and those that are missing are named one by one', () => {
    const there = new Blob(['d']);
    holdClip('there.mp4', there);
    const items = ['dir/there.mp4', 'away.mp4', 'dir/there.mp4'].map((file) => ({
      source: { kind: 'clip', file } as const,
      seconds: 2,
    }));
    const playlist: Experiment = { ...DEFAULT_EXPERIMENT, source: { kind: 'playlist', items } };
    expect(inputsOf(playlist).clips).toEqual(new Map([['dir/there.mp4', there]]));
    expect(sentences(playlist)).toEqual([expect.stringMatching(/"away\.mp4" is not at hand.*open .* again/)]);
  });

  it('leave a model by address to the network, though files of that name were chosen', () => {
    const files = [new File(['{}'], 'model.json'), new File([''], 'a.bin')];
    expect(sentences(withModel('model.json'))).toEqual([
      expect.stringMatching(/Choose the file model\.json with its \.bin files .*\.$/),
    ]);
    holdModel('model.json', files, CARD);
    expect(inputsOf(withModel('model.json')).modelFiles).toBe(files);
    expect(inputsOf(withModel('https://example.org/model.json'))).toEqual({});
    expect(inputsOf(withModel('other.json'))).toEqual({});
  });

  it('are not another model’s files that are called the same', () => {
    const files = [new File(['{}'], 'model.json')];
    holdModel('model.json', files, CARD);
    const read = (card: typeof CARD): Experiment => ({
      ...DEFAULT_EXPERIMENT,
      detector: { model: 'model.json', card },
    });
    expect(inputsOf(read({ ...CARD, threshold: 0.9 })).modelFiles).toBe(files);
    const other = read({ ...CARD, name: 'another' });
    expect(inputsOf(other)).toEqual({});
    expect(sentences(other)).toHaveLength(1);
  });

  it('are no clips that a playlist names alike in different folders', () => {
    holdClip('x.mp4', new Blob(['x']));
    const items = ['a/x.mp4', 'b/x.mp4'].map((file) => ({
      source: { kind: 'clip', file } as const,
      seconds: 2,
    }));
    const playlist: Experiment = { ...DEFAULT_EXPERIMENT, source: { kind: 'playlist', items } };
    expect(inputsOf(playlist)).toEqual({});
    expect(sentences(playlist)).toEqual([expect.stringMatching(/several clips called x\.mp4/)]);
  });

  it('hold the camera only for the webcam, and only while it lives', () => {
    const track = { readyState: 'live', stop: () => undefined } as unknown as MediaStreamTrack;
    const webcam: Experiment = { ...DEFAULT_EXPERIMENT, source: { kind: 'webcam' } };
    expect(sentences(webcam)).toHaveLength(1);
    holdCamera(track);
    expect(inputsOf(webcam).camera).toBe(track);
    expect(inputsOf(DEFAULT_EXPERIMENT)).toEqual({});
    expect(sentences(webcam)).toEqual([]);
  });

  it('names a model by its card or its folder, since nearly all are called model.json', () => {
    holdModel('cars.json', [], { ...CARD, label: 'Cars, small' });
    expect(
      ['cars.json', 'https://example.org/nano/model.json?v=2', './models/tiny/model.json', 'a/net.json'].map(
        modelLabel,
      ),
    ).toEqual(['Cars, small', 'nano', 'tiny', 'net.json']);
  });
});
