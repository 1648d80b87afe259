/** The server's knobs on a clip of the scene: runs repeat, gradients exist at every size, members change without leaving tensors. */
import { expect, it as oneByOne } from 'vitest';
import type { Experiment } from '../domain/experiment.ts';
import type { IntervalRecord } from '../domain/interval.ts';
import { SERVER_KNOBS } from '../domain/serverKnobs.ts';
import type { GradientView, RunInfo, RunListener } from './events.ts';
import { startRun } from './run.ts';
import { QUIET_LISTENER } from './testListener.ts';
import { filmScene, onClip } from './testExperiment.ts';

/** Two at a time, as in run.browser.ts. */
const it = oneByOne.concurrent;

const EXPERIMENT: Experiment = {
  ...onClip('crossing'),
  detector: 'default',
  knobs: ['inputSize', 'member', 'enhancement', 'frameRate'],
  budget: { bandwidthKbps: null, gpuMsPerSecond: 130 },
  seconds: 4,
};

const clips = new Map([['crossing', await filmScene('crossing', 9)]]);

interface Finished {
  readonly records: readonly IntervalRecord[];
  readonly gradients: readonly GradientView[];
  readonly errors: readonly string[];
  readonly notices: readonly string[];
  readonly info: RunInfo | undefined;
  /** Tensors after each interval. */
  readonly tensors: readonly number[];
}

async function run(experiment: Experiment): Promise<Finished> {
  const records: IntervalRecord[] = [];
  const gradients: GradientView[] = [];
  const errors: string[] = [];
  const notices: string[] = [];
  const counts: Promise<number>[] = [];
  let info: RunInfo | undefined;
  const listener: RunListener = {
    ...QUIET_LISTENER,
    onReady: (ready) => (info = ready),
    onNotice: (message) => notices.push(message),
    onGradients: (view) => gradients.push(view),
    onInterval: (record) => {
      records.push(record);
      // The next interval starts only when the worker has answered; after the last one it is gone.
      if (record.index === (experiment.seconds ?? 0) - 1) return;
      control.pause();
      counts.push(control.memory().then(({ tensors }) => (control.play(), tensors)));
    },
    onError: (message) => errors.push(message),
  };
  const control = startRun(experiment, { clips }, listener);
  await control.finished;
  return { records, gradients, errors, notices, info, tensors: await Promise.all(counts) };
}

it('repeats, charges the neighbour’s look, and holds a budget of detector time at the cost of what ran', async () => {
  const [once, again] = [await run(EXPERIMENT), await run(EXPERIMENT)];
  expect([...once.errors, ...again.errors]).toEqual([]);
  const without = ({ records }: Finished): unknown => records.map((record) => ({ ...record, gpuMs: 0 }));
  expect(without(again)).toEqual(without(once));
  for (const { inferences, sentFrames, encodes, gradients } of once.records) {
    expect(inferences).toBe(sentFrames + 1);
    // Only the frame rate's neighbour is encoded, beside the present configuration.
    expect(encodes).toBe(sentFrames + 2);
    for (const name of ['inputSize', 'member', 'enhancement'] as const)
      expect(gradients[name]?.bandwidthGrad).toBe(0);
    expect(gradients.member?.gpuGrad).toBeGreaterThan(0);
  }
  for (const { gpuAccountedMs } of once.records.slice(1)) expect(gpuAccountedMs).toBeLessThanOrEqual(130);
});

