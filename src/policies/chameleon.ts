/**
 * Chameleon (Jiang et al., SIGCOMM 2018): profile configurations on the video itself against the most expensive one, but not
 * all of them and not all the time. Knobs are taken to act independently of each other, so each is profiled alone with the
 * others fixed, which is linear in the knobs and not exponential; and what was good stays good for a while, so that in
 * between only the best few are profiled again.
 *
 * Rule:
 * 1. A window begins by profiling every rung of every active knob, one knob at a time, around the present configuration.
 * 2. Of combinations, accuracies are taken to add up and bytes and detector time to multiply. From each knob's most accurate
 *    rung, a greedy descent takes at each step the change of one knob that saves most for the accuracy it loses.
 * 3. Of its configurations the top k are kept: the cheapest that reach the target, or where there is none the most accurate
 *    that fit the budgets. The first runs.
 * 4. In the window's other intervals these k are profiled again, and the best of them by that measurement runs.
 *
 * Charged: for every profiling the interval's bytes and encodes at the most expensive configuration, on top of what is sent
 * anyway; its inferences there and at every configuration that is profiled. On n rungs of m knobs that is about n − m + 1
 * times the inferences of an interval: with the lab's default knobs, 22 configurations. Its answer comes late by the time
 * that takes; until then the old configuration runs, and nothing else is profiled.
 *
 * Departures: in the paper video lies at the server in full quality, so profiling takes no bytes, and resources are
 * computation; here it is the bandwidth first, and probe traffic is charged on top of what the choice is made by. One
 * camera has no neighbours to share profiles with. The paper searches a knob with those before it at their best, one after
 * the other; here a profiling is asked for at once, so all knobs are varied around one configuration and combined as in
 * step 2. It starts in the middle of the ladders, as OneAdapt does.
 */
import type { Budget } from '../domain/budget.ts';
import { configurationAt, indicesOf, type Configuration, type Knobs } from '../domain/configuration.ts';
import type { ChameleonOptions, GpuCost } from '../domain/experiment.ts';
import type { KnobName } from '../domain/knob.ts';
import type { Policy, PolicyContext, Profiled } from './policy.ts';
import { createProfilingDesk, gpuMsPerSecond } from './profiling.ts';
import { decisionAt, middleConfiguration, UNGRADED } from './ungraded.ts';

/** What is known or expected of a configuration. */
interface Rated {
  readonly configuration: Configuration;
  readonly accuracy: number;
  readonly bandwidthKbps: number;
  readonly gpuMsPerSecond: number;
}

/** What a knob's rung does, against the configuration around which it was profiled. */
interface Effect {
  readonly index: number;
  readonly accuracyGain: number;
  /** ln of the factor. */
  readonly logBandwidth: number;
  readonly logGpu: number;
}

interface Ladder {
  readonly name: KnobName;
  readonly effects: readonly Effect[];
}

const RESOURCES = ['bandwidthKbps', 'gpuMsPerSecond'] as const;

/** By how much the budgets are exceeded, as a factor; up to 1 where none is. */
const loadOf = (rated: Rated, budget: Budget): number =>
  Math.max(0, ...RESOURCES.map((resource) => rated[resource] / (budget[resource] ?? Infinity)));

/** The best first: see step 3. What does not do is behind what does, the nearest to doing first. */
function ranked(list: readonly Rated[], target: number | null, budget: Budget): readonly Rated[] {
  const does = (rated: Rated): boolean =>
    target === null ? loadOf(rated, budget) <= 1 : rated.accuracy >= target;
  const cheaperFirst = (a: Rated, b: Rated): number =>
    a.bandwidthKbps - b.bandwidthKbps || a.gpuMsPerSecond - b.gpuMsPerSecond;
  const betterFirst = (a: Rated, b: Rated): number => b.accuracy - a.accuracy || cheaperFirst(a, b);
  const [among, behind] =
    target === null
      ? [betterFirst, (a: Rated, b: Rated) => loadOf(a, budget) - loadOf(b, budget) || betterFirst(a, b)]
      : [(a: Rated, b: Rated) => cheaperFirst(a, b) || b.accuracy - a.accuracy, betterFirst];
  return [...list.filter(does).sort(among), ...list.filter((rated) => !does(rated)).sort(behind)];
}

/** The present configuration, and every other rung of each knob with the others fixed. */
function oneAtATime(knobs: Knobs, active: readonly KnobName[], present: Configuration): Configuration[] {
  const indices = indicesOf(knobs, present);
  const others = active.flatMap((name) =>
    knobs[name].values.flatMap((_, index) =>
      index === indices[name] ? [] : [configurationAt(knobs, { ...indices, [name]: index })],
    ),
  );
  return [present, ...others];
}

/**
 * Configurations from the most accurate that is expected down to the cheapest (step 2).
 * @param rated the present configuration first, then others that differ from it in one knob
 * @param counts resources that a step is to save
 */
