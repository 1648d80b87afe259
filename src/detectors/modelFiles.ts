/** Where a model's files come from, a URL or the user's disk, and whether they are whole. */
import { mayNameClasses, namesFromFile, namesFromJson } from './classNames.ts';
import { download, UnavailableError, type Download, type Wanted } from './download.ts';
import { fetchProgress } from './fetchProgress.ts';
import type { PinnedFile } from './integrity.ts';
import { parseModelJson, weightBytes, type ModelJson } from './modelForm.ts';
import type { OnProgress } from './progress.ts';

export interface ModelFiles {
  /** As the user knows the model. */
  readonly name: string;
  readonly json: ModelJson;
  /** Content of the card.json beside it; null where there is none. */
  readonly card: unknown;
  /** Names of the classes, from the model.json or a metadata file beside it; null: none. Not looked for beside a card. */
  readonly names: readonly string[] | null;
  /** All weights, one shard after the other. */
  readonly weights: ArrayBuffer;
}

/** Something that gives a file by the name that the weightsManifest has for it. */
type ReadShard = (path: string, expectedBytes: number | undefined) => Promise<Uint8Array>;

/** What is known of a model before it is fetched. */
export interface ModelSource {
  /** See {@link Wanted}. */
  readonly immutable: boolean;
  /** false: do not ask for a card.json. */
  readonly hasCard: boolean;
  /** Its name and all its files as they must be. */
  readonly pinned?: { readonly label: string; readonly files: readonly PinnedFile[] };
}

/** Fetches a model.json, the shards that it names and the card.json beside it. */
export async function fetchModel(
  url: string,
  { immutable, hasCard, pinned }: ModelSource,
  onProgress: OnProgress,
): Promise<ModelFiles> {
  const name = url.split('/').at(-1) ?? url;
  const downloads: Download[] = [];
  const onBytesOf = fetchProgress(pinned, onProgress);
  const fetchFile = async (wanted: Wanted): Promise<Uint8Array> => {
    const path = wanted.url.slice(wanted.url.lastIndexOf('/') + 1);
    const pin = pinned?.files.find((known) => known.name === path);
    if (pinned && !pin) {
      throw new Error(
        `${pinned.label} wants the file ${path}, whose SHA-256 the lab does not know. Register it with the others.`,
      );
    }
    const file = await download({ ...wanted, ...(pin ? { pinned: pin } : {}) }, onBytesOf(path));
    downloads.push(file);
    return file.bytes;
  };
  const text = await fetchFile({ url, immutable });
  const json = parseModelJson(new TextDecoder().decode(text), url);
  const cardText = hasCard ? await textBeside(url, 'card.json', fetchFile) : null;
  const card = cardText === null ? null : parseCardText(cardText);
  const weights = await readWeights(json, (path, expectedBytes) =>
    fetchFile({
      url: new URL(path, url).href,
      immutable,
      ...(expectedBytes === undefined ? {} : { expectedBytes }),
    }),
  );
  const needsNames = hasCard && card === null;
  const names = needsNames
    ? await readNames(json, NAMES_FILES, (file) => textBeside(url, file, fetchFile))
    : null;
  // All of them are readable and fit each other.
  await Promise.all(downloads.map((file) => file.keep()));
  return { name, json, card, weights, names };
}

/**
 * Text of a file beside the model; null where there is none. Some servers answer "not there" in a way that a browser
 * hides (no CORS headers on a 404).
 */
async function textBeside(
  modelUrl: string,
  file: string,
  fetchFile: (wanted: Wanted) => Promise<Uint8Array>,
): Promise<string | null> {
  const url = new URL(file, modelUrl).href;
  try {
    return new TextDecoder().decode(await fetchFile({ url, immutable: false }));
  } catch (error) {
    if (error instanceof UnavailableError) return null;
    throw error;
  }
}

/** What exporters call the file with the names of the classes. */
const NAMES_FILES = ['metadata.yaml', 'metadata.json'] as const;

/**
 * @param files to look into, the likeliest first
 * @param textOf gives the text of a file beside the model; null where there is none
 */
