/** A pinned model is what it was when it was registered, from the network and from the cache, or it is not used. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { isFetchError } from './fetchError.ts';
import { IntegrityError, isIntact, sha256, type PinnedFile } from './integrity.ts';
import { fetchModel } from './modelFiles.ts';
import { DETECTORS } from './registry.ts';
import { testWorld } from './testWorld.ts';

const FOLDER = 'https://models.example/1a2b3c';
const MODEL = JSON.stringify({
  modelTopology: { node: [] },
  weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2, 5], dtype: 'float32' }] }],
});
const WEIGHTS = 'x'.repeat(40);
/** As long as the weights, so that only the hash tells. */
const OTHER_WEIGHTS = 'x'.repeat(39) + 'y';

const pin = (name: string, content: string): PinnedFile => ({
  name,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});
const pinned = { label: 'Pinned', files: [pin('model.json', MODEL), pin('a.bin', WEIGHTS)] };

const load = (onProgress: (label: string, fraction: number | null) => void = () => undefined) =>
  fetchModel(`${FOLDER}/model.json`, { immutable: true, hasCard: false, pinned }, onProgress);
const serve = (model: string, weights: string) => (url: string) => (url.endsWith('.bin') ? weights : model);

afterEach(() => vi.unstubAllGlobals());

it('hashes as the world does', async () => {
  expect(await sha256(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

it('keeps what is intact, with one bar for all of its files', async () => {
  const { cached, asked } = testWorld(serve(MODEL, WEIGHTS));
  const seen: (readonly [string, number | null])[] = [];
  await load((label, fraction) => seen.push([label, fraction]));
  const whole = MODEL.length + WEIGHTS.length;
  expect(seen).toEqual([
    ['Fetching Pinned', 0],
    ['Fetching Pinned', MODEL.length / whole],
    ['Fetching Pinned', MODEL.length / whole],
    ['Fetching Pinned', 1],
  ]);
  expect(cached.size).toBe(2);
  await load();
  expect(asked).toHaveLength(2);
});

it.each([
  ['another model.json', MODEL.replace('"w"', '"v"'), WEIGHTS, 'model.json'],
  ['other weights of the same length', MODEL, OTHER_WEIGHTS, 'a.bin'],
])('refuses %s, says what came, and keeps nothing', async (_, model, weights, file) => {
  const { cached } = testWorld(serve(model, weights));
  const error = await load().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(IntegrityError);
  expect(isFetchError(error)).toBe(true);
  expect(String(error)).toMatch(
    new RegExp(
      `${file} from models.example is another file .* ` +
        String.raw`\d+ bytes with SHA-256 [0-9a-f]{12}… were expected, \d+ bytes with SHA-256 [0-9a-f]{12}… came\. .*\.$`,
    ),
  );
  expect(cached.size).toBe(0);
});

it('drops a kept copy that has changed, and fetches it anew', async () => {
  const { cached, asked } = testWorld(serve(MODEL, WEIGHTS));
  await load();
  cached.set(`${FOLDER}/a.bin`, new Response(OTHER_WEIGHTS));
  const { weights } = await load();
  expect(new TextDecoder().decode(weights)).toBe(WEIGHTS);
  expect(asked.slice(2)).toEqual([`${FOLDER}/a.bin`]);
  expect(await cached.get(`${FOLDER}/a.bin`)?.text()).toBe(WEIGHTS);
});

it('does not use a kept copy that has changed where the network is gone', async () => {
  const { cached } = testWorld((url) => new TypeError(`Failed to fetch ${url}`));
  cached.set(`${FOLDER}/model.json`, new Response(MODEL.replace('"w"', '"v"')));
  await expect(load()).rejects.toThrow('model.json could not be fetched from models.example');
  expect(cached.size).toBe(0);
});

it('uses no file of a pinned model that is not pinned', async () => {
  testWorld(serve(MODEL.replace('a.bin', 'b.bin'), WEIGHTS));
  const files = [pin('model.json', MODEL.replace('a.bin', 'b.bin'))];
  const source = { immutable: true, hasCard: false, pinned: { label: 'Pinned', files } };
  await expect(fetchModel(`${FOLDER}/model.json`, source, () => undefined)).rejects.toThrow(
    'wants the file b.bin, whose SHA-256 the lab does not know',
  );
});

const ASSETS = path.resolve(import.meta.dirname, '../../../shared/assets/models');
const COPIES: Readonly<Record<string, string>> = {
  'centernet-coco': 'centernet-mb3-coco',
  'nanodet-coco': 'nanodet-m-coco',
};

it.skipIf(!existsSync(ASSETS)).each(DETECTORS.filter(({ files }) => files !== null))(
  'has the hashes and sizes of $name',
  async ({ name, files, bytes }) => {
    const folder = path.join(ASSETS, COPIES[name] ?? name);
    for (const file of files ?? []) {
      const copy = file.name.endsWith('.json') ? 'model.json' : file.name;
      expect(await isIntact(new Uint8Array(readFileSync(path.join(folder, copy))), file)).toBe(true);
    }
    expect(bytes).toBe(files?.reduce((sum, file) => sum + file.bytes, 0));
  },
);
