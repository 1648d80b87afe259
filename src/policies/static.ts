/** One configuration for the whole run: the rival that every adaptation has to beat. Charged for nothing but itself. */
import { ZERO_PRICES } from '../domain/budget.ts';
import { positionsOf, topConfiguration, type Configuration } from '../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import type { Decision, Policy, PolicyContext } from './policy.ts';

/**
 * @param configuration values left out stay where the knobs stand, at the start at their most expensive
 * @throws Error when it holds a value that is not on its ladder
 */
export function createStatic(configuration: Partial<Configuration>, { knobs, start }: PolicyContext): Policy {
  const whole = { ...topConfiguration(knobs), ...start?.configuration, ...configuration };
  const decision: Decision = {
    configuration: whole,
    positions: positionsOf(knobs, whole),
    prices: ZERO_PRICES,
    steering: {},
    // Charged to nobody: the gradients are shown, not used.
    backward: 'always',
  };
  return {
    estimator: null,
    utilitySlope: DEFAULT_ONEADAPT.utilitySlope,
    usesGradients: false,
    first: () => decision,
    next: () => decision,
  };
}
