/** Reads an experiment file and finds the files that it names, before any browser is started. */
import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../src/domain/experiment.ts';
import { parseExperiment, parseJsonc } from '../../src/reports/index.ts';
import { findModelFiles } from './findModelFiles.ts';
import { parseLinkTrace } from './readLinkTrace.ts';

export interface ExperimentWithFiles {
  readonly experiment: Experiment;
  /** Absolute path of the clip; null where the source is none. */
  readonly clip: string | null;
  /** Absolute paths of model.json, its shards and its card; empty where the model is not a local file. */
  readonly modelFiles: readonly string[];
}

/** @throws Error in one sentence: what is wrong and what to change */
export async function readExperiment(file: string): Promise<ExperimentWithFiles> {
  const experiment = parseExperiment(
    await withLinkTrace(await readJson(file), path.dirname(path.resolve(file))),
  );
  if (experiment.source.kind === 'webcam') {
    throw new Error('The command line has no webcam: use a scene or a clip, or open the lab in a browser.');
  }
  if (experiment.source.kind === 'scene' && experiment.seconds === null) {
    throw new Error('The scene never ends: give the experiment a length in "seconds".');
  }
  const directory = path.dirname(path.resolve(file));
  const { source, detector } = experiment;
  return {
    experiment,
    clip: source.kind === 'clip' ? await findFile(source.file, directory, 'The clip') : null,
    modelFiles:
      typeof detector === 'string' || isAddress(detector.model)
        ? []
        : await findModelFiles(await findFile(detector.model, directory, 'The model')),
  };
}

/** `"link": {"trace": "FILE"}` with the file's rates in its place, so that the report holds them. */
async function withLinkTrace(json: unknown, directory: string): Promise<unknown> {
  if (!isObject(json) || !isObject(json.link) || typeof json.link.trace !== 'string') return json;
  const { trace, ...link } = json.link as Record<string, unknown> & { trace: string };
  const found = await findFile(trace, directory, 'The link’s trace');
  return { ...json, link: { ...link, rateKbps: parseLinkTrace(await readFile(found, 'utf8'), trace) } };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAddress = (model: string): boolean => /^https?:\/\//i.test(model);

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Error(
      missing
        ? `The experiment file ${file} does not exist.`
        : `The experiment file ${file} cannot be read: ${String(error)}.`,
      { cause: error },
    );
  }
  try {
    return parseJsonc(text);
  } catch (error) {
    const where = error instanceof Error ? ` (${error.message})` : '';
    throw new Error(`The experiment file ${file} is not JSON${where}; correct it there.`, { cause: error });
  }
}

/** A path in an experiment counts from the experiment's directory, then from the current one. */
async function findFile(name: string, directory: string, what: string): Promise<string> {
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
