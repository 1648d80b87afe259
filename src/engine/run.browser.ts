/** Whole runs on the scene with our own detector, as the page and the command line start them. */
import { expect, it } from 'vitest';
import { NO_BUDGET } from '../domain/budget.ts';
import { DEFAULT_ONEADAPT, type Experiment } from '../domain/experiment.ts';
import type { IntervalRecord } from '../domain/interval.ts';
import { KNOB_NAMES } from '../domain/knob.ts';
import type { GradientView, RunControl, RunListener } from './events.ts';
import { startRun } from './run.ts';

const EXPERIMENT: Experiment = {
  source: { kind: 'scene', preset: 'crossing' },
  detector: 'default',
  policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
  knobs: KNOB_NAMES,
  budget: NO_BUDGET,
  seconds: 3,
  backend: 'wasm',
  seed: 7,
  codec: 'vp9',
  link: { rateKbps: null, delayMs: 20 },
  clock: 'virtual',
  gpuCost: { inferenceMs: 20, backwardMs: 60 },
};

interface Finished {
  readonly records: readonly IntervalRecord[];
  readonly gradients: readonly GradientView[];
  readonly errors: readonly string[];
}

async function run(
  experiment: Experiment,
  onInterval: (record: IntervalRecord, control: RunControl) => unknown = () => undefined,
): Promise<Finished> {
  const records: IntervalRecord[] = [];
  const gradients: GradientView[] = [];
  const errors: string[] = [];
  const listener: RunListener = {
    onProgress: () => undefined,
    onReady: () => undefined,
    onState: () => undefined,
    onStage: () => undefined,
    onNotice: () => undefined,
    onFrame: (view) => view.image?.close(),
    onGradients: (view) => gradients.push(view),
    onInterval: (record) => {
      records.push(record);
      void onInterval(record, control);
    },
    onError: (message) => errors.push(message),
  };
  const control = startRun(experiment, {}, listener);
  await control.finished;
  return { records, gradients, errors };
}

it('repeats: the same experiment gives the same configurations, bytes and accuracies', async () => {
  const budget = { bandwidthKbps: 500, gpuMsPerSecond: null };
  const [once, again] = [await run({ ...EXPERIMENT, budget }), await run({ ...EXPERIMENT, budget })];
  const decided = ({ records }: Finished): unknown =>
    records.map(({ configuration, bytes, accuracy, prices }) => ({ configuration, bytes, accuracy, prices }));
  expect(once.errors).toEqual([]);
  expect(once.records).toHaveLength(3);
  expect(decided(again)).toEqual(decided(once));
});

it('shows a heat map and gradients of every knob in every interval', async () => {
  const { records, gradients } = await run({ ...EXPERIMENT, seconds: 2 });
  for (const view of gradients) {
    expect(Object.keys(view.knobs).sort()).toEqual([...KNOB_NAMES].sort());
    expect(Math.max(...view.dnnGrad.values)).toBeGreaterThan(0);
    for (const name of KNOB_NAMES)
      expect(Math.max(...(view.knobs[name]?.inputGrad.values ?? []))).toBeGreaterThan(0);
  }
  for (const { gradients: found, backwardPasses, encodes, sentFrames } of records) {
    expect(Object.keys(found).sort()).toEqual([...KNOB_NAMES].sort());
    expect(backwardPasses).toBe(1);
    expect(encodes).toBe(sentFrames + 1 + KNOB_NAMES.length);
  }
});

it('charges a static policy for no gradient, and the top configuration agrees with itself', async () => {
  const { records } = await run({ ...EXPERIMENT, seconds: 1, policy: { name: 'static', configuration: {} } });
  expect(records[0]).toMatchObject({ accuracy: 1, backwardPasses: 0, encodes: 10, inferences: 10 });
  expect(records[0]?.bytes).toBe(records[0]?.referenceBytes);
});

it('ends with a sentence and keeps its intervals when the source is not what it says', async () => {
  const { errors, records } = await run({ ...EXPERIMENT, source: { kind: 'clip', file: 'nothing.mp4' } });
  expect(records).toEqual([]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/nothing\.mp4.*\.$/);
});

it('stops at once when asked, and takes budgets while it runs', async () => {
  const asked: number[] = [];
  const { records } = await run({ ...EXPERIMENT, seconds: 60 }, (record, control) => {
    control.setBudget({ bandwidthKbps: 300, gpuMsPerSecond: null });
    asked.push(record.index);
    if (record.index === 1) void control.stop();
  });
  expect(records).toHaveLength(2);
  expect(records[1]?.budget.bandwidthKbps).toBe(300);
});
