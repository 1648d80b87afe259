/**
 * Collects what the importance net learns from: `npx tsx training/importance/collect.ts`.
 * Writes training/data/importance/{train,validation,anywhere,usual}.rgb (RGB bytes, frame after frame) and .jsonl (the
 * blocks' losses). `collect.ts train 40` goes on with the 40th scene of one split.
 */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { browserArguments, requireBrowser } from '../../scripts/findBrowser.ts';
import type { EpisodeOptions, Sample } from './episode.ts';

const DATA = new URL('../data/importance/', import.meta.url).pathname;
const PORT = 5231;
const DETECTOR = 'default';

interface Split {
  readonly name: string;
  readonly firstSeed: number;
  readonly scenes: number;
  readonly frames: number;
  readonly usual: boolean;
}

/** Seeds of different splits never meet, nor those that the detectors were trained and judged on. */
const SPLITS: readonly Split[] = [
  { name: 'usual', firstSeed: 970_000, scenes: 12, frames: 4, usual: true },
  { name: 'anywhere', firstSeed: 972_000, scenes: 24, frames: 2, usual: false },
  { name: 'validation', firstSeed: 974_000, scenes: 24, frames: 2, usual: false },
  { name: 'train', firstSeed: 976_000, scenes: 72, frames: 6, usual: false },
];

async function main(): Promise<void> {
  const only = process.argv[2];
  const firstScene = Number(process.argv[3] ?? 0);
  mkdirSync(DATA, { recursive: true });
  const server = await createServer({ server: { port: PORT, strictPort: true } });
  await server.listen();
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArguments() });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/tsconfig.json`);
    for (const { name, firstSeed, scenes, ...rest } of SPLITS) {
      if (only !== undefined && only !== name) continue;
      if (firstScene === 0) {
        for (const ending of ['rgb', 'jsonl']) rmSync(`${DATA}${name}.${ending}`, { force: true });
      }
      for (let scene = firstScene; scene < scenes; scene += 1) {
        const options: EpisodeOptions = { ...rest, detector: DETECTOR, seed: firstSeed + scene };
        const samples = await page.evaluate<Sample[]>(
          `import('/training/importance/episode.ts').then((m) => m.collectEpisode(${JSON.stringify(options)}))`,
        );
        for (const { pixels, ...sample } of samples) {
          appendFileSync(`${DATA}${name}.rgb`, Buffer.from(pixels, 'base64'));
          appendFileSync(`${DATA}${name}.jsonl`, JSON.stringify(sample) + '\n');
        }
        console.log(`${name}: ${scene + 1} of ${scenes} scenes`);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
