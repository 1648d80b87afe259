/**
 * `npm run estimators -- DIR [DIR …] --out FILE.md`: the table of every estimator over several runs of
 * `npm run fidelity`, each in a directory of its own. `--commit` names the commit at which they were made, where it is not
 * the one that is checked out; `--note` adds sentences about the choice of runs.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readOptions } from './commandLine.ts';
import { writeDocument } from './experiment/writeReports.ts';
import { ablationMarkdown, parseJsonc, readFidelity, type FidelityRun } from '../src/reports/index.ts';
import { commitOf } from './commit.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

const USAGE = 'Usage: npm run estimators -- DIR [DIR …] --out FILE.md [--commit ID] [--note SENTENCE …]';

async function readRun(directory: string): Promise<FidelityRun> {
  const file = path.join(directory, 'fidelity.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`There is no ${file}: run "npm run fidelity" with --out ${directory} first.`, {
      cause: error,
    });
  });
  return { name: path.basename(path.resolve(directory)), fidelity: readFidelity(parseJsonc(text), file) };
}

async function main(): Promise<void> {
  const { values, positionals } = readOptions(
    {
      options: {
        out: { type: 'string' },
        commit: { type: 'string' },
        note: { type: 'string', multiple: true },
      },
      allowPositionals: true,
    },
    USAGE,
  );
  if (positionals.length === 0 || values.out === undefined) throw new Error(`${USAGE}.`);
  const runs = await Promise.all(positionals.map(readRun));
  const markdown = ablationMarkdown(runs, {
    commit: values.commit ?? commitOf(),
    notes: values.note ?? [],
    command: `npm run estimators -- ${runs.map(({ name }) => `runs/${name}`).join(' ')} --out ${values.out}${values.note ? ' --note …' : ''}`,
  });
  await writeDocument(values.out, markdown);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
