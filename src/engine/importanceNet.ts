/** The sensor's importance net, fetched from the lab's own files and checked. */
import { download } from '../detectors/download.ts';
import type { PinnedFile } from '../detectors/integrity.ts';
import { pageBase } from '../detectors/pageBase.ts';
import { readImportanceNet, type ImportanceFile, type ImportanceNet } from '../sensor/importance/net.ts';

/** As training/importance/train.py wrote it into public/models. */
export const IMPORTANCE_FILE: PinnedFile = {
  name: 'importance.json',
  bytes: 23709,
  sha256: 'a01f201aecea4cfe808720d4f9388bcb02aa39469ff450571423ced5d040a1f6',
};

/** @throws Error in a full sentence where the file cannot be had or is another one */
export async function fetchImportanceNet(): Promise<ImportanceNet> {
  const url = new URL(`models/${IMPORTANCE_FILE.name}`, pageBase()).href;
  try {
    const wanted = { url, immutable: false, pinned: IMPORTANCE_FILE };
    const fetched = await download(wanted, () => undefined);
    await fetched.keep();
    return readImportanceNet(JSON.parse(new TextDecoder().decode(fetched.bytes)) as ImportanceFile);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Not the detector's: the page must not go on with another one.
    throw new Error(`AccMPEG needs its importance net. ${reason}`, { cause: error });
  }
}
