/** The instrument repeats what the run did, to the last bit, and so finds no change where there is none. */
import { expect, it } from 'vitest';
import { configurationAt, topConfiguration, type Configuration } from '../domain/configuration.ts';
import { DEFAULT_ONEADAPT, PERFECT_LINK } from '../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import { CAPTURE_FPS, ladders } from '../domain/ladders.ts';
import { NO_PINS, type TilePlan } from '../domain/tiles.ts';
import { runInterval, type IntervalPlan, type Road } from './interval.ts';
import { openSensor, openServer } from './lines.ts';
import { createDisplay } from './display.ts';
import { createLink } from './link.ts';
import { createPace, type Pace } from './pace.ts';
import { filmScene, onClip } from './testExperiment.ts';
import { QUIET_LISTENER } from './testListener.ts';
import { alternative, measureFidelity } from './trueChanges.ts';

const ALL_TILES: TilePlan = { grid: '16x9', worth: null, before: null, pins: NO_PINS };

const clips = new Map([['crossing', await filmScene('crossing', 4)]]);

/** Runs a task on a road over a clip of the scene, and takes the road down. */
async function onRoad(
  task: (road: Road) => Promise<void>,
  live: { readonly pace: Pace } | null = null,
): Promise<void> {
  const stop = new AbortController();
  const sensor = await openSensor({ ...onClip('crossing'), clips }, stop.signal);
  const server = await openServer(
    { detector: 'default', backend: 'wasm', remembers: false },
    () => undefined,
    stop.signal,
  );
  try {
    await task({
      sensor: sensor.line,
      server: server.line,
      link: createLink(PERFECT_LINK),
      display: createDisplay(null),
      pace: live?.pace ?? createPace(false, () => undefined),
      live: live !== null,
      knobs: ladders(sensor.info.captureSize, sensor.info.quantizers.vp9 ?? 0),
      threshold: server.info.threshold,
      pictures: true,
      listener: QUIET_LISTENER,
    });
  } finally {
    sensor.line.close();
    server.line.close();
  }
}

const planOf = (index: number, configuration: Configuration): IntervalPlan => ({
  index,
  startSeconds: index,
  configuration,
  active: DEFAULT_KNOBS,
  restart: index === 0,
  utilitySlope: DEFAULT_ONEADAPT.utilitySlope,
  backward: 'always',
  tiles: ALL_TILES,
  seenBefore: null,
  gradients: true,
  gpuCost: { inferenceMs: 1, backwardMs: 1 },
});

it('gives the very detections of the run at the run’s own configuration, after other configurations too', () =>
  onRoad(async (road) => {
    const indices = [
      { quantizer: 3 },
      { quantizer: 6, resolution: 2 },
      { quantizer: 6, frameRate: 1 },
      { quantizer: 6, frameRate: 2, pixelFilter: 2, edgeFilter: 2 },
    ];
    for (const [index, rungs] of indices.entries()) {
      const configuration = configurationAt(road.knobs, rungs);
      const outcome = await runInterval(road, planOf(index, configuration));
      if (!outcome) throw new Error('The scene never ends.');
      const shown = outcome.account.measuredFrames().map(({ detections }) => detections);
      const slope = DEFAULT_ONEADAPT.utilitySlope;
      await alternative(road, topConfiguration(road.knobs), outcome, slope);
      const again = await alternative(road, configuration, outcome, slope);
      expect(again.detections).toEqual(shown);
      expect(again.accuracy).toBe(outcome.account.totals().accuracy);
      expect(again.utilityChange).toBeCloseTo(0, 5);
    }
  }));

