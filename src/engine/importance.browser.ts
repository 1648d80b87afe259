/** AccMPEG's net in the sensor's own worker, on the scene that it was trained for. */
import { expect, it } from 'vitest';
import { topConfiguration } from '../domain/configuration.ts';
import { DEFAULT_ACCMPEG, type Experiment } from '../domain/experiment.ts';
import type { IntervalRecord } from '../domain/interval.ts';
import { ladders } from '../domain/ladders.ts';
import { NO_PINS } from '../domain/tiles.ts';
import { tilesUnder } from '../policies/boxTiles.ts';
import type { Clips } from '../sources/recorded.ts';
import { openSensor } from './lines.ts';
import { startRun } from './run.ts';
import { QUIET_LISTENER } from './testListener.ts';
import { filmScene, onClip, TEST_EXPERIMENT } from './testExperiment.ts';

const GRID = '16x9';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

it('finds the tiles with road users more important than the empty road', async () => {
  const stop = new AbortController();
  const { source, seed, codec } = TEST_EXPERIMENT;
  const { line, info } = await openSensor({ source, seed, codec }, stop.signal);
  try {
    const configuration = topConfiguration(ladders(info.captureSize, info.quantizers.vp9 ?? 0));
    const request = { configuration, top: configuration, send: false, restart: true };
    const tiles = { grid: GRID, worth: null, before: null, pins: NO_PINS } as const;
    const capture = await line.capture({ ...request, seconds: 0, index: 0, tiles });
    const importance = await line.importance(GRID);
    // The next capture is not what it is asked about.
    await line.capture({ ...request, seconds: 0.5, index: 5, tiles });
    expect(await line.importance(GRID)).toEqual(importance);

    const boxes = (capture?.truth ?? []).filter(({ height }) => height > 18 / 384);
    const occupied = tilesUnder(GRID, boxes, () => 0);
    const on = importance.filter((_, tile) => occupied[tile]);
    const off = importance.filter((_, tile) => !occupied[tile]);
    expect(Math.min(on.length, off.length)).toBeGreaterThan(10);
    const pairs = on.flatMap((a) => off.map((b) => (a > b ? 1 : 0)));
    expect(mean(pairs)).toBeGreaterThan(0.7);
  } finally {
    line.close();
  }
});

it('decides what AccMPEG sends: the higher the bound, the fewer bytes, and all tiles at none', async () => {
  const clips = new Map([['crossing', await filmScene('crossing', 1)]]);
  const bytesAt = async (bound: number): Promise<number> => {
    const policy = { name: 'accmpeg', bound, configuration: {} } as const;
    const [record] = await runOf({ ...onClip('crossing'), seconds: 1, policy }, clips);
    const { encodes, backwardPasses, keptTilesPercent = 100 } = record ?? {};
    const passes = keptTilesPercent > 0 && keptTilesPercent < 100 ? 2 : 1;
    expect([encodes, backwardPasses]).toEqual([10 * passes, 0]);
    return record?.bytes ?? 0;
  };
  const [all, some, none] = [await bytesAt(0), await bytesAt(DEFAULT_ACCMPEG.bound), await bytesAt(1)];
  expect(some).toBeLessThan(all);
  expect(none).toBeLessThan(some);
});

async function runOf(experiment: Experiment, clips: Clips): Promise<IntervalRecord[]> {
  const records: IntervalRecord[] = [];
  const control = startRun(
    experiment,
    { clips },
    {
      ...QUIET_LISTENER,
      onInterval: (record) => records.push(record),
      onError: (message) => expect.unreachable(message),
    },
  );
  control.play();
  await control.finished;
  return records;
}