function descent(
  knobs: Knobs,
  active: readonly KnobName[],
  rated: readonly Rated[],
  counts: readonly (keyof Pick<Effect, 'logBandwidth' | 'logGpu'>)[],
): Rated[] {
  const [present] = rated;
  if (!present) return [];
  const around = indicesOf(knobs, present.configuration);
  const log = (value: number): number => Math.log(Math.max(1e-9, value));
  const ladders = active.map((name): Ladder => {
    const effects = rated.flatMap((one): Effect[] => {
      const index = indicesOf(knobs, one.configuration)[name];
      if (one !== present && index === around[name]) return [];
      return [
        {
          index,
          accuracyGain: one.accuracy - present.accuracy,
          logBandwidth: log(one.bandwidthKbps) - log(present.bandwidthKbps),
          logGpu: log(one.gpuMsPerSecond) - log(present.gpuMsPerSecond),
        },
      ];
    });
    return { name, effects };
  });
  const cost = (effect: Effect): number => counts.reduce((sum, resource) => sum + effect[resource], 0);
  const better = (a: Effect, b: Effect): number => b.accuracyGain - a.accuracyGain || cost(a) - cost(b);
  let at = ladders.flatMap(({ effects }) => [...effects].sort(better).slice(0, 1));
  const expected = (): Rated => {
    const sum = (of: (effect: Effect) => number): number =>
      at.reduce((total, effect) => total + of(effect), 0);
    const accuracy = present.accuracy + sum(({ accuracyGain }) => accuracyGain);
    return {
      configuration: configurationAt(knobs, {
        ...around,
        ...Object.fromEntries(ladders.map(({ name }, i) => [name, at[i]?.index ?? around[name]])),
      }),
      accuracy: Math.min(1, Math.max(0, accuracy)),
      bandwidthKbps: present.bandwidthKbps * Math.exp(sum(({ logBandwidth }) => logBandwidth)),
      gpuMsPerSecond: present.gpuMsPerSecond * Math.exp(sum(({ logGpu }) => logGpu)),
    };
  };
  const found = [expected()];
  for (;;) {
    const steps = ladders.flatMap(({ effects }, ladder) => {
      const now = at[ladder];
      return effects.flatMap((to) => {
        const saved = now ? cost(now) - cost(to) : 0;
        const lost = now ? now.accuracyGain - to.accuracyGain : 0;
        return saved > 0 ? [{ ladder, to, saved, lost: Math.max(0, lost) }] : [];
      });
    });
    const [best] = steps.sort((a, b) => a.lost / a.saved - b.lost / b.saved || b.saved - a.saved);
    if (!best) return found;
    at = at.map((effect, ladder) => (ladder === best.ladder ? best.to : effect));
    found.push(expected());
  }
}

export function createChameleon(
  { windowIntervals, keptConfigurations, targetAccuracy }: ChameleonOptions,
  context: PolicyContext,
): Policy {
  const { knobs } = context;
  const active = context.active.filter((name) => knobs[name].values.length > 1);
  const desk = createProfilingDesk(knobs);
  let present = middleConfiguration(context);
  let kept: readonly Configuration[] = [];
  /** Is what the server is at work on, or was asked last, a whole profiling? */
  let isWhole = true;
  /** Since the window's profiling was asked for. */
  let age = 0;

  const ratedOf = (list: readonly Profiled[], cost: GpuCost): Rated[] =>
    list.map((one) => ({ ...one, gpuMsPerSecond: gpuMsPerSecond(knobs, one, cost) }));
  const whole = (): readonly Configuration[] =>
    active.length === 0 ? [] : oneAtATime(knobs, active, present);

  return {
    ...UNGRADED,
    first: () => decisionAt(knobs, present, whole()),
    next(observation) {
      const { budget, gpuCost } = observation;
      const answer = desk.answer(observation);
      if (answer) {
        const rated = ratedOf(answer, gpuCost);
        const counts =
          targetAccuracy !== null
            ? (['logBandwidth'] as const)
            : [
                ...(budget.bandwidthKbps === null ? [] : (['logBandwidth'] as const)),
                ...(budget.gpuMsPerSecond === null ? [] : (['logGpu'] as const)),
              ];
        const list = isWhole ? descent(knobs, active, rated, counts) : rated;
        const order = ranked(list, targetAccuracy, budget).map(({ configuration }) => configuration);
        if (isWhole) kept = order.slice(0, keptConfigurations);
        present = order[0] ?? present;
      }
      age += 1;
      if (desk.isBusy()) return decisionAt(knobs, present);
      isWhole = age >= windowIntervals;
      if (!isWhole) return decisionAt(knobs, present, kept);
      age = 0;
      return decisionAt(knobs, present, whole());
    },
  };
}
