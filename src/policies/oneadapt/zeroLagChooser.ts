/** Zero lag on the road: what is left in the token bucket decides; half of what has been saved up may be spent at once. */
import type { Budget } from '../../domain/budget.ts';
import {
  configurationAt,
  indicesOf,
  positionsOf,
  type Configuration,
  type Knobs,
} from '../../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { isFrameKnob, stepOf, type KnobName, type PerKnob } from '../../domain/knob.ts';
import { isServerKnob } from '../../domain/serverKnobs.ts';
import { createTokenBucket } from '../../domain/tokenBucket.ts';
import type { Choice, Trial } from '../policy.ts';
import type { RateModel } from './rateModel.ts';
import { chooseAtPrice, chooseTrial, type Rungs, type ZeroLagView } from './zeroLag.ts';

/** ∂ ln(bytes)/∂x of any knob before the first interval has shown it. */
const UNSEEN_SLOPE = 2;
/** What a byte in an interval is in bandwidth. */
const KBPS_PER_BYTE = 8 / 1000 / INTERVAL_SECONDS;

export interface ZeroLagChooser {
  /**
   * @param worth of a place, accuracy; null: nothing was seen yet, and more is better
   * @param pricePerKbps of bandwidth where it has no budget, accuracy
   * @returns what to do, and where something is sent by how much of its ladder each knob was moved from the plan
   */
  choose(
    trials: readonly Trial[],
    budget: Budget,
    worth: ((at: PerKnob) => number) | null,
    pricePerKbps: number,
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
  const sumOf = (values: PerKnob): number => active.reduce((sum, name) => sum + (values[name] ?? 0), 0);
  const rungsOf = (configuration: Configuration): Rungs => {
    const indices = indicesOf(knobs, configuration);
    return Object.fromEntries(inPlay.map((name) => [name, indices[name]]));
  };
  const at = (rungs: Rungs): PerKnob =>
    Object.fromEntries(inPlay.map((name) => [name, (rungs[name] ?? 0) * stepOf(knobs[name])]));
  const ladders = Object.fromEntries(inPlay.map((name) => [name, knobs[name].values.length]));
  /** Half of what has been saved up may be spent at once. */
  const roomFor = (bandwidthKbps: number): number => {
    const second = (bandwidthKbps * 1000 * INTERVAL_SECONDS) / 8;
    const available = bucket.available(bandwidthKbps);
    return Math.min(available, second + Math.max(0, available - second) / 2);
  };

  return {
    choose(trials, { bandwidthKbps }, worth, pricePerKbps) {
      const [planned] = trials;
      if (!planned) throw new Error('Nothing was encoded that could be sent.');
      if (bandwidthKbps === null && (pricePerKbps === 0 || !worth))
        return { choice: { send: planned }, moved: {} };
      const plannedRungs = rungsOf(planned.configuration);
      const plannedPlace = positionsOf(knobs, planned.configuration);
      const tried = trials.map(({ configuration, bytes }) => ({ rungs: rungsOf(configuration), bytes }));
      const view: ZeroLagView = {
        ladders,
        predict: (rungs) =>
          rate.isReady() ? rate.predict(at(rungs)) : Math.exp(UNSEEN_SLOPE * sumOf(at(rungs))),
        // The server's knobs too: they tell whether a place is the reference.
        worth: (rungs) => (worth ?? sumOf)({ ...plannedPlace, ...at(rungs) }),
        allows: (rungs) =>
          // More frames cost detector time, which the plan has settled.
          inPlay.every((name) => !isFrameKnob(name) || (rungs[name] ?? 0) <= (plannedRungs[name] ?? 0)),
      };
      const choice =
        bandwidthKbps === null
          ? chooseAtPrice(tried, pricePerKbps * KBPS_PER_BYTE, view)
          : chooseTrial(tried, roomFor(bandwidthKbps), view);
      if ('encode' in choice) {
        const rungs = { ...indicesOf(knobs, planned.configuration), ...choice.encode };
        return { choice: { encode: configurationAt(knobs, rungs) }, moved: {} };
      }
      const sent = trials[choice.send] ?? planned;
      if (bandwidthKbps !== null) bucket.spend(sent.bytes, bandwidthKbps, INTERVAL_SECONDS);
      const to = rungsOf(sent.configuration);
      const rungsMoved = inPlay.map((name) => [name, (to[name] ?? 0) - (plannedRungs[name] ?? 0)]);
      return { choice: { send: sent }, moved: at(Object.fromEntries(rungsMoved) as Rungs) };
    },
  };
}
