/** An observation with the distortion form of every knob in F1, so that knobs can be weighed against each other and against a price. */
import { indicesOf, type Knobs } from '../../domain/configuration.ts';
import type { KnobName } from '../../domain/knob.ts';
import { calibrated } from '../../gradients/calibrated.ts';
import type { Observation } from '../policy.ts';

/**
 * Brings the evidence to F1, and with it what the frame filter's choices lose.
 * @param f1PerLateUnit F1 for one unit of what late frames lose (lateness.ts)
 */
export function inF1(observation: Observation, knobs: Knobs, f1PerLateUnit: number): Observation {
  const { configuration, lossWhereFound } = observation;
  const indices = indicesOf(knobs, configuration);
  const evidence = Object.fromEntries(
    Object.entries(observation.evidence).map(([key, knob]) => {
      const name = key as KnobName;
      // The way in which knobs with a fitted scale are probed (engine/evidence.ts).
      const offset = indices[name] + 1 < knobs[name].values.length ? 1 : -1;
      const step = { knobs, ran: configuration, name, offset } as const;
      const distortion = knob.flat ? 0 : calibrated(knob.estimates.distortion, lossWhereFound, step);
      return [name, { ...knob, estimates: { ...knob.estimates, distortion } }];
    }),
  );
  const forecast = observation.forecast?.map((option) => ({ ...option, loss: option.loss * f1PerLateUnit }));
  return { ...observation, evidence, forecast: forecast ?? null };
}
