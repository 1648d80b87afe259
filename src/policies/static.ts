/** One configuration for the whole run: the rival that every adaptation has to beat. Charged for nothing but itself. */
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { decisionAt, UNGRADED } from './ungraded.ts';

/**
 * @param configuration values left out stay where the knobs stand, at the start at their most expensive
 * @throws Error when it holds a value that is not on its ladder
 */
export function createStatic(configuration: Partial<Configuration>, { knobs, start }: PolicyContext): Policy {
  const whole = { ...topConfiguration(knobs), ...start?.configuration, ...configuration };
  const decision = decisionAt(knobs, whole);
  return { ...UNGRADED, first: () => decision, next: () => decision };
}