it('has a heat map and a gradient at every input size, on the grid of the larger one; none where no pixel moves', async () => {
  const sizes = ['256x160', '320x192', '384x224', '480x288'];
  const edits = sizes.map((inputSize, interval) => ({
    interval,
    moment: 'before' as const,
    configuration: { inputSize },
  }));
  const policy = { name: 'static', configuration: {} } as const;
  const knobs = ['inputSize', 'member', 'enhancement', 'quantizer'] as const;
  const { records, gradients, errors } = await run({ ...EXPERIMENT, policy, knobs, edits });
  expect(errors).toEqual([]);
  expect(records.map(({ configuration }) => configuration.inputSize)).toEqual(sizes);
  // Toward the smaller size; from the smallest the other way.
  expect(gradients.map(({ knobs: seen }) => seen.inputSize?.neighbour)).toEqual([
    '320x192',
    '256x160',
    '320x192',
    '384x224',
  ]);
  const grids = ['320x192', '320x192', '384x224', '480x288'];
  gradients.forEach(({ dnnGrad, knobs: seen }, i) => {
    const [width = 0] = (sizes[i] ?? '').split('x').map(Number);
    expect(dnnGrad.columns).toBe(width / 8);
    const maps = seen.inputSize?.maps;
    expect(maps?.inputGrad.columns).toBe(Number((grids[i] ?? '').split('x')[0]) / 8);
    expect(Math.max(...(maps?.inputGrad.values ?? []))).toBeGreaterThan(0);
    expect(Math.max(...(seen.enhancement?.maps?.inputGrad.values ?? []))).toBeGreaterThan(0);
    expect(seen.member).toEqual({ maps: null, neighbour: 'street-small' });
  });
  for (const { gradients: found, accuracy, backwardPasses, inferences } of records) {
    for (const name of knobs) expect(found[name]?.flat, name).toBe(false);
    expect(found.inputSize?.estimates.distortion).not.toBe(0);
    expect(accuracy).toBeLessThanOrEqual(1);
    // The instrument's look, of a policy that asks for no gradient, is not charged.
    expect([backwardPasses, inferences]).toEqual([0, 10]);
  }
  // Smaller sizes agree less with the reference, which sees the whole; at its size all agrees.
  expect(records.at(-1)?.accuracy).toBe(1);
  expect(records[0]?.accuracy).toBeLessThan(0.9);
});

it.each(SERVER_KNOBS)('tunes %s alone: its gradient is there, and nothing else moves', async (name) => {
  const { records, errors } = await run({
    ...EXPERIMENT,
    ...{ detector: 'street-small', knobs: [name], seconds: 2 },
  });
  expect(errors).toEqual([]);
  const [first] = records;
  for (const { gradients, configuration, encodes, sentFrames } of records) {
    expect(Object.keys(gradients)).toEqual([name]);
    expect(gradients[name]?.accGrad).not.toBe(0);
    expect(encodes).toBe(sentFrames + 1);
    expect(configuration).toEqual({ ...first?.configuration, [name]: configuration[name] });
  }
});

it('leaves no tensor behind when members and sizes change to and fro', async () => {
  const round = [
    { member: 'street-nano', inputSize: '256x160' },
    { member: 'street-small', inputSize: '384x224' },
    { member: 'default', inputSize: '480x288' },
  ];
  const edits = Array.from({ length: 9 }, (_, interval) => ({
    interval,
    moment: 'before' as const,
    configuration: round[interval % 3] ?? {},
  }));
  const policy = { name: 'static', configuration: {} } as const;
  const knobs = ['member', 'inputSize'] as const;
  const { tensors, errors, records } = await run({ ...EXPERIMENT, policy, knobs, edits, seconds: 9 });
  expect(errors).toEqual([]);
  expect(records.map(({ configuration }) => configuration.member)).toEqual(
    Array.from({ length: 9 }, (_, i) => round[i % 3]?.member),
  );
  // By the end of the first round every setting has run; nothing is added after it.
  expect(tensors.slice(3)).toEqual(tensors.slice(3).map(() => tensors[2]));
});

it('measures each rung at the start, and the experiment of the report runs with the same costs', async () => {
  const { info, errors } = await run({ ...EXPERIMENT, gpuCost: null, knobs: ['member'], seconds: 1 });
  expect(errors).toEqual([]);
  const cost = info?.experiment.gpuCost;
  expect(Object.keys(cost?.rungs ?? {})).toEqual(['member']);
  const members = cost?.rungs?.member ?? {};
  expect(Object.keys(members)).toEqual(['street-nano', 'street-small']);
  // Which is faster is a timing, and on a busy machine not always what it should be.
  for (const pass of Object.values(members)) expect(pass.inferenceMs).toBeGreaterThan(0);
  const again = await run({ ...EXPERIMENT, gpuCost: cost ?? null, knobs: ['member'], seconds: 1 });
  expect(again.info?.experiment.gpuCost).toEqual(cost);
});

it('says so where there is nothing to choose from', async () => {
  const { notices, errors, records } = await run({
    ...EXPERIMENT,
    detector: 'street-nano',
    knobs: ['member'],
    seconds: 1,
  });
  expect(errors).toEqual([]);
  expect(records).toHaveLength(1);
  expect(notices.join()).toContain('the member is not tuned');
});
