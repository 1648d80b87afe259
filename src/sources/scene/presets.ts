/** The four streets. */
import type { ScenePreset } from '../../domain/experiment.ts';
import type { Street } from './layout.ts';
import { buildCrossing } from './presets/crossing.ts';
import { buildHighway } from './presets/highway.ts';
import { buildNightRain } from './presets/nightRain.ts';
import { buildPlaza } from './presets/plaza.ts';

const BUILDERS: Readonly<Record<ScenePreset, (seed: number) => Street>> = {
  crossing: buildCrossing,
  highway: buildHighway,
  plaza: buildPlaza,
  'night-rain': buildNightRain,
};

/** The street of a preset; the seed varies houses and trees, not the layout. */
export const buildStreet = (preset: ScenePreset, seed: number): Street => BUILDERS[preset](seed);
