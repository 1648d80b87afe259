/** The sensor's importance net, fetched from the lab's own files and checked. */
import { download } from '../detectors/download.ts';
import type { PinnedFile } from '../detectors/integrity.ts';
import { pageBase } from '../detectors/pageBase.ts';
import { readImportanceNet, type ImportanceFile, type ImportanceNet } from '../sensor/importance/net.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';

/** As training/importance/train.py wrote it into public/models. */
export const IMPORTANCE_FILE: PinnedFile = {
  name: 'importance.json',
  bytes: 23722,
  sha256: 'ac1a71678ab58fe743e636e6665e0522f7c027216b1c959ec60714270659770c',
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
    const reason = sentenceOf(error);
    // Not the detector's: the page must not go on with another one.
    throw new Error(`AccMPEG needs its importance net. ${reason}`, { cause: error });
  }
}
