import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forCommandLine } from '../../src/ui/actions/commandLine.ts';
import { DEFAULT_EXPERIMENT } from '../../src/ui/store/defaults.ts';
import { parseArguments, usageOf } from './arguments.ts';
import { readExperiment } from './readExperiment.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'oneadapt-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Writes a file below the directory and returns its path. */
async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(directory, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

const experiment = (json: unknown): Promise<string> => write('experiment.json', JSON.stringify(json));

/** A model.json that promises a weight of 10 floats in each shard group. */
const modelJson = (...paths: string[]): string =>
  JSON.stringify({
    modelTopology: { node: [] },
    weightsManifest: [{ paths, weights: [{ name: 'w', shape: [2, 5], dtype: 'float32' }] }],
  });

const clip = (file: string) => ({ source: { kind: 'clip', file }, detector: { model: 'model/model.json' } });

const USAGE = usageOf('experiment');

describe('parseArguments', () => {
  test('takes a file and a directory', () => {
    expect(parseArguments(['a.json', '--out', 'runs/a'], USAGE)).toEqual({ file: 'a.json', out: 'runs/a' });
  });
  test.each([['--help'], ['-h'], ['a.json', '--help']])('%j asks for the usage', (...words) => {
    expect(parseArguments(words, USAGE)).toBeNull();
  });
  test.each([
    [[], 'No experiment file was named.'],
    [['a.json'], 'No directory for the report was named.'],
    [['a.json', 'b.json', '--out', 'x'], 'but 2 were named'],
    [['a.json', '--output', 'x'], '--output'],
  ])('%j is refused with the usage', (words, part) => {
    expect(() => parseArguments(words, USAGE)).toThrow(part);
    expect(() => parseArguments(words, USAGE)).toThrow('Usage: npm run experiment -- FILE.json --out DIR');
  });
});

describe('readExperiment', () => {
  test('finds clip, model, shards and card beside the experiment', async () => {
    const files = [
      await write('model/model.json', modelJson('a.bin', 'parts/b.bin')),
      await write('model/a.bin', new Uint8Array(16)),
      await write('model/parts/b.bin', new Uint8Array(24)),
      await write('model/card.json', '{}'),
    ];
    const video = await write('street.mp4', 'x');
    const read = await readExperiment(await experiment(clip('street.mp4')));
    const names = await write('model/labels.txt', 'car');
    await write('model/README.txt', 'x');
    const withNames = await readExperiment(await experiment(clip('street.mp4')));
    expect(withNames.files.modelFiles).toEqual([...files, names]);
    expect(read.files).toEqual({ clips: [{ name: 'street.mp4', file: video }], modelFiles: files });
    expect(read.experiment.backend).toBe('webgpu');
  });

  test('finds every clip of a playlist once, and says which is missing', async () => {
    const [a, b] = [await write('a.mp4', 'a'), await write('sub/b.mp4', 'b')];
    const playlist = (...files: string[]) => ({
      source: {
        kind: 'playlist',
        items: files.map((file) => ({ source: { kind: 'clip', file }, seconds: 1 })),
      },
    });
    const read = await readExperiment(await experiment(playlist('a.mp4', 'sub/b.mp4', 'a.mp4')));
    expect(read.files.clips).toEqual([
      { name: 'a.mp4', file: a },
      { name: 'sub/b.mp4', file: b },
    ]);
    await expect(readExperiment(await experiment(playlist('a.mp4', 'gone.mp4')))).rejects.toThrow(
      'The clip gone.mp4 does not exist',
    );
  });

  test('takes what the page exports of a live run', async () => {
    await write('street.mp4', 'x');
    const clock = 'live';
    const scene = { ...DEFAULT_EXPERIMENT, clock } as const;
    const sources = [scene.source, { kind: 'clip', file: 'street.mp4' }] as const;
    for (const source of sources) {
      const exported = forCommandLine({ ...scene, source }, 3);
      const read = await readExperiment(await experiment(exported.experiment));
      expect(read.experiment).toEqual({ ...scene, source, clock: 'virtual', seconds: 10 });
      expect(exported.remark).toEqual(
        source.kind === 'scene' ? null : expect.stringMatching(/street\.mp4.*\.$/),
      );
    }
    expect(forCommandLine(scene, 25).experiment.seconds).toBe(25);
    expect(() => forCommandLine({ ...scene, source: { kind: 'webcam' } }, 3)).toThrow('has no webcam');
  });

  test('leaves registered models and addresses to the page', async () => {
    const source = { kind: 'scene', preset: 'plaza' };
    expect((await readExperiment(await experiment({ source }))).files.modelFiles).toEqual([]);
    const detector = { model: 'https://example.org/model.json' };
    expect((await readExperiment(await experiment({ source, detector }))).files.modelFiles).toEqual([]);
  });

  test.each([
    ['no clip', clip('gone.mp4'), 'The clip gone.mp4 does not exist: it was looked for as'],
    ['a directory', clip('.'), 'The clip . is not a file'],
    ['no model', clip('street.mp4'), 'The model model/model.json does not exist'],
    [
      'an endless scene',
      { source: { kind: 'scene', preset: 'plaza' }, seconds: null },
      'The scene never ends',
    ],
    ['a webcam', { source: { kind: 'webcam' } }, 'The command line has no webcam'],
    ['a bad value', { source: { kind: 'scene', preset: 'plaza' }, seed: -1 }, 'seed is -1, but must be'],
  ])('refuses %s', async (_, json, part) => {
    await write('street.mp4', 'x');
    await expect(readExperiment(await experiment(json))).rejects.toThrow(part);
  });

  test('refuses models with shards that are missing or cut off', async () => {
    await write('street.mp4', 'x');
    await write('model/model.json', modelJson('a.bin'));
    const file = await experiment(clip('street.mp4'));
    await expect(readExperiment(file)).rejects.toThrow(
      'The weights file a.bin, which model.json names, does not exist',
    );
    await write('model/a.bin', new Uint8Array(39));
    await expect(readExperiment(file)).rejects.toThrow('cut off: a.bin should hold 40 bytes but hold 39');
  });

  test('takes an experiment with comments, as the README has it', async () => {
    const file = await write(
      'experiment.json',
      '{\n  "source": { "kind": "scene", "preset": "plaza" }, // or a clip\n  "seed": 3\n}',
    );
    expect((await readExperiment(file)).experiment).toMatchObject({ seed: 3, source: { preset: 'plaza' } });
  });

  test('refuses what is no JSON', async () => {
    await expect(readExperiment(path.join(directory, 'gone.json'))).rejects.toThrow(
      'gone.json does not exist.',
    );
    await expect(readExperiment(await write('bad.json', '{"a": '))).rejects.toThrow(
      /bad\.json is not JSON \(.*\); correct/,
    );
  });
});
