/**
 * `npm run sweep -- FILE.json --out DIR`: sources × budgets × policies × seeds. Exit 0 when the results are written, though some
 * of the jobs have failed; exit 1 with a sentence when all have or it could not be done, 130 when interrupted. What is
 * finished is kept in DIR/cells, and the same command goes on from there.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitOf, labOf } from './commit.ts';
import { ensureBuild } from './ensureBuild.ts';
import { findFiles, type InputFiles } from './experiment/findFiles.ts';
import { readJson, withLinkTrace } from './experiment/readExperiment.ts';
import { checkWritable, writeReports } from './experiment/writeReports.ts';
import { requireBrowser } from './findBrowser.ts';
import { startLabServer } from './labServer.ts';
import { parseSweepArguments, USAGE, type SweepArguments } from './sweep/arguments.ts';
import { localBrowser, remoteBrowser } from './sweep/browsers.ts';
import { resultFiles, sourceFigures } from './sweep/files.ts';
import { jobsOf, shardOf, type Job } from './sweep/jobs.ts';
import { parseSweep } from './sweep/parseSweep.ts';
import { resultsOf, type JobOutcome } from './sweep/results.ts';
import { runSweep } from './sweep/runSweep.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const HELP = `${USAGE}

Runs every policy of FILE.json at every budget on every source and seed, beside a grid of static configurations, and writes
results.json, results.csv, results.svg and figures/ into DIR. A sweep that was ended goes on where it stood.

--jobs N       browsers of this machine (half as many as it has cores)
--browser URL  a browser elsewhere, served by "npx playwright run-server"; may be given several times
--shard I/N    the I-th of N parts alone, into DIR/cells: put the parts' folders together and call once without --shard`;

class Interrupted extends Error {}

async function filesOf(jobs: readonly Job[], directory: string): Promise<Map<Job, InputFiles>> {
  const found = new Map<Job, InputFiles>();
  for (const job of jobs) found.set(job, await findFiles(job.comparison.experiment, directory));
  return found;
}

async function sweep({ file, out, localBrowsers, endpoints, shard }: SweepArguments): Promise<void> {
  const directory = path.dirname(path.resolve(file));
  const asked = parseSweep(await withLinkTrace(await readJson(file), directory));
  const all = jobsOf(asked);
  const jobs = shard ? shardOf(all, shard) : all;
  if (shard && jobs.some(({ comparison }) => comparison.experiment.gpuCost === null))
    throw new Error(
      'Parts of a sweep must charge a pass alike: give it, and each source with a detector of its own, a "gpuCost" such as {"inferenceMs": 20, "backwardMs": 40}.',
    );
  const files = await filesOf(jobs, directory);
  await checkWritable(out);
  if (localBrowsers > 0) requireBrowser();
  const browsers = [
    ...Array.from({ length: localBrowsers }, (_, place) => localBrowser(place)),
    ...endpoints.map(remoteBrowser),
  ];
  const interrupt = new AbortController();
  const stop = (): void =>
    interrupt.abort(
      new Interrupted(`The sweep was interrupted. What is finished is kept in ${out}: call again to go on.`),
    );
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const root = await ensureBuild(PROJECT, () =>
    console.error('Building the lab, since its sources have changed.'),
  );
  await mkdir(out, { recursive: true });
  const server = await startLabServer({ root });
  let outcomes: JobOutcome[];
  try {
    const run = {
      jobs,
      filesOf: files,
      out,
      commit: commitOf(),
      lab: await labOf(PROJECT),
      browsers,
      server,
    };
    outcomes = await runSweep({ ...run, signal: interrupt.signal });
  } finally {
    await server.close();
  }
  const failed = outcomes.flatMap(({ outcome }) => (typeof outcome === 'string' ? [outcome] : []));
  if (shard) {
    console.error(
      `Part ${shard.index} of ${shard.of}: ${jobs.length - failed.length} jobs are in ${out}/cells.`,
    );
  } else {
    const results = resultsOf(asked, outcomes, `npm run sweep -- ${process.argv.slice(2).join(' ')}`);
    await writeReports(path.join(out, 'figures'), sourceFigures(results));
    await writeReports(out, resultFiles(results));
    if (new Set(results.environments.map(({ browser }) => browser)).size > 1)
      console.error(
        'Browsers of different versions took part: their bytes may differ. results.json lists them.',
      );
    console.error(`${results.cells.length} cells: ${out}`);
  }
  if (failed.length > 0 && failed.length === jobs.length)
    throw new Error(`Every job failed. The first one: ${failed[0] ?? ''}`);
  if (failed.length > 0)
    console.error(
      `${failed.length} of ${jobs.length} jobs failed; their sentences are in the results, and the next call tries them again.`,
    );
}

const asked = (async () => {
  const words = parseSweepArguments(process.argv.slice(2));
  if (words === null) console.log(HELP);
  else await sweep(words);
})();

asked.then(
  // Left-over handles of the build tool must not keep a finished sweep waiting.
  () => process.exit(0),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(error instanceof Interrupted ? 130 : 1);
  },
);
