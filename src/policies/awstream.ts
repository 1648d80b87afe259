/**
 * AWStream (Zhang et al., SIGCOMM 2018): a profile says which configurations are worth running, and the queue in front of
 * the network says which of them fits.
 *
 * Rule: the profile is the Pareto set of configurations by bandwidth and accuracy, sorted by bandwidth. Once an interval the
 * queue is either empty (it holds at most 0.1 s) or congested, and a state machine answers:
 *
 *     Startup  empty → one configuration up, at the top Steady     congested → Degrade
 *     Degrade  empty → Steady                                      congested → Degrade
 *     Steady   empty → Probe, at the top Steady                    congested → Degrade
 *     Probe    empty → Steady, one configuration up                congested → Steady
 *
 * To degrade is to take the largest configuration whose bandwidth is below 0.9 of the rate at which the queue was
 * emptied. States, signals and the bound of 0.1 s are those of the authors' code (runtime/src/adaptation.rs, controller.rs).
 *
 * Charged: every profiling's bytes and encodes at the most expensive configuration and its inferences at every configuration
 * of the grid. The authors profile before the run, on a video of the same camera, and count nothing for it; here there is no such phase, so the
 * first interval's frames are profiled, charged, and the answer comes late by the time that takes. With `refreshIntervals` the
 * profile is made anew in the same way.
 *
 * Departures:
 * - a budget is no link: the policy keeps the queue that would stand before a link of the budget's rate. Without a budget it is
 *   always empty;
 * - a probe sends the next configuration itself for an interval, where the authors send dummy data in growing amounts. If it
 *   congests the queue, the former configuration comes back;
 * - the profile is of other frames: if the queue goes on growing while degraded the next lower configuration is taken, and none
 *   higher before the queue is empty;
 * - the profile is of a coarse grid (at most 32 configurations, rungs spread evenly over the ladders of as many active knobs as
 *   that allows), where the authors try all;
 * - profiling does not fill the queue, since the authors send it behind everything else; its bytes are charged all the same;
 * - detector time is not looked at, as in the paper.
 */
import { spread } from '../domain/comparison.ts';
import {
  configurationAt,
  indicesOf,
  topConfiguration,
  type Configuration,
  type Knobs,
} from '../domain/configuration.ts';
import type { AwStreamOptions } from '../domain/experiment.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { KnobName } from '../domain/knob.ts';
import type { Policy, PolicyContext, Profiled } from './policy.ts';
import { createProfilingDesk } from './profiling.ts';
import { decisionAt, UNGRADED } from './ungraded.ts';

/** Configurations that are profiled at most. */
const LARGEST_GRID = 32;
/** A queue that holds more than this is congested. */
const CONGESTED_SECONDS = 0.1;
/** What is left to a queue to drain, as a share of the rate. */
const DEGRADED_SHARE = 0.9;

type State = 'startup' | 'degrade' | 'steady' | 'probe';

/**
 * Rungs are given out one by one to each knob in turn, as long as the grid stays within {@link LARGEST_GRID}; a knob for which
 * two are too many stays where it is.
 */
export function profileGrid(
  knobs: Knobs,
  active: readonly KnobName[],
  around: Configuration,
): readonly Configuration[] {
  const counts = new Map(active.map((name) => [name, 1]));
  const size = (): number => [...counts.values()].reduce((product, count) => product * count, 1);
  for (let grew = true; grew;) {
    grew = false;
    for (const [name, count] of counts) {
      if (count >= knobs[name].values.length || (size() / count) * (count + 1) > LARGEST_GRID) continue;
      counts.set(name, count + 1);
      grew = true;
    }
  }
  let grid = [indicesOf(knobs, around)];
  for (const [name, count] of counts) {
    if (count < 2) continue;
    grid = grid.flatMap((at) =>
      spread(knobs[name].values.length, count).map((index) => ({ ...at, [name]: index })),
    );
  }
  return grid.map((indices) => configurationAt(knobs, indices));
}

/** Those that no cheaper one equals in accuracy, cheap to expensive. */
function paretoSet(profiled: readonly Profiled[]): readonly Profiled[] {
  let best = -Infinity;
  return [...profiled]
    .sort((a, b) => a.bandwidthKbps - b.bandwidthKbps || b.accuracy - a.accuracy)
    .filter(({ accuracy }) => {
      if (accuracy <= best) return false;
      best = accuracy;
      return true;
    });
}

export function createAwStream({ refreshIntervals }: AwStreamOptions, context: PolicyContext): Policy {
  const { knobs } = context;
  const active = context.active.filter((name) => knobs[name].values.length > 1);
  const desk = createProfilingDesk(knobs);
  const given = context.start?.configuration ?? topConfiguration(knobs);
  const grid = profileGrid(knobs, active, given);
  let profile: readonly Profiled[] = [];
  let level = 0;
  let state: State = 'startup';
  /** Before the imagined link. */
  let queuedKbits = 0;
  let sinceProfile = 0;

  /** The largest level below a rate; the lowest where there is none. */
  const levelBelow = (kbps: number): number =>
    Math.max(
      0,
      profile.findLastIndex(({ bandwidthKbps }) => bandwidthKbps < kbps),
    );
  const configuration = (): Configuration => profile[level]?.configuration ?? grid[0] ?? given;

  const transit = (isCongested: boolean, isGrowing: boolean, rateKbps: number): void => {
    const isTop = level >= profile.length - 1;
    if (isCongested) {
      if (state === 'probe') {
        level = Math.max(0, level - 1);
        state = 'steady';
        return;
      }
      const fitting = levelBelow(DEGRADED_SHARE * rateKbps);
      level = state === 'degrade' ? Math.max(0, Math.min(fitting, isGrowing ? level - 1 : level)) : fitting;
      state = 'degrade';
      return;
    }
    switch (state) {
      case 'startup':
        if (isTop) state = 'steady';
        else level += 1;
        return;
      case 'degrade':
        state = 'steady';
        return;
      case 'steady':
        if (isTop) return;
        state = 'probe';
        level += 1;
        return;
      case 'probe':
        state = 'steady';
        return;
    }
  };

  return {
    ...UNGRADED,
    first: () => decisionAt(knobs, configuration(), active.length === 0 ? [] : grid),
    next(observation) {
      const { bandwidthKbps, budget } = observation;
      const before = queuedKbits;
      const rateKbps = budget.bandwidthKbps ?? Infinity;
      queuedKbits = Math.max(0, before + (bandwidthKbps - rateKbps) * INTERVAL_SECONDS);
      if (profile.length > 0)
        transit(queuedKbits / rateKbps > CONGESTED_SECONDS, queuedKbits > before, rateKbps);
      const answer = desk.answer(observation);
      if (answer) {
        const runs = profile[level];
        profile = paretoSet(answer);
        if (runs) level = levelBelow(runs.bandwidthKbps * (1 + 1e-9));
      }
      sinceProfile += 1;
      if (
        desk.isBusy() ||
        refreshIntervals === null ||
        sinceProfile < refreshIntervals ||
        active.length === 0
      )
        return decisionAt(knobs, configuration());
      sinceProfile = 0;
      return decisionAt(knobs, configuration(), grid);
    },
  };
}
