/** Files that were dropped or chosen: a clip, the files of a detector, or a report, told apart by what they are. */
import { attempt, openFile } from '../actions/exports.ts';
import { bringFiles } from '../detector/bring.ts';
import { holdClip } from '../store/inputs.ts';
import { notify } from '../store/notices.ts';
import { startFootage } from './startFootage.ts';
import { isModelJson, looksLikeModel, modelFolder } from './modelFolder.ts';

const isJson = (file: File): boolean => /\.json$/i.test(file.name) || file.type === 'application/json';
const isVideo = (file: File): boolean =>
  file.type.startsWith('video/') || /\.(mp4|webm|mov|mkv|m4v|ogv|y4m)$/i.test(file.name);

export function takeClip(file: File): void {
  holdClip(file.name, file);
  void startFootage({ source: { kind: 'clip', file: file.name } });
}

/** @throws Error in a full sentence when the files are no model */
export async function takeModel(files: readonly File[]): Promise<void> {
  const { files: own, label } = await modelFolder(files);
  await bringFiles(own, label);
}

export const takeFiles = (files: readonly File[]): Promise<void> =>
  attempt(async () => {
    const clip = files.find(isVideo);
    const json = files.find(isJson);
    const page = files.find((file) => /\.html?$/i.test(file.name));
    if (looksLikeModel(files)) await takeModel(files);
    else if (clip) takeClip(clip);
    else if (json && (await isModelJson(json))) await takeModel(files);
    else if (json) await openFile(json);
    else if (page) await openFile(page);
    else if (files.length > 0) {
      notify(
        'The lab takes a video clip, a report, or a detector: model.json with its .bin files, or their folder. Drop one of these.',
        'warning',
      );
    }
  });
