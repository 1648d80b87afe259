import { expect, it } from 'vitest';
import { NO_BUDGET } from '../domain/budget.ts';
import type { Comparison, Contender, GridPoint } from '../domain/comparison.ts';
import type { Configuration } from '../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import type { IntervalRecord } from '../domain/interval.ts';
import { startComparison } from './compare.ts';
import { startRun } from './run.ts';
import { QUIET_LISTENER } from './testListener.ts';
import { filmScene, onClip } from './testExperiment.ts';

const EXPERIMENT = onClip('crossing');
const clips = new Map([
  ['crossing', await filmScene('crossing', 3)],
  ['night', await filmScene('night-rain', 2)],
]);

const FREE = NO_BUDGET;
const MODEST = { resolution: '512x308', quantizer: 96, frameRate: 5 } as const;

const statically = (name: string, configuration: Partial<Configuration>): Contender => ({
  name,
  policy: { name: 'static', configuration },
  budget: FREE,
});

interface Compared {
  readonly records: readonly (readonly IntervalRecord[])[];
  readonly grid: readonly (readonly GridPoint[])[];
  readonly configurations: readonly Configuration[];
}

async function compare(comparison: Comparison): Promise<Compared> {
  const records: IntervalRecord[][] = comparison.contenders.map(() => []);
  const grid: (readonly GridPoint[])[] = [];
  let configurations: readonly Configuration[] = [];
  const errors: string[] = [];
  const control = startComparison(comparison, { clips }, false, {
    onProgress: () => undefined,
    onReady: () => undefined,
    onGridReady: (all) => (configurations = all),
    onFrame: () => undefined,
    onInterval: (place, record) => records[place]?.push(record),
    onWork: () => undefined,
    onGrid: (_, points) => grid.push(points),
    onNotice: () => undefined,
    onError: (message) => errors.push(message),
  });
  control.play();
  await control.finished;
  expect(errors).toEqual([]);
  return { records, grid, configurations };
}

/** What does not depend on the clock. */
const figures = ({
  configuration,
  bytes,
  accuracy,
  inferences,
  encodes,
  backwardPasses,
}: IntervalRecord) => ({
  ...{ configuration, bytes, accuracy, inferences, encodes, backwardPasses },
});

it('gives each policy the interval that it has alone, whoever runs beside it, and a grid that knows them', async () => {
  const oneadapt: Contender = {
    name: 'OneAdapt',
    policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
    budget: { bandwidthKbps: 250, gpuMsPerSecond: null },
  };
  const coarser: Contender = { ...oneadapt, name: 'quantizer alone', knobs: ['quantizer'] };
  const contenders = [statically('top', {}), statically('modest', MODEST), oneadapt, coarser];

  const base = EXPERIMENT;
  const { records, grid, configurations } = await compare({
    experiment: base,
    contenders,
    grid: { resolution: 2, quantizer: 2 },
  });
  for (const [place, { policy, budget, knobs = base.knobs }] of contenders.entries()) {
    const alone: IntervalRecord[] = [];
    const control = startRun({ ...base, policy, budget, knobs }, { clips }, listening(alone));
    control.play();
    await control.finished;
    expect(records[place]?.map(figures)).toEqual(alone.map(figures));
  }
  const top = configurations.findIndex(
    ({ quantizer, resolution }) => quantizer === 32 && resolution === '640x384',
  );
  const seen = grid.map((points) => points[top]);
  expect(seen.map((point) => point?.bytes)).toEqual(records[0]?.map(({ bytes }) => bytes));
  expect(seen.every((point) => point?.accuracies.every((accuracy) => accuracy === 1))).toBe(true);
});

it('gives up the pinned tiles in the grid too, by the grid of the experiment, whatever tiles a policy beside it has', async () => {
  const experiment = { ...EXPERIMENT, tilePins: { full: [], low: [3] }, seconds: 2 };
  const eaar: Contender = { name: 'EAAR', policy: { name: 'eaar', configuration: MODEST }, budget: FREE };
  const contenders = [statically('top', {}), eaar];
  const { records, grid, configurations } = await compare({ experiment, contenders, grid: { quantizer: 2 } });
  const top = configurations.findIndex(({ quantizer }) => quantizer === 32);
  expect(records[0]?.every(({ keptTilesPercent = 100 }) => keptTilesPercent < 100)).toBe(true);
  expect(grid.map((points) => points[top]?.bytes)).toEqual(records[0]?.map(({ bytes }) => bytes));
});

