/** Finds the shards that a model.json names and checks that none is missing or cut off. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { mayNameClasses } from '../../src/detectors/classNames.ts';
import { parseModelJson, weightBytes } from '../../src/detectors/modelForm.ts';

/** Lists of classes are short. */
const LARGEST_NAMES_BYTES = 200_000;

/**
 * @param model path of the model.json
 * @returns model.json, every shard, and what lies beside them: card.json, and files that may name classes
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
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const isCard = name === 'card.json';
    if (files.includes(file) || !(isCard || mayNameClasses(name))) continue;
    const found = await stat(file).catch(() => null);
    if (found?.isFile() === true && (isCard || found.size <= LARGEST_NAMES_BYTES)) files.push(file);
  }
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