async function readNames(
  json: ModelJson,
  files: readonly string[],
  textOf: (file: string) => Promise<string | null>,
): Promise<readonly string[] | null> {
  const within = namesFromJson(json.userDefinedMetadata ?? null);
  if (within) return within;
  for (const file of files) {
    const text = await textOf(file);
    if (text === null || text.trimStart().startsWith('<')) continue;
    const names = namesFromFile(file, text);
    if (names) return names;
  }
  return null;
}

/** A server that answers every address with its page gives HTML where there is no card: that is no card. */
function parseCardText(text: string): unknown {
  if (text.trimStart().startsWith('<')) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The card.json beside the model is not JSON. Correct or remove it.');
  }
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path;

/** Reads a model from files that the user chose. @throws Error naming what is missing among them */
export async function readModelFiles(files: readonly File[], onProgress: OnProgress): Promise<ModelFiles> {
  const cardFile = files.find((file) => file.name === 'card.json');
  const jsonFile = modelJsonOf(files);
  if (!jsonFile) {
    throw new Error(
      `There is no model.json among the chosen files (${files.map((file) => file.name).join(', ') || 'none'}). ` +
        'Choose the model.json together with all its .bin files.',
    );
  }
  onProgress(`Reading ${jsonFile.name}`, null);
  const json = parseModelJson(await jsonFile.text(), jsonFile.name);
  const weights = await readWeights(json, async (path) => {
    const shard = files.find((file) => file.name === baseName(path));
    if (shard) return new Uint8Array(await shard.arrayBuffer());
    throw new Error(
      `The model needs the weights file ${baseName(path)}, which is not among the chosen files. ` +
        'Choose the model.json together with all its .bin files.',
    );
  });
  const card = cardFile ? parseCardText(await cardFile.text()) : null;
  const textOf = async (name: string): Promise<string | null> =>
    (await files.find((file) => file.name === name)?.text()) ?? null;
  const others = files.filter((file) => file !== jsonFile && file !== cardFile && mayHoldNames(file));
  const beside = [...NAMES_FILES, ...others.map((file) => file.name)];
  return { name: jsonFile.name, json, card, weights, names: await readNames(json, beside, textOf) };
}

/** The model's JSON among the files that were chosen; undefined where there is none. */
export function modelJsonOf(files: readonly File[]): File | undefined {
  const candidates = files.filter(
    ({ name }) => name.endsWith('.json') && name !== 'card.json' && name !== 'metadata.json',
  );
  return candidates.find(({ name }) => name === 'model.json') ?? candidates[0];
}

/** Lists of classes are short. */
const LARGEST_NAMES_BYTES = 200_000;
const mayHoldNames = ({ name, size }: File): boolean => size < LARGEST_NAMES_BYTES && mayNameClasses(name);

/** @throws Error when a shard has not the bytes that the manifest says */
async function readWeights(json: ModelJson, read: ReadShard): Promise<ArrayBuffer> {
  const groups: Uint8Array[] = [];
  for (const { paths, weights } of json.weightsManifest) {
    const expected = weights.reduce((sum, spec) => sum + weightBytes(spec), 0);
    const shards: Uint8Array[] = [];
    for (const path of paths) shards.push(await read(path, paths.length === 1 ? expected : undefined));
    const actual = shards.reduce((sum, shard) => sum + shard.byteLength, 0);
    if (actual !== expected) {
      const names = paths.map((path, i) => `${baseName(path)} (${shards[i]?.byteLength ?? 0} bytes)`);
      throw new Error(
        `The weights are ${actual < expected ? 'cut off' : 'not those of this model.json'}: ${names.join(', ')} ` +
          `should hold ${expected} bytes${paths.length > 1 ? ' together' : ''}, but hold ${actual}. ` +
          'Get the files again, all from the same export.',
      );
    }
    groups.push(...shards);
  }
  const whole = new Uint8Array(groups.reduce((sum, shard) => sum + shard.byteLength, 0));
  let at = 0;
  for (const shard of groups) {
    whole.set(shard, at);
    at += shard.byteLength;
  }
  return whole.buffer;
}
