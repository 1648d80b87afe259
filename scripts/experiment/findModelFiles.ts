/** Finds the shards that a model.json names and checks that none is missing or cut off. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseModelJson, weightBytes } from '../../src/detectors/modelForm.ts';

/**
 * @param model path of the model.json
 * @returns model.json, every shard, and card.json where there is one
 * @throws Error in a sentence naming the file that is missing or of the wrong size
 */
export async function findModelFiles(model: string): Promise<string[]> {
  const directory = path.dirname(model);
  const json = parseModelJson(await readFile(model, 'utf8'), path.basename(model));
  const files = [model];
  for (const { paths, weights } of json.weightsManifest) {
    const shards = paths.map((name) => path.join(directory, name));
    const expected = weights.reduce((sum, weight) => sum + weightBytes(weight), 0);
    let actual = 0;
    for (const shard of shards) actual += await sizeOf(shard, model);
    if (actual !== expected) {
      throw new Error(
        `The weights of ${path.basename(model)} are ${actual < expected ? 'cut off' : 'not its own'}: ` +
          `${paths.join(', ')} should hold ${expected} bytes but hold ${actual}; get the files again.`,
      );
    }
    files.push(...shards);
  }
  const card = path.join(directory, 'card.json');
  if ((await stat(card).catch(() => null))?.isFile() === true) files.push(card);
  return files;
}

async function sizeOf(shard: string, model: string): Promise<number> {
  const found = await stat(shard).catch(() => null);
  if (found?.isFile() === true) return found.size;
  throw new Error(
    `The weights file ${path.basename(shard)}, which ${path.basename(model)} names, does not exist: ` +
      `put it into ${path.dirname(shard)}.`,
  );
}
