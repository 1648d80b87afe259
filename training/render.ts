/**
 * Renders the training set of the default detector from the scene: `npx tsx training/render.ts`.
 * Writes training/data/{train,calibration,heldout,usual}.rgb (RGB bytes, frame after frame) and .jsonl (the boxes of each
 * frame). `npx tsx training/render.ts train 40` goes on with the 40th scene of one split.
 */
import type { EpisodeOptions, Rung } from './episode.ts';
import { writeSamples } from './writeSamples.ts';

const DATA = new URL('data/', import.meta.url).pathname;

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

const [only, firstEpisode] = process.argv.slice(2);
await writeSamples(
  DATA,
  SPLITS.map((split) => ({
    name: split.name,
    scenes: split.episodes,
    script: (episode) => {
      const options: EpisodeOptions = { ...split, seed: split.firstSeed + episode };
      return `import('/training/episode.ts').then((m) => m.renderEpisode(${JSON.stringify(options)}))`;
    },
  })),
  only,
  Number(firstEpisode ?? 0),
);
