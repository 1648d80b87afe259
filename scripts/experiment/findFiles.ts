/** Finds the files that an experiment names, before any browser is started, and serves them to the page. */
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../src/domain/experiment.ts';
import { clipFiles } from '../../src/domain/playlist.ts';
import type { ServedFile } from '../../src/headless/task.ts';
import type { LabServer } from '../labServer.ts';
import { findModelFiles } from './findModelFiles.ts';

export interface InputFiles {
  /** Each clip as the source names it, and its absolute path. */
  readonly clips: readonly { readonly name: string; readonly file: string }[];
  /** Absolute paths of model.json, its shards and its card; empty where the model is not a local file. */
  readonly modelFiles: readonly string[];
}

/**
 * @param directory that paths count from, before the current one
 * @throws Error in one sentence: which file is missing or cannot be read
 */
export async function findFiles(
  { source, detector }: Pick<Experiment, 'source' | 'detector'>,
  directory: string,
): Promise<InputFiles> {
  const clips = [];
  for (const name of clipFiles(source))
    clips.push({ name, file: await findFile(name, directory, 'The clip') });
  return {
    clips,
    modelFiles:
      typeof detector === 'string' || isAddress(detector.model)
        ? []
        : await findModelFiles(await findFile(detector.model, directory, 'The model')),
  };
}

/** The files as the page takes them. */
export function serve(
  { clips, modelFiles }: InputFiles,
  server: Pick<LabServer, 'share'>,
): { readonly clips: readonly ServedFile[]; readonly modelFiles: readonly ServedFile[] } {
  return {
    clips: clips.map(({ name, file }) => ({ name, url: server.share(file) })),
    modelFiles: modelFiles.map((file) => ({ name: path.basename(file), url: server.share(file) })),
  };
}

const isAddress = (model: string): boolean => /^https?:\/\//i.test(model);

/**
 * A path counts from the directory of the file that names it, then from the current one.
 * @throws Error in a sentence that begins with what it is
 */
export async function findFile(name: string, directory: string, what: string): Promise<string> {
  const places = [...new Set([path.resolve(directory, name), path.resolve(name)])];
  for (const place of places) {
    const found = await stat(place).catch(() => null);
    if (found === null) continue;
    if (!found.isFile()) throw new Error(`${what} ${name} is not a file: name the file itself.`);
    await access(place, constants.R_OK).catch((error: unknown) => {
      throw new Error(`${what} ${name} may not be read: change its permissions.`, { cause: error });
    });
    return place;
  }
  throw new Error(`${what} ${name} does not exist: it was looked for as ${places.join(' and ')}.`);
}
