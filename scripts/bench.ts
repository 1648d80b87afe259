/**
 * `npm run bench`: what a backward pass to the pixels costs in forward passes, with the lab's gradients and with plain
 * TensorFlow.js, measured in turns in two pages of one browser so that the machine's mood falls on both.
 *
 *   npm run bench -- [--backend wasm|webgpu] [--rounds 7] [MODEL_URL_OR_NAME …]
 *
 * Without names: every detector that comes with the lab, and those of ../shared/assets/models where that folder exists.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { optionsOrExit } from './commandLine.ts';
import { withDevPages } from './devPages.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

/** Before the timed ones: the engine compiles what runs often, and only after a few rounds to the fastest code. */
const WARM_UP_ROUNDS = 5;
const SHARED_MODELS = join(import.meta.dirname, '..', '..', 'shared', 'assets', 'models');
const OWN_MODELS = join(import.meta.dirname, '..', 'public', 'models');

const { values, positionals } = optionsOrExit(
  {
    allowPositionals: true,
    options: { backend: { type: 'string', default: 'wasm' }, rounds: { type: 'string', default: '7' } },
  },
  'Usage: npm run bench -- [--backend wasm|webgpu] [--rounds N] [MODEL …]',
);
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds ${values.rounds} is not a whole number above 0. Give the number of timed passes.`);
  process.exit(1);
}

const folders = (of: string): string[] =>
  readdirSync(of, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

function modelUrls(): string[] {
  if (positionals.length > 0) return positionals;
  const own = folders(OWN_MODELS).map((name) => `/models/${name}/model.json`);
  if (!existsSync(SHARED_MODELS)) {
    console.log('../shared/assets/models is not on this machine, so only the lab’s own detectors are timed.');
    return own;
  }
  return [...own, ...folders(SHARED_MODELS).map((name) => `/shared-assets/models/${name}/model.json`)];
}

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

interface Side {
  readonly page: Page;
  /** Why it cannot be timed. */
  failure: string | null;
  readonly forwardMs: number[];
  readonly bothMs: number[];
}

const firstLine = (error: unknown): string =>
  sentenceOf(error)
    .replace(/^page\.evaluate: /, '')
    .split('\n')[0] ?? '';

async function timed(side: Side, script: string): Promise<number | null> {
  if (side.failure !== null) return null;
  try {
    return await side.page.evaluate<number>(script);
  } catch (error) {
    side.failure = firstLine(error);
    return null;
  }
}

async function measure(url: string, open: () => Promise<Page>): Promise<string> {
  const lab: Side = { page: await open(), failure: null, forwardMs: [], bothMs: [] };
  const plain: Side = { page: await open(), failure: null, forwardMs: [], bothMs: [] };
  const backend = JSON.stringify(values.backend);
  try {
    const card = await lab.page.evaluate<unknown>(
      `import('/scripts/bench/lab.ts').then(async (m) => (globalThis.passes = await m.prepare({ model: ${JSON.stringify(url)} }, ${backend})).card)`,
    );
    await timed(
      plain,
      `import('/scripts/bench/plainTfjs.ts').then(async (m) => { globalThis.passes = await m.prepare(${JSON.stringify(url)}, ${JSON.stringify(card)}, ${backend}); return 0; })`,
    );
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      for (const side of [lab, plain]) {
        const forward = await timed(side, 'passes.forward()');
        const both = await timed(side, 'passes.forwardBackward()');
        if (round < 0) continue;
        if (forward !== null) side.forwardMs.push(forward);
        if (both !== null) side.bothMs.push(both);
      }
    }
  } catch (error) {
    lab.failure ??= firstLine(error);
  } finally {
    await lab.page.close();
    await plain.page.close();
  }
  const told = ({ failure, forwardMs, bothMs }: Side): string => {
    if (failure !== null) return `throws (${failure.slice(0, 90)})`;
    const [forward, both] = [median(forwardMs), median(bothMs)];
    return `forward ${forward.toFixed(0)} ms, backward ${(both - forward).toFixed(0)} ms = ${((both - forward) / forward).toFixed(1)} forwards`;
  };
  return `${url}\n  lab:        ${told(lab)}\n  plain tfjs: ${told(plain)}`;
}

await withDevPages(async (open) => {
  console.log(`Backend ${values.backend}, median of ${rounds} rounds, both sides in turns.`);
  for (const url of modelUrls()) console.log(await measure(url, open));
});
