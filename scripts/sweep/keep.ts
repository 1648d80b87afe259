/** Finished jobs in DIR/cells and what passes cost in DIR/gpuCost.json, so that a sweep that was killed goes on. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GpuCost } from '../../src/domain/experiment.ts';
import type { InputFiles } from '../experiment/findFiles.ts';
import { writeReports } from '../experiment/writeReports.ts';
import type { FinishedJob } from './results.ts';

const COSTS = 'gpuCost.json';
const CELLS = 'cells';

/** Files are renamed into place, so what is there is whole; what cannot be read is done again. */
async function readKept<T>(file: string): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

/** @param key as `jobKey` gives it */
export const readJob = (out: string, key: string): Promise<FinishedJob | null> =>
  readKept(path.join(out, CELLS, `${key}.json`));

export const keepJob = (out: string, key: string, job: FinishedJob): Promise<void> =>
  writeReports(path.join(out, CELLS), { [`${key}.json`]: JSON.stringify(job) });

/** What was measured, by kind of job. */
export type Costs = Readonly<Record<string, GpuCost>>;

export const readCosts = async (out: string): Promise<Costs> =>
  (await readKept<Costs>(path.join(out, COSTS))) ?? {};

export const keepCosts = (out: string, costs: Costs): Promise<void> =>
  writeReports(out, { [COSTS]: `${JSON.stringify(costs, null, 2)}\n` });

/** Of what a job reads, each file once. */
export async function digestsOf(
  { clips, modelFiles }: InputFiles,
  known: Map<string, string>,
): Promise<string[]> {
  const digests: string[] = [];
  for (const file of [...clips.map((clip) => clip.file), ...modelFiles]) {
    const digest =
      known.get(file) ??
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    known.set(file, digest);
    digests.push(digest);
  }
  return digests;
}
