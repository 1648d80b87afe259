/** The instrument repeats what the run did, to the last bit, and so finds no change where there is none. */
import { expect, it } from 'vitest';
import { configurationAt, topConfiguration, type Configuration } from '../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import { ladders } from '../domain/ladders.ts';
import type { RunListener } from './events.ts';
import { runInterval, type IntervalPlan, type Road } from './interval.ts';
import { openSensor, openServer } from './lines.ts';
import { createLink } from './link.ts';
import { createPace } from './pace.ts';
import { alternative, measureFidelity } from './trueChanges.ts';

const quiet: RunListener = {
  onProgress: () => undefined,
  onReady: () => undefined,
  onState: () => undefined,
  onStage: () => undefined,
  onFrame: (view) => view.image?.close(),
  onGradients: () => undefined,
  onInterval: () => undefined,
  onNotice: () => undefined,
  onError: () => undefined,
};

/** Runs a task on a road over the scene, and takes the road down. */
async function onRoad(task: (road: Road) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const sensor = await openSensor(
    { source: { kind: 'scene', preset: 'crossing' }, seed: 7, codec: 'vp9' },
    stop.signal,
  );
  const server = await openServer({ detector: 'default', backend: 'wasm' }, () => undefined, stop.signal);
  try {
    await task({
      sensor: sensor.line,
      server: server.line,
      link: createLink({ rateKbps: null, delayMs: 0 }),
      pace: createPace(false, () => undefined),
      live: false,
      knobs: ladders(sensor.info.captureSize, sensor.info.quantizers.vp9 ?? 0),
      inputSize: server.info.inputSize,
      threshold: server.info.threshold,
      listener: quiet,
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

    const { steps, accuracy, level } = await measureFidelity(road, plan, outcome, DEFAULT_KNOBS);
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
        'reused@8',
        'distortion@8',
        'distortion@20',
        'signed@20',
        'levelled@8',
        'forwardProbe',
      ]) {
        expect(step.estimates[name], name).toEqual(expect.any(Number));
      }
    }
    expect(level.expectedLoss).toBeGreaterThan(0);
  }));
