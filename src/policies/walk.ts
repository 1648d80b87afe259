/**
 * No policy that anybody would run: it visits configurations all over the ladders, one an interval, whatever the
 * intervals show. What the estimators say is held against the truth on such a walk, so that no policy chooses the places.
 *
 * Two knobs move at a time, every pair in turn, and the others stand at their most expensive values: with all of them
 * low at once hardly anything is detected, and a step changes accuracy by chance alone. Each knob goes through a shuffled
 * copy of its ladder, then through another one, so that every rung is visited about as often as the others (a Latin
 * hypercube sample, McKay et al., Technometrics 1979).
 *
 * It is charged for gradients as the default policy would be, so that a fidelity has its cost beside it.
 */
import { ZERO_PRICES } from '../domain/budget.ts';
import { configurationAt, positionsOf } from '../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import { KNOB_NAMES, type KnobName } from '../domain/knob.ts';
import { createBackwardSchedule } from './oneadapt/backwardSchedule.ts';
import type { Decision, Policy, PolicyContext } from './policy.ts';

/** @param seed the same seed walks the same way */
export function createWalk(seed: number, { knobs, active }: PolicyContext): Policy {
  const walks = active.map((name) => {
    const random = seeded(seed, KNOB_NAMES.indexOf(name));
    const rungs = knobs[name].values.length;
    let round: number[] = [];
    const next = (): number => {
      if (round.length === 0) round = shuffled(rungs, random);
      return round.pop() ?? 0;
    };
    return [name, next] as const;
  });
  const pairs =
    walks.length < 3
      ? [walks]
      : walks.flatMap((first, i) => walks.slice(i + 1).map((second) => [first, second]));
  let count = 0;
  const schedule = createBackwardSchedule(DEFAULT_ONEADAPT.backwardShare);
  const step = (): Decision => {
    const moving = pairs[count % pairs.length] ?? [];
    count += 1;
    const indices: Partial<Record<KnobName, number>> = Object.fromEntries(
      moving.map(([name, next]) => [name, next()]),
    );
    const configuration = configurationAt(knobs, indices);
    return {
      configuration,
      positions: positionsOf(knobs, configuration),
      prices: ZERO_PRICES,
      steering: {},
      backward: schedule.next(),
    };
  };
  return {
    estimator: DEFAULT_ONEADAPT.estimator,
    utilitySlope: DEFAULT_ONEADAPT.utilitySlope,
    usesGradients: true,
    first: step,
    next({ inferences, backwardPasses, gpuCost }) {
      schedule.ran(inferences, backwardPasses, gpuCost);
      return step();
    },
  };
}

/** Fisher and Yates: 0 … count − 1 in random order. */
function shuffled(count: number, random: () => number): number[] {
  const list = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [list[last], list[other]] = [list[other] ?? 0, list[last] ?? 0];
  }
  return list;
}

/** Uniform in [0, 1): mulberry32 (Tommy Ettinger, public domain). */
function seeded(seed: number, stream: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