it('stands after a cut where it starts, in a comparison as in a run', async () => {
  const items = [
    { source: { kind: 'clip', file: 'crossing' }, seconds: 2 },
    { source: { kind: 'clip', file: 'night' }, seconds: 2 },
  ] as const;
  const experiment = { ...EXPERIMENT, source: { kind: 'playlist', items } as const, seconds: 4 };
  const policy = { name: 'oneadapt', ...DEFAULT_ONEADAPT, bandwidthPrice: 2 } as const;
  const contender = { name: 'OneAdapt', policy, budget: FREE };
  const zeroLag = { ...contender, name: 'zero lag', policy: { ...policy, lag: 'zero' } as const };
  const { records } = await compare({ experiment, contenders: [contender, zeroLag], grid: null });
  const [start, before, after, later] = records[0] ?? [];
  expect(before?.configuration).not.toEqual(start?.configuration);
  expect(after?.configuration).toEqual(start?.configuration);
  expect(later?.configuration).not.toEqual(start?.configuration);
  // What it would choose by was told of the scene before.
  const [begun, , stood] = records[1] ?? [];
  expect(stood?.configuration).toEqual(begun?.configuration);
  const alone: IntervalRecord[] = [];
  await startRun({ ...experiment, policy, budget: FREE }, { clips }, listening(alone)).finished;
  expect(alone.map(figures)).toEqual(records[0]?.map(figures));
  expect(alone.map(({ positions }) => positions)).toEqual(records[0]?.map(({ positions }) => positions));
});

it('charges rivals for all that they do', { timeout: 300_000 }, async () => {
  const budget = { bandwidthKbps: 400, gpuMsPerSecond: null };
  const chameleon = { windowIntervals: 4, keptConfigurations: 2, targetAccuracy: null };
  const contenders: Contender[] = [
    { name: 'Chameleon', policy: { name: 'chameleon', ...chameleon }, budget },
    { name: 'EAAR', policy: { name: 'eaar', configuration: MODEST }, budget },
    {
      name: 'DDS',
      policy: { name: 'dds', configuration: { quantizer: 208 }, again: { quantizer: 32 } },
      budget,
    },
    {
      name: 'Reducto',
      policy: {
        name: 'reducto',
        ...{ feature: 'pixelFilter', profiledIntervals: 1, targetAccuracy: 0.5 },
        configuration: MODEST,
      },
      budget: FREE,
    },
  ];
  const knobs = ['quantizer'] as const;
  const { records } = await compare({ experiment: { ...EXPERIMENT, knobs }, contenders, grid: null });
  const [profiled, eaar, dds, reducto] = records;
  // Sent once more at the most expensive configuration, which is looked at too, and at each rung of the one knob.
  const first = profiled?.[0];
  expect(first?.extraBytes).toBe(first?.referenceBytes);
  expect(first?.extraInferences).toBe(10 + 14 * 10);
  expect(first?.gpuAccountedMs).toBe((10 + 10 + 14 * 10) * 20);
  // Nothing was seen before a run's first frame, so that all of it is sent in full quality.
  expect(
    eaar?.every(({ keptTilesPercent }) => keptTilesPercent !== undefined && keptTilesPercent < 100),
  ).toBe(true);
  expect(eaar?.every(({ extraBytes, inferences }) => extraBytes === 0 && inferences === 5)).toBe(true);
  // Every second round is one more inference, and its bytes are the packet's.
  for (const { extraBytes = 0, extraInferences = 0, inferences, sentFrames } of dds ?? []) {
    expect(inferences).toBe(sentFrames + extraInferences);
    expect(extraBytes > 0).toBe(extraInferences > 0);
  }
  expect(dds?.some(({ extraInferences }) => (extraInferences ?? 0) > 0)).toBe(true);
  // What is not sent is not looked at.
  expect(reducto?.[0]?.sentFrames).toBe(5);
  expect(reducto?.every(({ inferences, sentFrames }) => inferences === sentFrames)).toBe(true);
});

const listening = (into: IntervalRecord[]): Parameters<typeof startRun>[2] => ({
  ...QUIET_LISTENER,
  onInterval: (record) => into.push(record),
  onError: (message) => expect.unreachable(message),
});
