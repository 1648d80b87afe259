/** What the sweep's tests share: a small sweep, and finished jobs of it with figures that are made up. */
import type { GridPoint } from '../../src/domain/comparison.ts';
import type { IntervalRecord } from '../../src/domain/interval.ts';
import { jobsOf, type Job } from './jobs.ts';
import { parseSweep, type Sweep } from './parseSweep.ts';
import type { FinishedJob } from './results.ts';

export const WRITTEN = {
  sources: [
    { name: 'crossing', source: { kind: 'scene', preset: 'crossing' } },
    { name: 'street', source: { kind: 'clip', file: 'street.mp4' }, detector: 'nanodet-coco', seconds: 9 },
  ],
  budgets: [{ bandwidthKbps: 200 }, { bandwidthKbps: 400, gpuMsPerSecond: 100 }],
  policies: [{ policy: 'oneadapt' }, { label: 'top', policy: { name: 'static' } }],
  seeds: [1, 2],
  seconds: 5,
  gpuCost: { inferenceMs: 20, backwardMs: 60 },
} as const;

export const testSweep = (): Sweep => parseSweep(WRITTEN);

export const testJobs = (): Job[] => jobsOf(testSweep());

/** A second of a run. */
export const second = (bytes: number, accuracy: number, bandwidthKbps: number | null = null) =>
  ({
    ...{ bytes, accuracy, bandwidthKbps: (bytes * 8) / 1000, referenceBytes: bytes, accuracyTruth: null },
    ...{
      inferences: 12,
      extraInferences: 2,
      extraBytes: 100,
      backwardPasses: 1,
      encodes: 14,
      feedbackBytes: 125,
    },
    ...{ gpuMs: 1, gpuAccountedMs: 300, delayMs: 40, droppedFrames: 0 },
    budget: { bandwidthKbps, gpuMsPerSecond: null },
  }) as unknown as IntervalRecord;

export const gridPoint = (configuration: number, bytes: number, ...accuracies: number[]): GridPoint => ({
  ...{ configuration, bytes, accuracies },
  frames: accuracies.length,
});

/** @param runs seconds of each contender */
export function finished(
  { comparison, source, seed }: Job,
  runs: readonly (readonly IntervalRecord[])[],
  grid: FinishedJob['grid'] = [],
): FinishedJob {
  const places = grid[0]?.length ?? 0;
  return {
    schemaVersion: 1,
    environment: { browser: 'Chromium' },
    ladders: {},
    comparison,
    runs: comparison.contenders.map((contender, place) => ({ contender, intervals: runs[place] ?? [] })),
    configurations: Array.from({ length: places }, (_, place) => ({ quantizer: place })),
    grid,
    sweep: { source, seed, commit: 'abc', inferenceMs: Array.from({ length: places }, () => 20) },
  } as unknown as FinishedJob;
}
