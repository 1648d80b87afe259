/**
 * Renders the training set of the default detector from the scene: `npx tsx training/render.ts`.
 * Writes training/data/{train,calibration,heldout,usual}.rgb (RGB bytes, frame after frame) and .jsonl (the boxes of each
 * frame). `npx tsx training/render.ts train 40` goes on with the 40th scene of one split.
 */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { browserArguments, requireBrowser } from '../scripts/findBrowser.ts';
import { INPUT_HEIGHT, INPUT_WIDTH } from './architecture.ts';
import type { EpisodeOptions, Sample } from './episode.ts';

const DATA = new URL('data/', import.meta.url).pathname;
const PORT = 5219;

interface Split {
  readonly name: string;
  readonly firstSeed: number;
  readonly episodes: number;
  readonly settings: number;
  readonly framesPerSetting: number;
  readonly fine: boolean;
  readonly usual: boolean;
}

/** Seeds of different splits never meet. */
const SPLITS: readonly Split[] = [
  {
    name: 'heldout',
    firstSeed: 900_000,
    episodes: 24,
    settings: 3,
    framesPerSetting: 3,
    fine: true,
    usual: false,
  },
  {
    name: 'usual',
    firstSeed: 950_000,
    episodes: 16,
    settings: 1,
    framesPerSetting: 9,
    fine: true,
    usual: true,
  },
  {
    name: 'calibration',
    firstSeed: 800_000,
    episodes: 16,
    settings: 3,
    framesPerSetting: 3,
    fine: false,
    usual: false,
  },
  {
    name: 'train',
    firstSeed: 1000,
    episodes: 190,
    settings: 7,
    framesPerSetting: 3,
    fine: false,
    usual: false,
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
      const { episodes, firstSeed, settings, framesPerSetting, fine, usual } = split;
      for (let episode = firstEpisode; episode < episodes; episode++) {
        const samples = await page.evaluate<Sample[]>(
          `(async (options) => (await import('/training/episode.ts')).renderEpisode(options))(${JSON.stringify(
            {
              seed: firstSeed + episode,
              settings,
              framesPerSetting,
              fine,
              usual,
              width: INPUT_WIDTH,
              height: INPUT_HEIGHT,
            } satisfies EpisodeOptions,
          )})`,
        );
        for (const { pixels, ...rest } of samples) {
          appendFileSync(`${DATA}${split.name}.rgb`, Buffer.from(pixels, 'base64'));
          appendFileSync(`${DATA}${split.name}.jsonl`, JSON.stringify(rest) + '\n');
        }
        console.log(`${split.name}: ${episode + 1} of ${episodes} scenes`);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
