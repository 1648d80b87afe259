/**
 * Renders the training set of the default detector from the scene: `npx tsx training/render.ts`.
 * Writes training/data/{train,calibration,heldout,usual}.rgb (RGB bytes, frame after frame) and .jsonl (the boxes of each
 * frame). `npx tsx training/render.ts train 40` goes on with the 40th scene of one split.
 */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { browserArguments, requireBrowser } from '../scripts/findBrowser.ts';
import type { EpisodeOptions, Rung, Sample } from './episode.ts';

const DATA = new URL('data/', import.meta.url).pathname;
const PORT = 5219;

type Split = Omit<EpisodeOptions, 'seed'> & {
  readonly name: string;
  readonly firstSeed: number;
  readonly episodes: number;
};

const FINEST: Rung = { scale: 1, quantizer: 32 };
const LARGE = { width: 640, height: 384 };
const QUANTIZERS = [32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240];

/** Quality from expensive to cheap: the quantizer alone, the resolution alone, both together. */
const LADDER: readonly Rung[] = [
  ...QUANTIZERS.map((quantizer) => ({ scale: 1, quantizer })),
  ...[0.8, 0.65, 0.5, 0.4, 0.3].map((scale) => ({ scale, quantizer: 32 })),
  { scale: 0.8, quantizer: 96 },
  { scale: 0.65, quantizer: 128 },
  { scale: 0.5, quantizer: 160 },
  { scale: 0.4, quantizer: 192 },
  { scale: 0.3, quantizer: 224 },
];

const HELD_OUT = { ...LARGE, rungs: [FINEST], wide: false };
/** Seeds of different splits never meet. */
const SPLITS: readonly Split[] = [
  {
    ...HELD_OUT,
    name: 'usual',
    firstSeed: 950_000,
    episodes: 16,
    settings: 1,
    framesPerSetting: 9,
    usual: true,
  },
  {
    ...HELD_OUT,
    name: 'anywhere',
    firstSeed: 900_000,
    episodes: 24,
    settings: 3,
    framesPerSetting: 3,
    usual: false,
  },
  {
    ...HELD_OUT,
    name: 'ladder',
    firstSeed: 960_000,
    episodes: 12,
    settings: 1,
    framesPerSetting: 2,
    rungs: LADDER,
    usual: true,
  },
  {
    ...LARGE,
    name: 'calibration',
    firstSeed: 800_000,
    episodes: 20,
    settings: 3,
    framesPerSetting: 2,
    rungs: null,
    usual: false,
    wide: true,
  },
  {
    ...LARGE,
    name: 'streets',
    firstSeed: 20_000,
    episodes: 600,
    settings: 3,
    framesPerSetting: 2,
    rungs: null,
    usual: false,
    wide: true,
  },
];

async function main(): Promise<void> {
  const only = process.argv[2];
  const firstEpisode = Number(process.argv[3] ?? 0);
  mkdirSync(DATA, { recursive: true });
  const server = await createServer({ server: { port: PORT, strictPort: true } });
  await server.listen();
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArguments() });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/tsconfig.json`);
    for (const split of SPLITS.filter((each) => only === undefined || each.name === only)) {
      if (firstEpisode === 0) {
        for (const ending of ['rgb', 'jsonl']) rmSync(`${DATA}${split.name}.${ending}`, { force: true });
      }
      for (let episode = firstEpisode; episode < split.episodes; episode++) {
        const options: EpisodeOptions = { ...split, seed: split.firstSeed + episode };
        const samples = await page.evaluate<Sample[]>(
          `import('/training/episode.ts').then((m) => m.renderEpisode(${JSON.stringify(options)}))`,
        );
        for (const { pixels, ...rest } of samples) {
          appendFileSync(`${DATA}${split.name}.rgb`, Buffer.from(pixels, 'base64'));
          appendFileSync(`${DATA}${split.name}.jsonl`, JSON.stringify(rest) + '\n');
        }
        console.log(`${split.name}: ${episode + 1} of ${split.episodes} scenes`);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
