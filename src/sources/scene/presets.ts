/** The four streets and where their sliders stand. */
import type { SceneContent, ScenePreset } from '../../domain/experiment.ts';
import type { Street } from './layout.ts';
import { buildCrossing } from './presets/crossing.ts';
import { buildHighway } from './presets/highway.ts';
import { buildNightRain } from './presets/nightRain.ts';
import { buildPlaza } from './presets/plaza.ts';

/** Where the sliders stand when a preset is opened. */
export const PRESET_CONTENT: Readonly<Record<ScenePreset, SceneContent>> = {
  crossing: { density: 0.6, speed: 0.5, distance: 0.5, light: 0.9, rain: 0 },
  highway: { density: 0.65, speed: 0.5, distance: 0.5, light: 0.65, rain: 0 },
  plaza: { density: 0.6, speed: 0.5, distance: 0.5, light: 1, rain: 0 },
  'night-rain': { density: 0.6, speed: 0.5, distance: 0.5, light: 0.05, rain: 0.6 },
};

const BUILDERS: Readonly<Record<ScenePreset, (seed: number) => Street>> = {
  crossing: buildCrossing,
  highway: buildHighway,
  plaza: buildPlaza,
  'night-rain': buildNightRain,
};

/** The street of a preset; the seed varies houses and trees, not the layout. */
export const buildStreet = (preset: ScenePreset, seed: number): Street => BUILDERS[preset](seed);
