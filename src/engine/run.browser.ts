/** Whole runs with our smallest detector, as the page and the command line start them; on clips of the scene where nobody moves its sliders. */
import { describe, expect, it as oneByOne } from 'vitest';
import { DEFAULT_ONEADAPT, type Experiment } from '../domain/experiment.ts';
import type { IntervalFidelity } from '../domain/fidelity.ts';
import { summarise, type IntervalRecord } from '../domain/interval.ts';
import { DEFAULT_KNOBS, FILTER_KNOBS, isFilterKnob, KNOB_NAMES, type KnobName } from '../domain/knob.ts';
import { isServerKnob } from '../domain/serverKnobs.ts';
import type { GradientView, Measuring, RunControl, RunListener } from './events.ts';
import { startRun } from './run.ts';
import { QUIET_LISTENER } from './testListener.ts';
import { filmScene, onClip, TEST_EXPERIMENT as ON_SCENE } from './testExperiment.ts';

/** Two at a time (vite.config.ts): a run's workers take turns, so that one run leaves a core idle. */
const it = oneByOne.concurrent;

const EXPERIMENT = onClip('crossing');
const ON_QUIET_STREET = onClip('quiet');
/** The content jumps after two seconds, so that no prediction holds. */
const ON_RUSH = onClip('rush');

const clips = new Map([
  ['crossing', await filmScene('crossing', 8)],
  ['quiet', await filmScene('crossing', 4, { 0: { density: 0.1, speed: 0.2 } })],
  ['rush', await filmScene('crossing', 6, { 2: { density: 1, rain: 1, speed: 1 } })],
]);

interface Finished {
  readonly records: readonly IntervalRecord[];
  readonly gradients: readonly GradientView[];
  readonly errors: readonly string[];
  readonly measurings: readonly (Measuring | null)[];
  readonly found: ReadonlyMap<number, IntervalFidelity>;
}

async function run(
  experiment: Experiment,
  onInterval: (record: IntervalRecord, control: RunControl) => unknown = () => undefined,
  onFidelity: (control: RunControl) => unknown = () => undefined,
): Promise<Finished> {
  const records: IntervalRecord[] = [];
  const gradients: GradientView[] = [];
  const errors: string[] = [];
  const measurings: (Measuring | null)[] = [];
  const found = new Map<number, IntervalFidelity>();
  const listener: RunListener = {
    ...QUIET_LISTENER,
    onGradients: (view) => gradients.push(view),
    onInterval: (record) => {
      records.push(record);
      void onInterval(record, control);
    },
    onMeasuring: (measuring) => measurings.push(measuring),
    onFidelity: (index, fidelity) => {
      found.set(index, fidelity);
      void onFidelity(control);
    },
    onError: (message) => errors.push(message),
  };
  const control = startRun(experiment, { clips }, listener);
  await control.finished;
  return { records, gradients, errors, measurings, found };
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
      expect(Math.max(...(view.knobs[name]?.maps?.inputGrad.values ?? []))).toBeGreaterThan(0);
  }
  for (const { gradients: found, encodes, sentFrames } of records) {
    expect(Object.keys(found).sort()).toEqual([...DEFAULT_KNOBS].sort());
    expect(encodes).toBe(sentFrames + 1 + DEFAULT_KNOBS.length);
  }
});

it('uses a DNNGrad again while the content holds, and takes a fresh one every interval where asked', async () => {
  const budget = { bandwidthKbps: 500, gpuMsPerSecond: null };
  const gpuCost = { inferenceMs: 20, backwardMs: 46 };
  const once = { ...EXPERIMENT, budget, gpuCost, seconds: 3 };
  const reused = await run(once);
  expect(reused.records.map(({ backwardPasses }) => backwardPasses)).toEqual([1, 0, 0]);
  expect(reused.gradients.map(({ dnnGradAge }) => dnnGradAge)).toEqual([0, 1, 2]);
  expect(reused.gradients[2]?.dnnGrad).toEqual(reused.gradients[0]?.dnnGrad);
  for (const { gradients } of reused.records) expect(gradients.quantizer?.accGrad).not.toBe(0);

  const policy = { name: 'oneadapt' as const, ...DEFAULT_ONEADAPT, backwardShare: null };
  const fresh = await run({ ...once, policy });
  expect(fresh.records.map(({ backwardPasses }) => backwardPasses)).toEqual([1, 1, 1]);
  expect(fresh.gradients[2]?.dnnGrad).not.toEqual(fresh.gradients[0]?.dnnGrad);
});

