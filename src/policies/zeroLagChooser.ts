/** Zero lag on the road: what is left in the token bucket decides; half of what has been saved up may be spent at once. */
import type { Budget } from '../domain/budget.ts';
import { configurationAt, indicesOf, type Configuration, type Knobs } from '../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { isFilterKnob, stepOf, type KnobName, type PerKnob } from '../domain/knob.ts';
import { isServerKnob } from '../domain/serverKnobs.ts';
import { createTokenBucket } from '../domain/tokenBucket.ts';
import type { Choice, Trial } from './policy.ts';
import type { RateModel } from './rateModel.ts';
import { chooseTrial, type Rungs } from './zeroLag.ts';

/** ∂ ln(bytes)/∂x of any knob before the first interval has shown it. */
const UNSEEN_SLOPE = 2;

export interface ZeroLagChooser {
  /**
   * @param worths AccGrads that the plan was made by
   * @returns what to do, and where something is sent by how much of its ladder each knob was moved from the plan
   */
  choose(
    trials: readonly Trial[],
    budget: Budget,
    worths: PerKnob,
  ): { readonly choice: Choice; readonly moved: PerKnob };
}

export function createZeroLagChooser({
  knobs,
  active,
  rate,
}: {
  readonly knobs: Knobs;
  readonly active: readonly KnobName[];
  readonly rate: RateModel;
}): ZeroLagChooser {
  const bucket = createTokenBucket();
  // The server's knobs take no byte: they stay as planned.
  const inPlay = active.filter((name) => !isServerKnob(name));
  const sumOf = (values: PerKnob, weight: (name: KnobName) => number): number =>
    active.reduce((sum, name) => sum + weight(name) * (values[name] ?? 0), 0);
  const rungsOf = (configuration: Configuration): Rungs => {
    const indices = indicesOf(knobs, configuration);
    return Object.fromEntries(inPlay.map((name) => [name, indices[name]]));
  };
  const at = (rungs: Rungs): PerKnob =>
    Object.fromEntries(inPlay.map((name) => [name, (rungs[name] ?? 0) * stepOf(knobs[name])]));
  const ladders = Object.fromEntries(inPlay.map((name) => [name, knobs[name].values.length]));
  /** More frames cost detector time, which the plan has settled. */
  const settled = (name: KnobName): boolean => name === 'frameRate' || isFilterKnob(name);

  return {
    choose(trials, { bandwidthKbps }, worths) {
      const [planned] = trials;
      if (!planned) throw new Error('Nothing was encoded that could be sent.');
      if (bandwidthKbps === null) return { choice: { send: planned }, moved: {} };
      const second = (bandwidthKbps * 1000 * INTERVAL_SECONDS) / 8;
      const available = bucket.available(bandwidthKbps);
      const target = Math.min(available, second + Math.max(0, available - second) / 2);
      const isBlind = inPlay.every((name) => (worths[name] ?? 0) === 0);
      const plannedRungs = rungsOf(planned.configuration);
      const choice = chooseTrial(
        trials.map(({ configuration, bytes }) => ({ rungs: rungsOf(configuration), bytes })),
        target,
        {
          ladders,
          predict: (rungs) =>
            rate.isReady() ? rate.predict(at(rungs)) : Math.exp(UNSEEN_SLOPE * sumOf(at(rungs), () => 1)),
          worth: (rungs) => sumOf(at(rungs), (name) => (isBlind ? 1 : (worths[name] ?? 0))),
          allows: (rungs) =>
            inPlay.every((name) => !settled(name) || (rungs[name] ?? 0) <= (plannedRungs[name] ?? 0)),
        },
      );
      if ('encode' in choice) {
        const rungs = { ...indicesOf(knobs, planned.configuration), ...choice.encode };
        return { choice: { encode: configurationAt(knobs, rungs) }, moved: {} };
      }
      const sent = trials[choice.send] ?? planned;
      bucket.spend(sent.bytes, bandwidthKbps, INTERVAL_SECONDS);
      const to = rungsOf(sent.configuration);
      const rungsMoved = inPlay.map((name) => [name, (to[name] ?? 0) - (plannedRungs[name] ?? 0)]);
      return { choice: { send: sent }, moved: at(Object.fromEntries(rungsMoved) as Rungs) };
    },
  };
}
