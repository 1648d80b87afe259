/** Files that were dropped or chosen: a clip, the files of a detector, or a report, told apart by what they are. */
import { attempt, openFile } from '../actions/exports.ts';
import { restartWith } from '../store/draft.ts';
import { holdClip, holdModel } from '../store/inputs.ts';
import { notify } from '../store/notices.ts';
import { startFootage } from './startFootage.ts';

const isJson = (file: File): boolean => /\.json$/i.test(file.name) || file.type === 'application/json';
const isShard = (file: File): boolean => /\.bin$|shard\d+of\d+/i.test(file.name);
const isVideo = (file: File): boolean =>
  file.type.startsWith('video/') || /\.(mp4|webm|mov|mkv|m4v|ogv|y4m)$/i.test(file.name);

export function takeClip(file: File): void {
  holdClip(file.name, file);
  void startFootage({ source: { kind: 'clip', file: file.name } });
}

const isCard = (file: File): boolean => /^card\.json$/i.test(file.name);

/** What the card says of itself, else the folder; the run reads the card with care and refuses what is wrong in it. */
async function labelOf(model: File, card: File | undefined): Promise<string> {
  const label = /"label"\s*:\s*"([^"\\]{1,60})"/.exec((await card?.text()) ?? '')?.[1];
  return label ?? model.webkitRelativePath.split('/').at(-2) ?? model.name;
}

/** @throws Error in a full sentence when the files are no model */
export async function takeModel(files: readonly File[]): Promise<void> {
  const model = files.find((file) => isJson(file) && !isCard(file));
  if (!model || !files.some(isShard)) {
    throw new Error(
      'A detector is its model.json together with all its .bin files. Choose or drop them at once.',
    );
  }
  holdModel(model.name, files, await labelOf(model, files.find(isCard)));
  restartWith({ detector: { model: model.name } });
}

/** A model's JSON names its weights; a report names its schema. */
async function isModelJson(file: File): Promise<boolean> {
  const text = await file.text();
  return text.includes('"weightsManifest"') || text.includes('"modelTopology"');
}

export const takeFiles = (files: readonly File[]): Promise<void> =>
  attempt(async () => {
    const clip = files.find(isVideo);
    const json = files.find(isJson);
    const page = files.find((file) => /\.html?$/i.test(file.name));
    if (files.some(isShard)) await takeModel(files);
    else if (clip) takeClip(clip);
    else if (json && (await isModelJson(json))) await takeModel(files);
    else if (json) await openFile(json);
    else if (page) await openFile(page);
    else if (files.length > 0) {
      notify(
        'The lab takes a video clip, a report, or a detector as model.json with its .bin files. Drop one of these.',
        'warning',
      );
    }
  });