it('takes a fresh DNNGrad as soon as the content is another', async () => {
  const night = { interval: 1, moment: 'during' as const, content: { light: 0 } };
  const gpuCost = { inferenceMs: 20, backwardMs: 46 };
  const { records } = await run({ ...ON_SCENE, gpuCost, seconds: 4, edits: [night] });
  expect(records.map(({ backwardPasses }) => backwardPasses)).toEqual([1, 0, 1, 0]);
});

it('with zero lag never breaks a token bucket, repeats, and charges what it encodes and how long frames wait', async () => {
  const policy = { name: 'oneadapt' as const, ...DEFAULT_ONEADAPT, lag: 'zero' as const };
  const budget = { bandwidthKbps: 200, gpuMsPerSecond: null };
  const experiment = { ...ON_RUSH, policy, budget, seconds: 6 };
  const [once, again] = [await run(experiment), await run(experiment)];
  expect([once.errors, again.errors]).toEqual([[], []]);
  expect(without(again)).toEqual(without(once));
  const summary = summarise(once.records);
  expect(summary.bucketViolations).toBe(0);
  expect(summary.bandwidthKbps).toBeGreaterThan(120);
  for (const { delayMs, encodes, sentFrames, inferences } of once.records) {
    expect(inferences).toBe(sentFrames);
    expect(delayMs).toBeGreaterThan(500);
    expect(encodes).toBeGreaterThanOrEqual(sentFrames + probesOf(DEFAULT_KNOBS));
  }
  expect(once.records.some(({ encodes, sentFrames }) => encodes >= 2 * sentFrames)).toBe(true);
});

const NO_FILTER = { pixelFilter: 0, areaFilter: 0, edgeFilter: 0 };

/** But for the clock's time. */
const without = ({ records }: Finished): unknown => records.map((record) => ({ ...record, gpuMs: 0 }));

/**
 * Encoded for the gradients: the present configuration and the neighbours, but of the key frames and the server's knobs; a filter's only
 * where another frame would be shown last.
 */
const probesOf = (knobs: readonly KnobName[]): number =>
  1 +
  knobs.filter((name) => name !== 'keyFrameInterval' && !isFilterKnob(name) && !isServerKnob(name)).length;

/** At most: one frame with all tiles given up, with none, and at another quantizer. */
const TILE_ENCODES = 3;

/** Encodes of a frame: two where some tiles are kept and others given up, unless the quantizer is coarse already. */
const passesOf = ({ keptTilesPercent = 100, configuration: { quantizer } }: IntervalRecord): number =>
  keptTilesPercent > 0 && keptTilesPercent < 100 && quantizer <= 144 ? 2 : 1;

it.each(KNOB_NAMES.filter((name) => !isFilterKnob(name) && !isServerKnob(name)))(
  'tunes %s alone: its gradient and heat map are there, and nothing else moves',
  async (name) => {
    const budget = { bandwidthKbps: 150, gpuMsPerSecond: null };
    const { records, gradients, errors } = await run({ ...EXPERIMENT, budget, knobs: [name], seconds: 2 });
    expect(errors).toEqual([]);
    expect(records).toHaveLength(2);
    for (const view of gradients) expect(Object.keys(view.knobs)).toEqual([name]);
    for (const record of records) {
      const { gradients: found, encodes, sentFrames, configuration, index } = record;
      expect(Object.keys(found)).toEqual([name]);
      // In the first second nothing is known of the tiles, and all keep full quality whatever their share.
      const knowsNothing = name === 'tiles' && index === 0;
      expect(found[name]?.flat).toBe(name === 'keyFrameInterval' || knowsNothing);
      expect(found[name]?.bandwidthGrad).not.toBe(0);
      const probes = encodes - sentFrames * passesOf(record);
      expect(probes).toBeGreaterThanOrEqual(probesOf([name]));
      // A probe is a frame too, and a neighbour may give tiles up where the present configuration does not.
      expect(probes).toBeLessThanOrEqual(
        name === 'tiles' ? 2 * probesOf([name]) + TILE_ENCODES : probesOf([name]),
      );
      const others = { resolution: '640x384', quantizer: 32, frameRate: 10, keyFrameInterval: 1 };
      const rest = {
        ...{ ...others, codec: 'vp9', colour: 'colour', tiles: 100 },
        ...NO_FILTER,
        enhancement: 'off',
      };
      expect(configuration).toMatchObject({ ...rest, [name]: configuration[name] });
    }
  },
);