it('finds accuracy 1 at the reference, and tells the truth and every estimate for both ways of a step', () =>
  onRoad(async (road) => {
    const plan = planOf(0, configurationAt(road.knobs, { quantizer: 3, resolution: 5, frameRate: 3 }));
    const outcome = await runInterval(road, plan);
    if (!outcome) throw new Error('The scene never ends.');
    const top = await alternative(road, topConfiguration(road.knobs), outcome, plan.utilitySlope);
    expect(top.accuracy).toBe(1);

    const told: number[] = [];
    const fidelity = await measureFidelity(road, plan, outcome, DEFAULT_KNOBS, {
      onStep: (done) => told.push(done),
    });
    if (!fidelity) throw new Error('Nobody called it off.');
    const { steps, accuracy, level } = fidelity;
    expect(told).toEqual([0, 1, 2, 3, 4]);
    expect(accuracy).toBe(outcome.account.totals().accuracy);
    expect(steps.map(({ knob, offset }) => [knob, offset])).toEqual([
      ['quantizer', 1],
      ['resolution', -1],
      ['quantizer', -1],
      ['frameRate', -1],
    ]);
    for (const step of steps) {
      expect(step.accuracyGain).toBeCloseTo(step.offset * (step.accuracy - accuracy), 12);
      for (const name of [
        'calibrated@8',
        'reused@8',
        'distortion@8',
        'distortion@20',
        'signed@20',
        'forwardProbe',
        'profiledProbe',
        'combinedProbe',
      ]) {
        expect(step.estimates[name], name).toEqual(expect.any(Number));
      }
    }
    expect(level.expectedLoss).toBeGreaterThan(0);
    // Ten frames a second were sent, so that the frames of a lower rate are at the server; the others' are not.
    const whole = (inferences: number) => ({ encodes: 10, inferences, bytes: expect.any(Number) as number });
    expect(fidelity.referenceCost).toEqual(whole(3));
    expect(steps.map(({ probeCost }) => probeCost)).toEqual([
      whole(3),
      whole(3),
      whole(3),
      { encodes: 0, inferences: 0, bytes: 0 },
    ]);
    const bytes = steps.map(({ probeCost }) => probeCost?.bytes ?? 0);
    expect(fidelity.referenceCost?.bytes).toBeGreaterThan(bytes[0] ?? 0);
    expect(bytes[0]).toBeGreaterThan(bytes[2] ?? 0);
  }));

/** A live clock on which some captures come too late. */
const missing = (late: readonly number[]): Pace => {
  const pace = createPace(false, () => undefined);
  const isLate = (): boolean => late.includes(Math.round(pace.now() * CAPTURE_FPS) % CAPTURE_FPS);
  return { ...pace, now: () => pace.now() + (isLate() ? 10 : 0) };
};

it('compares only the frames that a live run has captured and measured, each with itself', () =>
  onRoad(
    async (road) => {
      const places = [
        { quantizer: 4, resolution: 3 },
        { quantizer: 4, frameRate: 2 },
      ];
      for (const [index, rungs] of places.entries()) {
        const configuration = configurationAt(road.knobs, rungs);
        const outcome = await runInterval(road, planOf(index, configuration));
        if (!outcome) throw new Error('The scene never ends.');
        const measured = outcome.account.measuredFrames();
        const captured = (await road.sensor.reencode(configuration, 'instrument')).map(
          ({ frameIndex }) => frameIndex,
        );
        expect(captured).toEqual([0, 1, 3, 4, 6, 8, 9]);
        expect(outcome.missedFrames).toBe(3);
        expect(measured.map(({ frameIndex }) => frameIndex).every((frame) => captured.includes(frame))).toBe(
          true,
        );
        const again = await alternative(road, configuration, outcome, DEFAULT_ONEADAPT.utilitySlope);
        expect(again.detections).toEqual(measured.map(({ detections }) => detections));
        expect(again.accuracy).toBe(outcome.account.totals().accuracy);
        const top = await alternative(
          road,
          topConfiguration(road.knobs),
          outcome,
          DEFAULT_ONEADAPT.utilitySlope,
        );
        expect(top.accuracy).toBe(1);
        const fidelity = await measureFidelity(road, planOf(index, configuration), outcome, ['quantizer']);
        expect(fidelity?.steps.map(({ offset }) => offset)).toEqual([1, -1]);
      }
    },
    { pace: missing([2, 5, 7]) },
  ));

it('holds every step against what was found on each frame, whatever the link made of it', () =>
  onRoad(async (road) => {
    const configuration = configurationAt(road.knobs, { quantizer: 6, resolution: 3 });
    const late: Road = {
      ...road,
      link: createLink({ rateKbps: 60, delayMs: 300, deadlineMs: 50 }),
      display: createDisplay(50),
    };
    const plan = planOf(0, configuration);
    const outcome = await runInterval(late, plan);
    if (!outcome) throw new Error('The scene never ends.');
    const fidelity = await measureFidelity(late, plan, outcome, ['quantizer']);
    const again = await alternative(late, configuration, outcome, plan.utilitySlope);
    expect(fidelity?.accuracy).toBe(again.accuracy);
    expect(outcome.account.totals().accuracy).toBeLessThan(again.accuracy - 0.1);
  }));
