/**
 * `npm run results -- DIR --out FILE.md`: the tables of a sweep. `--notes FILE.md` puts a person's words under the head, such
 * as why a policy stands where it does; `--machine TEXT` names the machine of the sweep where it is not this one.
 */
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import path from 'node:path';
import { readOptions } from './commandLine.ts';
import { writeDocument } from './experiment/writeReports.ts';
import { resultsMarkdown } from './results/tables.ts';
import type { Results } from './sweep/results.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

const USAGE = 'Usage: npm run results -- DIR --out FILE.md [--notes FILE.md] [--machine TEXT]';

async function readResults(directory: string): Promise<Results> {
  const file = path.join(directory, 'results.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`There is no ${file}: run "npm run sweep" with --out ${directory} first.`, {
      cause: error,
    });
  });
  const results = JSON.parse(text) as Partial<Results>;
  if (results.schemaVersion !== 2 || !results.cells || !results.command)
    throw new Error(`${file} is of another version of the lab: run the sweep again.`);
  return results as Results;
}

const thisMachine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${platform()} ${arch()}`;

async function main(): Promise<void> {
  const { values, positionals } = readOptions(
    {
      options: { out: { type: 'string' }, notes: { type: 'string' }, machine: { type: 'string' } },
      allowPositionals: true,
    },
    USAGE,
  );
  const [directory, ...more] = positionals;
  if (directory === undefined || more.length > 0 || values.out === undefined) throw new Error(`${USAGE}.`);
  const markdown = resultsMarkdown(await readResults(directory), {
    command: `npm run results -- ${process.argv.slice(2).join(' ')}`,
    machine: values.machine ?? thisMachine(),
    notes: values.notes === undefined ? null : await readFile(values.notes, 'utf8'),
  });
  await writeDocument(values.out, markdown);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