it('repeats with all knobs, plans with the mean over the key frames and keeps its budget by it', async () => {
  const budget = { bandwidthKbps: 250, gpuMsPerSecond: null };
  // Of two members, so that there is one to choose.
  const experiment = { ...EXPERIMENT, detector: 'street-small', budget, knobs: KNOB_NAMES, seconds: 8 };
  const [once, again] = [await run(experiment), await run({ ...experiment, seconds: 4 })];
  expect([once.errors, again.errors]).toEqual([[], []]);
  expect(again.records).toHaveLength(4);
  expect(without(again)).toEqual(without({ ...once, records: once.records.slice(0, 4) }));
  for (const record of once.records) {
    expect(Object.keys(record.gradients).sort()).toEqual([...KNOB_NAMES].sort());
    const probes = record.encodes - record.sentFrames * passesOf(record);
    const most = probesOf(KNOB_NAMES) + FILTER_KNOBS.length;
    expect(probes).toBeGreaterThan(probesOf(KNOB_NAMES));
    expect(probes).toBeLessThanOrEqual(
      (record.gradients.tiles?.flat === false ? 2 : 1) * most + TILE_ENCODES,
    );
  }
  const rare = once.records.filter(({ configuration }) => configuration.keyFrameInterval > 1);
  expect(rare.length).toBeGreaterThan(0);
  expect(rare.some(({ plannedKbps, bandwidthKbps }) => plannedKbps > bandwidthKbps)).toBe(true);
  const settled = once.records.slice(4);
  expect(settled.reduce((sum, record) => sum + record.bandwidthKbps, 0) / settled.length).toBeLessThan(262.5);
});

it.each(FILTER_KNOBS)(
  'tunes %s alone: frames and inferences fall until the GPU budget holds, and its gradient and heat map are there',
  async (name) => {
    // Room for 8 inferences, or 5 and a backward pass.
    const budget = { bandwidthKbps: null, gpuMsPerSecond: 160 };
    const experiment = { ...ON_QUIET_STREET, budget, knobs: [name], seconds: 4 };
    const { records, gradients, errors } = await run(experiment);
    expect(errors).toEqual([]);
    for (const view of gradients) expect(Object.keys(view.knobs)).toEqual([name]);
    for (const record of records) {
      expect(Object.keys(record.gradients)).toEqual([name]);
      expect(record.inferences).toBe(record.sentFrames);
      expect(record.measuredFrames).toBe(10);
      const rest = { resolution: '640x384', quantizer: 32, frameRate: 10, keyFrameInterval: 1 };
      const others = { ...rest, codec: 'vp9', colour: 'colour', ...NO_FILTER };
      expect(record.configuration).toMatchObject({ ...others, [name]: record.configuration[name] });
    }
    const [first, ...later] = records;
    expect(first?.sentFrames).toBe(10);
    // Where the next threshold would not have sent the very same frames.
    const found = records.flatMap((record) => record.gradients[name] ?? []).filter(({ flat }) => !flat);
    expect(found.length).toBeGreaterThan(0);
    for (const { accGrad, gpuGrad, bandwidthGrad } of found)
      expect(Math.min(accGrad, gpuGrad, bandwidthGrad)).toBeGreaterThan(0);
    const maps = gradients.flatMap((view) => [...(view.knobs[name]?.maps?.inputGrad.values ?? [])]);
    expect(maps.some((value) => value > 0)).toBe(true);
    for (const record of later) expect(record.configuration[name]).toBeGreaterThan(0);
    const mean = (of: (record: IntervalRecord) => number): number =>
      later.reduce((sum, record) => sum + of(record), 0) / later.length;
    expect(mean((record) => record.gpuAccountedMs)).toBeLessThanOrEqual(160);
    expect(mean((record) => record.inferences)).toBeLessThanOrEqual(8);
    for (const record of later) expect(record.bytes).toBeLessThan(record.referenceBytes);
  },
);

