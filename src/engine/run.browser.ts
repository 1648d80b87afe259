/** Whole runs on the scene with our own detector, as the page and the command line start them. */
import { expect, it } from 'vitest';
import { NO_BUDGET } from '../domain/budget.ts';
import { DEFAULT_ONEADAPT, type Experiment } from '../domain/experiment.ts';
import type { IntervalRecord } from '../domain/interval.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import type { GradientView, RunControl, RunListener } from './events.ts';
import { startRun } from './run.ts';

const EXPERIMENT: Experiment = {
  source: { kind: 'scene', preset: 'crossing' },
  detector: 'default',
  policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
  knobs: DEFAULT_KNOBS,
  budget: NO_BUDGET,
  seconds: 3,
  backend: 'wasm',
  seed: 7,
  codec: 'vp9',
  link: { rateKbps: null, delayMs: 20 },
  clock: 'virtual',
  gpuCost: { inferenceMs: 20, backwardMs: 60 },
  edits: [],
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
  expect([once.errors, again.errors]).toEqual([[], []]);
  expect(once.records).toHaveLength(3);
  expect(decided(again)).toEqual(decided(once));
});

it('shows a heat map and gradients of every knob in every interval', async () => {
  const { records, gradients, errors } = await run({ ...EXPERIMENT, seconds: 2 });
  expect(errors).toEqual([]);
  expect([records.length, gradients.length]).toEqual([2, 2]);
  for (const view of gradients) {
    expect(Object.keys(view.knobs).sort()).toEqual([...DEFAULT_KNOBS].sort());
    expect(Math.max(...view.dnnGrad.values)).toBeGreaterThan(0);
    for (const name of DEFAULT_KNOBS)
      expect(Math.max(...(view.knobs[name]?.inputGrad.values ?? []))).toBeGreaterThan(0);
  }
  for (const { gradients: found, backwardPasses, encodes, sentFrames } of records) {
    expect(Object.keys(found).sort()).toEqual([...DEFAULT_KNOBS].sort());
    expect(backwardPasses).toBe(1);
    expect(encodes).toBe(sentFrames + 1 + DEFAULT_KNOBS.length);
  }
});

it('charges a static policy for no gradient, and the top configuration agrees with itself', async () => {
  const policy = { name: 'static', configuration: {} } as const;
  const { records, errors } = await run({ ...EXPERIMENT, seconds: 1, policy });
  expect(errors).toEqual([]);
  expect(records).toHaveLength(1);
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
  const { records, errors } = await run({ ...EXPERIMENT, seconds: 60 }, (record, control) => {
    control.setBudget({ bandwidthKbps: 300, gpuMsPerSecond: null });
    asked.push(record.index);
    if (record.index === 1) void control.stop();
  });
  expect(errors).toEqual([]);
  expect(records).toHaveLength(2);
  expect(records[1]?.budget.bandwidthKbps).toBe(300);
});

it('repeats what a hand did: the changes are in the records, and an experiment with them is the same run', async () => {
  const seconds = 5;
  const byHand = await run({ ...EXPERIMENT, seconds }, ({ index }, control) => {
    if (index === 0) control.setBudget({ bandwidthKbps: 300, gpuMsPerSecond: null });
    if (index === 1) control.setSceneContent({ rain: 0.8 });
    if (index === 2) control.setPolicy({ name: 'static', configuration: {} }, DEFAULT_KNOBS);
    if (index === 3) control.setConfiguration({ resolution: '320x192', quantizer: 96, frameRate: 5 });
  });
  const edits = byHand.records.flatMap((record) =>
    record.edits.map((edit) => ({ ...edit, interval: record.index })),
  );
  expect(edits).toHaveLength(4);
  const planned = await run({ ...EXPERIMENT, seconds, edits });
  expect(planned.errors).toEqual([]);
  expect(planned.records.map((record) => ({ ...record, gpuMs: 0 }))).toEqual(
    byHand.records.map((record) => ({ ...record, gpuMs: 0 })),
  );
});
