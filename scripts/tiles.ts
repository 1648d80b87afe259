/**
 * `npm run tiles -- --out docs/tiles.md`: what the ways to spend fewer bytes on unimportant tiles save at equal accuracy, over the
 * scenes and the clips of ../shared/assets. `--only NAME[,NAME…]` takes some of the sources, `--seconds N` another length,
 * `--raw DIR` keeps what was measured in DIR and measures only what is not there, because an earlier call was cut off or a way came
 * later; `--commit ID` names the commit at which it was measured, where that is not the one that is checked out. `--notes FILE.md` puts a
 * person's words under the short form.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from './commandLine.ts';
import { commitOf } from './commit.ts';
import { ensureBuild } from './ensureBuild.ts';
import { driveBrowser } from './experiment/driveBrowser.ts';
import { findModelFiles } from './experiment/findModelFiles.ts';
import { checkDocument, writeDocument } from './experiment/writeReports.ts';
import { startLabServer, type LabServer } from './labServer.ts';
import type { Trial } from '../src/engine/tileTrials/trial.ts';
import { sources, trialsOf, waysOf, type TrialSource } from './tiles/plan.ts';
import { tilesMarkdown, type Measured } from './tiles/table.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const ASSETS = path.join(PROJECT, '..', 'shared', 'assets');
/** Of the scenes: another than those by which the rule was found. */
const SEED = 9;
const USAGE =
  'Usage: npm run tiles -- --out FILE.md [--only NAME,NAME] [--seconds N] [--raw DIR] [--commit ID] [--notes FILE.md]';

async function measure(
  source: TrialSource,
  trials: readonly Trial[],
  server: LabServer,
  seconds: number,
): Promise<Pick<Measured, 'trials' | 'intervals'>> {
  const serve = (file: string) => ({ name: path.basename(file), url: server.share(file) });
  const result = await driveBrowser({
    url: `${server.url}headless.html`,
    entry: 'runTileTrials',
    task: {
      source: source.source,
      detector: source.detector,
      backend: 'wasm',
      seed: SEED,
      startSeconds: source.startSeconds,
      seconds,
      scale: source.scale,
      detectedEvery: source.detectedEvery,
      trials,
      clips: source.clip === null ? [] : [serve(source.clip)],
      modelFiles: source.model === null ? [] : (await findModelFiles(source.model)).map(serve),
    },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  if (!result.ok) throw new Error(`${source.name}: ${result.error}`);
  return { trials, intervals: result.intervals };
}

/** What an earlier call measured of a source, and what came to it. */
const joined = (
  earlier: Measured,
  { trials, intervals }: Pick<Measured, 'trials' | 'intervals'>,
): Measured => ({
  ...earlier,
  trials: [...earlier.trials, ...trials],
  intervals: [
    ...earlier.intervals,
    ...intervals.map((one) => ({ ...one, trial: one.trial + earlier.trials.length })),
  ],
});

async function main(): Promise<void> {
  const { values } = readOptions(
    {
      options: {
        out: { type: 'string' },
        only: { type: 'string' },
        seconds: { type: 'string' },
        raw: { type: 'string' },
        commit: { type: 'string' },
        notes: { type: 'string' },
      },
    },
    USAGE,
  );
  const { out, only, raw } = values;
  const asked = values.seconds === undefined ? null : Number(values.seconds);
  if (out === undefined || (asked !== null && (!Number.isInteger(asked) || asked < 2)))
    throw new Error(`${USAGE}.`);
  const wanted = only?.split(',');
  const known = sources(ASSETS);
  const unknown = wanted?.filter((name) => known.every((source) => source.name !== name)) ?? [];
  if (unknown.length > 0)
    throw new Error(
      `There is no source called ${unknown.join(', ')}. Name some of ${known.map(({ name }) => name).join(', ')}.`,
    );
  const chosen = known.filter(({ name }) => wanted?.includes(name) ?? true);
  await checkDocument(out);
  const notes = values.notes === undefined ? null : await readFile(values.notes, 'utf8');
  const commit = values.commit ?? commitOf();
  const root = await ensureBuild(PROJECT, () => console.error('Building the lab.'));
  const server = await startLabServer({ root });
  const measured: Measured[] = [];
  if (raw !== undefined) await mkdir(raw, { recursive: true });
  try {
    for (const source of chosen) {
      if (source.clip !== null && !existsSync(source.clip)) {
        console.error(`${source.name} is left out: there is no ${source.clip}.`);
        continue;
      }
      const seconds = asked ?? source.seconds;
      const kept = raw === undefined ? null : path.join(raw, `${source.name}.json`);
      const earlier: Measured =
        kept !== null && existsSync(kept)
          ? (JSON.parse(await readFile(kept, 'utf8')) as Measured)
          : { name: source.name, seconds, commit, trials: [], intervals: [] };
      if (earlier.seconds !== seconds || earlier.commit !== commit)
        throw new Error(
          `${kept ?? ''} was measured over ${earlier.seconds} seconds at commit ${earlier.commit}, and not over ${seconds} at ${commit}. Name another --raw, or delete it.`,
        );
      const done = new Set(earlier.trials.map((trial) => JSON.stringify(trial)));
      const missing = trialsOf(waysOf(source)).filter((trial) => !done.has(JSON.stringify(trial)));
      if (missing.length === 0) {
        measured.push(earlier);
        continue;
      }
      const began = performance.now();
      const result = joined(earlier, await measure(source, missing, server, seconds));
      console.error(`${source.name}: ${Math.round((performance.now() - began) / 1000)} s`);
      measured.push(result);
      if (kept !== null) await writeFile(kept, JSON.stringify(result));
    }
  } finally {
    await server.close();
  }
  if (measured.length === 0)
    throw new Error(
      'None of these sources is here, so there is nothing to write. Name a scene, or bring the clips.',
    );
  const given = (['only', 'seconds', 'notes'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [` --${name} ${value}`];
  });
  const command = `npm run tiles -- --out ${out}${given.join('')}`;
  await writeDocument(out, tilesMarkdown(measured, { commit, command, notes }));
  console.error(`Written: ${out}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
