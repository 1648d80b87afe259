/** What the engine's tests run where they say nothing else: a few seconds of the crossing on wasm, repeatable. */
import { NO_BUDGET } from '../domain/budget.ts';
import { DEFAULT_ONEADAPT, type Experiment } from '../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import { NO_PINS } from '../domain/tiles.ts';

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
