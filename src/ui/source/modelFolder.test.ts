import { expect, it } from 'vitest';
import { looksLikeModel, modelFolder } from './modelFolder.ts';

const MODEL = '{"modelTopology": {}, "weightsManifest": []}';

function file(path: string, text = ''): File {
  const name = path.split('/').at(-1) ?? path;
  return Object.defineProperty(new File([text], name), 'webkitRelativePath', {
    value: path.includes('/') ? path : '',
  });
}

const names = (files: readonly File[]): string[] => files.map(({ name }) => name);

it('takes the model with what lies beside it, and calls it by its folder', async () => {
  const files = [
    file('cars/labels.txt', 'car'),
    file('cars/metadata.json', '{}'),
    file('cars/model.json', MODEL),
    file('cars/group1-shard1of1', 'x'),
    file('cars/deeper/notes.txt'),
  ];
  const { files: own, label } = await modelFolder(files);
  expect(names(own)).toEqual(['labels.txt', 'metadata.json', 'model.json', 'group1-shard1of1']);
  expect(label).toBe('cars');
});

it('knows a model by what it holds, not by its name, and calls it by that without a folder', async () => {
  const files = [file('tiny.json', MODEL), file('names.json', '["car"]'), file('tiny.bin')];
  const { files: own, label } = await modelFolder(files);
  expect([names(own), label]).toEqual([['tiny.json', 'names.json', 'tiny.bin'], 'tiny.json']);
});

it('leaves one of several models in a folder to the name model.json', async () => {
  const files = [file('m/other.json', MODEL), file('m/model.json', MODEL), file('m/a.bin')];
  expect(names((await modelFolder(files)).files)).toEqual(['model.json', 'a.bin']);
});

it('asks which, where folders hold several, and for what is missing', async () => {
  const two = ['a', 'b'].flatMap((folder) => [file(`${folder}/model.json`, MODEL), file(`${folder}/w.bin`)]);
  await expect(modelFolder(two)).rejects.toThrow('several models in that folder (a, b). Choose');
  await expect(modelFolder([file('model.json', MODEL)])).rejects.toThrow('together with all its .bin files');
  await expect(modelFolder([file('w.bin')])).rejects.toThrow('together with all its .bin files');
});

it('tells models from clips and reports by their weights', () => {
  expect(looksLikeModel([file('a.json'), file('group1-shard1of3.bin')])).toBe(true);
  expect(looksLikeModel([file('report.json'), file('clip.mp4')])).toBe(false);
});