it('drops the same frames again, charges nothing for them, and shows their detections on', async () => {
  const configuration = { pixelFilter: 0.5 };
  const policy = { name: 'static', configuration } as const;
  const experiment = { ...ON_QUIET_STREET, policy, knobs: ['pixelFilter'] as const, seconds: 3 };
  const [once, again] = [await run(experiment), await run(experiment)];
  expect(once.errors).toEqual([]);
  expect(without(again)).toEqual(without(once));
  for (const { sentFrames, inferences, frames, encodes, measuredFrames } of once.records) {
    expect(sentFrames).toBeLessThan(frames);
    expect([inferences, encodes, measuredFrames]).toEqual([sentFrames, sentFrames, 10]);
  }
});

it('changes the codec in the middle of a run, by hand or by plan alike', async () => {
  const policy = { name: 'static', configuration: { quantizer: 96, keyFrameInterval: 10 } } as const;
  const byHand = await run({ ...EXPERIMENT, policy, knobs: ['codec'] }, ({ index }, control) => {
    if (index === 0) control.setConfiguration({ codec: 'av1' });
  });
  expect(byHand.errors).toEqual([]);
  expect(byHand.records.map((record) => record.configuration.codec)).toEqual(['vp9', 'av1', 'av1']);
  // The reference has a key frame every second, so a second without one takes a smaller share of it.
  const [, changed = 0, goesOn = 0] = byHand.records.map((record) => record.bytes / record.referenceBytes);
  expect(goesOn).toBeLessThan(changed);
  for (const { accuracy } of byHand.records) expect(accuracy).toBeGreaterThan(0.7);
  const edits = [{ interval: 1, moment: 'before', configuration: { codec: 'av1' } }] as const;
  const planned = await run({ ...EXPERIMENT, policy, knobs: ['codec'], edits });
  expect(planned.records.map((record) => record.bytes)).toEqual(byHand.records.map((record) => record.bytes));
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
  const seconds = 4;
  const byHand = await run({ ...ON_SCENE, seconds }, ({ index }, control) => {
    if (index === 0) {
      control.setBudget({ bandwidthKbps: 300, gpuMsPerSecond: null });
      control.setSceneContent({ density: 0.2 });
    }
    if (index === 1) control.setPolicy({ name: 'static', configuration: {} }, DEFAULT_KNOBS);
    if (index === 2) control.setConfiguration({ resolution: '320x192', quantizer: 96, frameRate: 5 });
  });
  const edits = byHand.records.flatMap((record) =>
    record.edits.map((edit) => ({ ...edit, interval: record.index })),
  );
  expect(edits).toHaveLength(3);
  const planned = await run({ ...ON_SCENE, seconds, edits });
  expect(planned.errors).toEqual([]);
  expect(planned.records.map((record) => ({ ...record, gpuMs: 0 }))).toEqual(
    byHand.records.map((record) => ({ ...record, gpuMs: 0 })),
  );
});

