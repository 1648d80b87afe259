/** Which of many files are those of one model: a folder may hold others, and more besides. */
import { folderOf } from './droppedFiles.ts';

const isShard = ({ name }: File): boolean => /\.bin$|shard\d+of\d+/i.test(name);
const isBeside = ({ name }: File): boolean => /^(card|metadata)\.json$/i.test(name);
const isJson = ({ name, type }: File): boolean => /\.json$/i.test(name) || type === 'application/json';

export interface ModelFolder {
  readonly files: readonly File[];
  /** Name of the folder, or of the model's JSON where it came without one. */
  readonly label: string;
}

/** A model's JSON names its weights. */
export async function isModelJson(file: File): Promise<boolean> {
  if (isBeside(file) || !isJson(file)) return false;
  const text = await file.text();
  return text.includes('"weightsManifest"') || text.includes('"modelTopology"');
}

/** Do these files belong to a model? Asked before anything is read. */
export const looksLikeModel = (files: readonly File[]): boolean => files.some(isShard);

/**
 * The files of the one model among those that were chosen or dropped, names and card beside it included.
 * @throws Error in a full sentence when there is none, or more than one
 */
export async function modelFolder(files: readonly File[]): Promise<ModelFolder> {
  const models: File[] = [];
  for (const file of files) if (await isModelJson(file)) models.push(file);
  const folders = [...new Set(models.map(folderOf))];
  if (folders.length > 1) {
    throw new Error(
      `There are several models in that folder (${folders.join(', ')}). Choose the folder of one of them.`,
    );
  }
  const json = models.find(({ name }) => name === 'model.json') ?? models[0] ?? files.find(isJson);
  const [folder = json && folderOf(json)] = folders;
  const beside = files.filter((file) => folderOf(file) === folder);
  if (!json || !beside.some(isShard)) {
    throw new Error(
      'A detector is its model.json together with all its .bin files. Choose or drop them at once, or their folder.',
    );
  }
  // Another model's JSON would be taken for this one's.
  const own = beside.filter((file) => file === json || !models.includes(file));
  const name = folderOf(json).split('/').at(-1) ?? '';
  return { files: own, label: name === '' ? json.name : name };
}
