/** From an experiment's detector to a loaded one: registered, from a URL, or from the user's files. */
import type { DetectorSpec } from '../domain/experiment.ts';
import type { Detector } from './detector.ts';
import { openModel } from './openModel.ts';
import type { OnProgress } from './progress.ts';

/**
 * Loads a detector onto the present tfjs backend.
 * @param files model.json and its shards, where the experiment's detector was brought as files
 * @param base URL below which the lab's own models lie; the page's folder where left out
 * @throws Error in a full sentence with the remedy; nothing stays allocated
 */
export async function loadDetector(
  spec: DetectorSpec,
  files: readonly File[] | undefined,
  onProgress: OnProgress,
  base?: string,
): Promise<Detector> {
  const model = await openModel(spec, files, onProgress, base);
  try {
    return model.detector(model.card ?? (await model.recognise()).card);
  } catch (error) {
    model.dispose();
    throw error;
  }
}
