/** What policies have in common that steer by no gradient: theirs are shown, charged to nobody, and not used. */
import { ZERO_PRICES } from '../domain/budget.ts';
import {
  configurationAt,
  indicesOf,
  positionsOf,
  topConfiguration,
  type Configuration,
  type Knobs,
} from '../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import { restIndex, valueAt, type KnobName } from '../domain/knob.ts';
import type { Decision, Policy, PolicyContext } from './policy.ts';

export const UNGRADED = {
  estimator: null,
  utilitySlope: DEFAULT_ONEADAPT.utilitySlope,
  usesGradients: false,
} as const satisfies Partial<Policy>;

/**
 * @param profile what to try on the interval when it has run
 * @throws Error when the configuration holds a value that is not on its ladder
 */
export const decisionAt = (
  knobs: Knobs,
  configuration: Configuration,
  profile: readonly Configuration[] = [],
): Decision => ({
  configuration,
  positions: positionsOf(knobs, configuration),
  prices: ZERO_PRICES,
  steering: {},
  backward: 'always',
  ...(profile.length > 0 ? { profile } : {}),
});

const middleIndex = (knobs: Knobs, name: KnobName): number =>
  knobs[name].rest === undefined ? Math.round((knobs[name].values.length - 1) / 2) : restIndex(knobs[name]);

/** The knobs that may move in the middle of their ladders, where OneAdapt starts too; the others where they are told to stand. */
export const middleConfiguration = ({ knobs, active, start }: PolicyContext): Configuration =>
  start?.configuration ??
  configurationAt(knobs, Object.fromEntries(active.map((name) => [name, middleIndex(knobs, name)])));

/**
 * Where a rival that is given a configuration starts: at the values that were given; a knob that may not move where it is
 * seen to stand; every other knob at its most expensive, but under a bandwidth budget the quantizer in the middle, since it
 * is to keep that budget from the first interval on.
 * @throws Error when a given value is not on its ladder
 */
export function givenConfiguration(
  given: Partial<Configuration>,
  { knobs, active, start, budget }: PolicyContext,
): Configuration {
  const pinned = Object.entries(start?.configuration ?? {}).filter(
    ([name]) => !active.some((one) => one === name),
  );
  const middle = { quantizer: Number(valueAt(knobs.quantizer, middleIndex(knobs, 'quantizer'))) };
  const whole = {
    ...topConfiguration(knobs),
    ...(budget.bandwidthKbps !== null && active.includes('quantizer') ? middle : {}),
    ...Object.fromEntries(pinned),
    ...given,
  };
  indicesOf(knobs, whole);
  return whole;
}
