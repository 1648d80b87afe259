/**
 * What the distortion form says of a knob, in F1. The estimates of different knobs are not on one scale: coarser quantizers
 * shift every pixel a little, which the weighted error counts and a detector hardly minds, while a lower resolution takes away what small
 * objects are seen by. Without this the knobs that are overrated are paid for by those that are not.
 *
 * The factors are medians over eight runs of the mean true gain of F1 by a step over the mean estimate of it (slope 8, intervals with
 * F1 above 0.5), which `npm run estimators` writes. They were taken from the runs before those that docs/estimators.md has now,
 * where the medians are 0.057, 0.031 and 0.037. They are a prior from other contents and detectors: single runs lie within a factor of
 * three of the median, those in which the estimate hardly speaks further.
 */
import type { Observation } from './policy.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';

/** F1 for one unit of the distortion form, per candidate. */
export const F1_PER_UNIT: PerKnob = { resolution: 0.049, quantizer: 0.028, frameRate: 0.044 };
/** Of knobs that no run has shown: about the mean of those that were. */
const UNSEEN = 0.04;

const factorOf = (name: KnobName): number =>
  // The neighbouring member looks for itself: its estimate is a share of detections already (engine/serverProbe.ts).
  name === 'member' ? 1 : (F1_PER_UNIT[name] ?? UNSEEN);

/** The observation with the distortion form of every knob in F1, and with it what the frame filter's choices lose. */
export function calibrated(observation: Observation): Observation {
  const evidence = Object.fromEntries(
    Object.entries(observation.evidence).map(([name, knob]) => {
      const distortion = knob.estimates.distortion * factorOf(name as KnobName);
      return [name, { ...knob, estimates: { ...knob.estimates, distortion } }];
    }),
  );
  const perFrame = factorOf('frameRate');
  const forecast = observation.forecast?.map((option) => ({ ...option, loss: option.loss * perFrame }));
  return { ...observation, evidence, forecast: forecast ?? null };
}
