/** What of a fetched model is kept in the browser's cache. */
import { afterEach, expect, it, vi } from 'vitest';
import { fetchModel } from './modelFiles.ts';
import { testWorld, type TestWorld } from './testWorld.ts';

const ADDRESS = 'https://models.example/1a2b3c/model.json';
const MODEL = JSON.stringify({
  modelTopology: { node: [] },
  weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2, 5], dtype: 'float32' }] }],
});

afterEach(() => vi.unstubAllGlobals());

/** A browser with an empty cache, and a server that answers this for the model and its weights. */
const world = (model: string, weights: string): TestWorld =>
  testWorld((url) => (url.endsWith('.bin') ? weights : model));

const load = (): Promise<unknown> =>
  fetchModel(ADDRESS, { immutable: true, hasCard: false }, () => undefined);

it('keeps a model that is whole, and does not ask for it again', async () => {
  const { cached, asked } = world(MODEL, 'x'.repeat(40));
  const first = await load();
  expect([...cached.keys()]).toEqual([ADDRESS, ADDRESS.replace('model.json', 'a.bin')]);
  expect(await load()).toEqual(first);
  expect(asked).toHaveLength(2);
});

it.each([
  ['a page where the model should be', '<html>Sign in</html>', 'x'.repeat(40), 'is not JSON'],
  ['weights that are cut off', MODEL, 'x'.repeat(39), 'cut off'],
])('keeps nothing of %s: the next try asks the network', async (_, model, weights, part) => {
  const { cached, asked } = world(model, weights);
  await expect(load()).rejects.toThrow(part);
  expect(cached.size).toBe(0);
  const before = asked.length;
  await expect(load()).rejects.toThrow(part);
  expect(asked.length).toBe(2 * before);
});
