/**
 * `npm run bench:compare`: how many seconds of video a comparison gets through in a second, policy by policy and all
 * together, in headless Chromium on wasm.
 *
 *   npm run bench:compare -- [--detector street-nano] [--seconds 10] [--preset crossing] [POLICY …]
 *
 * Besides the clock it counts the processors' time, which a busy machine does not change much: divided by the cores it is the
 * least that an interval can take.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { optionsOrExit } from '../commandLine.ts';
import type { Comparison, Contender } from '../../src/domain/comparison.ts';
import {
  defaultPolicy,
  POLICY_NAMES,
  PUBLISHED_ONEADAPT,
  type PolicySpec,
} from '../../src/domain/experiment.ts';
import { sentenceOf } from '../../src/domain/sentenceOf.ts';
import { parseExperiment } from '../../src/reports/index.ts';
import { ensureBuild } from '../ensureBuild.ts';
import { driveBrowser } from '../experiment/driveBrowser.ts';
import { startLabServer } from '../labServer.ts';

const PROJECT = path.resolve(import.meta.dirname, '..', '..');
/** What the page compares where nothing else is ticked. */
const FIVE = ['oneadapt', 'static', 'chameleon', 'eaar', 'accmpeg'];
/** Linux counts processor time in ticks of a hundredth of a second. */
const TICKS_PER_SECOND = 100;

const { values, positionals } = optionsOrExit(
  {
    allowPositionals: true,
    options: {
      detector: { type: 'string', default: 'street-nano' },
      seconds: { type: 'string', default: '10' },
      preset: { type: 'string', default: 'crossing' },
    },
  },
  'Usage: npm run bench:compare -- [--detector NAME] [--seconds N] [--preset SCENE] [POLICY …]',
);

function policyOf(name: string): PolicySpec {
  if (name === 'published') return { name: 'oneadapt', ...PUBLISHED_ONEADAPT };
  const known = POLICY_NAMES.find((policy) => policy === name);
  if (known !== undefined) return defaultPolicy(known);
  throw new Error(`There is no policy ${name}. Name some of ${[...POLICY_NAMES, 'published'].join(', ')}.`);
}

const comparisonOf = (names: readonly string[]): Comparison => {
  const experiment = parseExperiment({
    source: { kind: 'scene', preset: values.preset },
    detector: values.detector,
    seconds: Number(values.seconds),
    backend: 'wasm',
    budget: { bandwidthKbps: 300 },
  });
  const { budget } = experiment;
  const contenders = names.map((name): Contender => ({ name, policy: policyOf(name), budget }));
  return { experiment, contenders, grid: null };
};

/** Processor time of all that this process has started, seconds; null where the system does not tell. */
function processorSeconds(): number | null {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const found = all.flatMap((pid) => {
      try {
        // The name in brackets may hold spaces; what follows it does not.
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
        return [{ pid: Number(pid), parent, ticks: (user ?? 0) + (system ?? 0) }];
      } catch {
        return [];
      }
    });
    const own = new Set([process.pid]);
    for (let grew = true; grew;) {
      const fresh = found.filter(({ pid, parent }) => !own.has(pid) && own.has(parent ?? 0));
      for (const { pid } of fresh) own.add(pid);
      grew = fresh.length > 0;
    }
    own.delete(process.pid);
    return found.reduce((sum, { pid, ticks }) => sum + (own.has(pid) ? ticks : 0), 0) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The first interval is told alone: policies that profile at the start do so in it, and code is compiled. */
async function measure(url: string, names: readonly string[]): Promise<string> {
  const marks: { readonly ms: number; readonly processor: number | null }[] = [];
  const mark = (): void => void marks.push({ ms: performance.now(), processor: processorSeconds() });
  const result = await driveBrowser({
    url,
    entry: 'runComparison',
    task: { comparison: comparisonOf(names), clips: [], modelFiles: [] },
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.kind === 'compared') mark();
    },
  });
  if (!result.ok) return `${names.join(', ')}: ${result.error}`;
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || marks.length < 2) return `${names.join(', ')}: give it at least two seconds.`;
  const intervals = marks.length - 1;
  const perInterval = (last.ms - first.ms) / intervals / 1000;
  const processor =
    first.processor === null || last.processor === null
      ? ''
      : `, ${((last.processor - first.processor) / intervals).toFixed(2)} s of processor time each`;
  return `${names.join(', ')}: ${(1 / perInterval).toFixed(2)} intervals a second after the first${processor}`;
}

async function main(): Promise<void> {
  const names = positionals.length > 0 ? positionals : FIVE;
  names.forEach(policyOf);
  const root = await ensureBuild(PROJECT, () => console.log('Building the lab…'));
  const server = await startLabServer({ root });
  try {
    const url = `${server.url}headless.html`;
    console.log(`${values.detector} on ${values.preset}, ${values.seconds} s, wasm, budget 300 kbps.`);
    console.log(await measure(url, names));
    if (names.length > 1) for (const name of names) console.log(await measure(url, [name]));
  } finally {
    await server.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
