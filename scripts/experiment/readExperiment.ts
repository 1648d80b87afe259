/** Reads an experiment file with the files that it names, before any browser is started. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../src/domain/experiment.ts';
import { isObject, parseExperiment, parseJsonc } from '../../src/reports/index.ts';
import { findFile, findFiles, type InputFiles } from './findFiles.ts';
import { parseLinkTrace } from './readLinkTrace.ts';

export interface ExperimentWithFiles {
  readonly experiment: Experiment;
  readonly files: InputFiles;
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
  return { experiment, files: await findFiles(experiment, path.dirname(path.resolve(file))) };
}

/** `"link": {"trace": "FILE"}` with the file's rates in its place, so that the report holds them. */
export async function withLinkTrace(json: unknown, directory: string): Promise<unknown> {
  if (!isObject(json) || !isObject(json.link) || typeof json.link.trace !== 'string') return json;
  const { trace, ...link } = json.link as Record<string, unknown> & { trace: string };
  const found = await findFile(trace, directory, 'The link’s trace');
  return { ...json, link: { ...link, rateKbps: parseLinkTrace(await readFile(found, 'utf8'), trace) } };
}

/**
 * JSON with comments, as experiments may be.
 * @throws Error in a sentence
 */
export async function readJson(file: string): Promise<unknown> {
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
