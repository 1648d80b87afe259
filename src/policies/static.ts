/** One configuration for the whole run: the rival that every adaptation has to beat. Charged for nothing but itself. */
import { ZERO_PRICES } from '../domain/budget.ts';
import { indicesOf, topConfiguration, type Configuration } from '../domain/configuration.ts';
import { KNOB_NAMES, stepOf } from '../domain/knob.ts';
import type { Decision, Policy, PolicyContext } from './policy.ts';

/** @throws Error when the configuration holds a value that is not on its ladder */
export function createStatic(configuration: Partial<Configuration>, context: PolicyContext): Policy {
  const whole = context.start ?? { ...topConfiguration(context.knobs), ...configuration };
  const indices = indicesOf(context.knobs, whole);
  const decision: Decision = {
    configuration: whole,
    positions: Object.fromEntries(
      KNOB_NAMES.map((name) => [name, indices[name] * stepOf(context.knobs[name])]),
    ),
    prices: ZERO_PRICES,
  };
  return { estimator: null, usesGradients: false, first: () => decision, next: () => decision };
}