it('is the same run with the truth measured and without, and charges nothing for it', async () => {
  const budget = { bandwidthKbps: 300, gpuMsPerSecond: null };
  const experiment = {
    ...EXPERIMENT,
    budget,
    knobs: ['resolution', 'quantizer', 'keyFrameInterval'],
  } as const;
  const without = await run(experiment);
  const measured = await run(experiment, ({ index }, control) => {
    if (index === 0) control.setTruth(true);
    if (index === 2) control.setTruth(false);
  });
  expect([without.errors, measured.errors]).toEqual([[], []]);
  const clockless = ({ records }: Finished): unknown => records.map((record) => ({ ...record, gpuMs: 0 }));
  expect(clockless(measured)).toEqual(clockless(without));
  expect([...measured.found.keys()]).toEqual([0, 1]);
  for (const [index, { accuracy, steps }] of measured.found) {
    expect(accuracy).toBe(measured.records[index]?.accuracy);
    expect(steps.length).toBeGreaterThanOrEqual(3);
  }
  expect(measured.measurings.at(-1)).toBeNull();
  expect(without.measurings).toEqual([]);
});

it('measures at once where the run is paused between two intervals', async () => {
  const experiment = { ...EXPERIMENT, knobs: ['quantizer'], seconds: 30 } as const;
  const onceStepped = (_: IntervalRecord, control: RunControl): void => {
    control.step();
    setTimeout(() => control.setTruth(true), 500);
  };
  const { found, records } = await run(experiment, onceStepped, (control) => control.stop());
  expect(records).toHaveLength(1);
  expect([...found.keys()]).toEqual([0]);
});

describe('tiles', () => {
  const at = (tiles: number): Experiment => ({
    ...EXPERIMENT,
    policy: { name: 'static', configuration: { quantizer: 128, tiles } },
    knobs: [],
  });

  it('save bytes from the second second on, are charged for, and repeat', async () => {
    const [plain, once, again] = [await run(at(100)), await run(at(10)), await run(at(10))];
    expect([plain.errors, once.errors, again.errors]).toEqual([[], [], []]);
    expect(without(again)).toEqual(without(once));
    const bytes = ({ records }: Finished): number[] => records.map((record) => record.bytes);
    const [[first = 0, ...later], [plainFirst = 0, ...plainLater]] = [bytes(once), bytes(plain)];
    expect(first).toBe(plainFirst);
    later.forEach((sent, i) => expect(sent).toBeLessThan(plainLater[i] ?? 0));
    expect(plain.records.every((record) => record.keptTilesPercent === 100)).toBe(true);
    expect(once.records.map((record) => record.keptTilesPercent)).toEqual([100, 10, 10]);
    for (const [i, record] of once.records.entries()) {
      expect(record.accuracy).toBeGreaterThan((plain.records[i]?.accuracy ?? 0) - 0.15);
      expect(record.backwardPasses).toBe(1);
      expect(record.feedbackBytes).toBeGreaterThan(0);
      expect(record.encodes).toBeGreaterThan(record.sentFrames);
    }
    for (const record of plain.records) {
      expect([record.backwardPasses, record.feedbackBytes]).toEqual([0, 0]);
      expect(record.encodes).toBe(record.sentFrames);
    }
    expect(once.gradients.every(({ tiles }) => tiles?.values.values.length === 40)).toBe(true);
    expect(plain.gradients.every(({ tiles }) => tiles === null)).toBe(true);
  });

  it('are pinned by hand or by plan alike', async () => {
    const tilePins = { full: [], low: Array.from({ length: 40 }, (_, tile) => tile) };
    const byHand = await run(at(100), ({ index }, control) => {
      if (index === 0) control.setTilePins(tilePins);
    });
    expect(byHand.errors).toEqual([]);
    const [before = 0, after = 0] = byHand.records.map((record) => record.bytes);
    expect(after).toBeLessThan(0.8 * before);
    const edits = byHand.records.flatMap(({ index, edits: changed }) =>
      changed.map((edit) => ({ interval: index, ...edit })),
    );
    expect(edits).toEqual([{ interval: 1, moment: 'before', tilePins }]);
    const planned = await run({ ...at(100), edits });
    expect(planned.records.map((record) => record.bytes)).toEqual(
      byHand.records.map((record) => record.bytes),
    );
    const fromStart = await run({ ...at(100), tilePins });
    expect(fromStart.records[1]?.bytes).toBe(after);
  });
});
