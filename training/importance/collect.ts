/**
 * Collects what the importance net learns from: `npx tsx training/importance/collect.ts`.
 * Writes training/data/importance/{train,validation,anywhere,usual}.rgb (RGB bytes, frame after frame) and .jsonl (the
 * blocks' losses). `collect.ts train 40` goes on with the 40th scene of one split.
 */
import { writeSamples } from '../writeSamples.ts';
import type { EpisodeOptions } from './episode.ts';

const DATA = new URL('../data/importance/', import.meta.url).pathname;
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

const [only, firstScene] = process.argv.slice(2);
await writeSamples(
  DATA,
  SPLITS.map(({ name, firstSeed, scenes, ...rest }) => ({
    name,
    scenes,
    script: (scene) => {
      const options: EpisodeOptions = { ...rest, detector: DETECTOR, seed: firstSeed + scene };
      return `import('/training/importance/episode.ts').then((m) => m.collectEpisode(${JSON.stringify(options)}))`;
    },
  })),
  only,
  Number(firstScene ?? 0),
);
