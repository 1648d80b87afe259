/** What profiling takes, and when its answer is there: the server is busy with it while the stream goes on. */
import { topConfiguration, type Configuration, type Knobs } from '../domain/configuration.ts';
import type { GpuCost } from '../domain/experiment.ts';
import { passCost } from '../domain/gpuCost.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import type { Observation, Profiled } from './policy.ts';

const INTERVAL_MS = 1000 * INTERVAL_SECONDS;
const CAPTURES = CAPTURE_FPS * INTERVAL_SECONDS;

const inferenceMs = (knobs: Knobs, configuration: Configuration, cost: GpuCost): number =>
  passCost(knobs, configuration, cost).inferenceMs;

/** Detector time of an interval at a configuration, milliseconds a second. */
export const gpuMsPerSecond = (knobs: Knobs, { configuration, frames }: Profiled, cost: GpuCost): number =>
  (frames * inferenceMs(knobs, configuration, cost)) / INTERVAL_SECONDS;

/** Detector time of a profiling, milliseconds: each configuration's frames, and all captures at the most expensive one. */
export const profilingMs = (knobs: Knobs, profiled: readonly Profiled[], cost: GpuCost): number =>
  profiled.reduce(
    (ms, one) => ms + gpuMsPerSecond(knobs, one, cost) * INTERVAL_SECONDS,
    CAPTURES * inferenceMs(knobs, topConfiguration(knobs), cost),
  );

/**
 * Intervals by which the answer comes later than every policy's, which is known when its interval ends: none where the
 * profiling is done within an interval, as what other policies compute in that time is free too.
 */
export const lateIntervals = (ms: number): number => Math.max(0, Math.ceil(ms / INTERVAL_MS - 1e-9) - 1);

export interface ProfilingDesk {
  /** Call once an interval. @returns a profiling whose answer is there now, null where there is none */
  answer(observation: Observation): readonly Profiled[] | null;
  /** Is the server still at work on one? Then nothing more should be asked for. */
  isBusy(): boolean;
}

export function createProfilingDesk(knobs: Knobs): ProfilingDesk {
  let pending: { readonly profiled: readonly Profiled[]; readonly intervals: number } | null = null;
  return {
    answer({ profiled, gpuCost }) {
      if (pending) pending = { ...pending, intervals: pending.intervals - 1 };
      else if (profiled.length > 0)
        pending = { profiled, intervals: lateIntervals(profilingMs(knobs, profiled, gpuCost)) };
      if (!pending || pending.intervals > 0) return null;
      const ready = pending.profiled;
      pending = null;
      return ready;
    },
    isBusy: () => pending !== null,
  };
}
