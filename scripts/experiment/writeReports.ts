/** Writes the three files of a report whole or not at all. */
import { access, constants, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Names and contents of the files of a report. */
export type ReportFiles = Readonly<Record<string, string>>;

/**
 * Looks whether a directory can be written to or made, before a long run has been for nothing.
 * @throws Error in a sentence
 */
export async function checkWritable(directory: string): Promise<void> {
  let place = path.resolve(directory);
  let found = await stat(place).catch(() => null);
  while (found === null && path.dirname(place) !== place) {
    place = path.dirname(place);
    found = await stat(place).catch(() => null);
  }
  if (found?.isDirectory() !== true) {
    throw new Error(`The report cannot go to ${directory}: ${place} is not a directory.`);
  }
  await access(place, constants.W_OK).catch((error: unknown) => {
    throw new Error(`The report cannot go to ${directory}: ${place} may not be written to.`, {
      cause: error,
    });
  });
}

/**
 * All files are written under temporary names first, then renamed, so that no reader ever sees half a file. Where one of
 * them fails, none is left.
 */
export async function writeReports(directory: string, files: ReportFiles): Promise<void> {
  await mkdir(directory, { recursive: true });
  const moves = Object.keys(files).map((name) => ({
    name,
    temporary: path.join(directory, `.${name}.${process.pid}.part`),
    final: path.join(directory, name),
  }));
  const renamed: string[] = [];
  try {
    for (const { name, temporary } of moves) await writeFile(temporary, files[name] ?? '');
    for (const { temporary, final } of moves) {
      await rename(temporary, final);
      renamed.push(final);
    }
  } catch (error) {
    for (const left of [...moves.map((move) => move.temporary), ...renamed]) await rm(left, { force: true });
    throw new Error(`The report could not be written to ${directory}: ${String(error)}.`, { cause: error });
  }
}

/**
 * Looks whether {@link writeDocument} will be able to write it.
 * @throws Error in a sentence
 */
export async function checkDocument(file: string): Promise<void> {
  const place = path.resolve(file);
  await checkWritable(path.dirname(place));
  const found = await stat(place).catch(() => null);
  if (found?.isDirectory())
    throw new Error(`The document cannot go to ${file}: that is a directory. Name a file.`);
}

/** One document, such as docs/tiles.md, written as {@link writeReports} does. */
export const writeDocument = (file: string, text: string): Promise<void> =>
  writeReports(path.dirname(path.resolve(file)), { [path.basename(file)]: text });
