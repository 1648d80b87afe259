/** What the engine's tests run where they say nothing else: a few seconds of the crossing on wasm, repeatable; and the crossing as a clip. */
import { NO_BUDGET } from '../domain/budget.ts';
import {
  DEFAULT_ONEADAPT,
  type Experiment,
  type SceneContent,
  type ScenePreset,
} from '../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import type { Source } from '../domain/source.ts';
import { NO_PINS } from '../domain/tiles.ts';
import { recordedClip } from '../sources/clipFixture.ts';
import { openScene } from '../sources/scene/index.ts';

export const TEST_EXPERIMENT: Experiment = {
  source: { kind: 'scene', preset: 'crossing' },
  detector: 'street-nano',
  policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
  knobs: DEFAULT_KNOBS,
  budget: NO_BUDGET,
  seconds: 3,
  backend: 'wasm',
  seed: 7,
  codec: 'vp9',
  tileGrid: '8x5',
  tilePins: NO_PINS,
  link: { rateKbps: null, delayMs: 20, deadlineMs: null },
  clock: 'virtual',
  gpuCost: { inferenceMs: 20, backwardMs: 60 },
  edits: [],
};

/** The same on the file that the test gives under this name, most often one of {@link filmScene}. */
export const onClip = (file: string): Experiment => ({ ...TEST_EXPERIMENT, source: { kind: 'clip', file } });

/**
 * The scene as a clip: drawn once for all runs of a test file.
 * @param content sliders that are moved at a second
 */
export async function filmScene(
  preset: ScenePreset,
  seconds: number,
  content: Readonly<Record<number, Partial<SceneContent>>> = {},
): Promise<Blob> {
  const scene = openScene({ preset, seed: TEST_EXPERIMENT.seed });
  const filmed: Source = {
    ...scene,
    frameAt: (at) => {
      scene.setContent(content[at] ?? {});
      return scene.frameAt(at);
    },
  };
  try {
    return await recordedClip(filmed, seconds);
  } finally {
    scene.close();
  }
}
