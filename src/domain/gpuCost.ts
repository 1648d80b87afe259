/**
 * What a pass of the detector costs at a configuration. The cost at rest is measured at start, and so is every rung of a
 * server knob that the run may move, with the other knobs at rest. The rest is a model:
 *
 * - two knobs off their rest multiply: cost(member, size) = cost · cost(member)/cost · cost(size)/cost;
 * - a rung that was not measured costs in proportion to its multiply-adds: the share of the area for an input size, the
 *   share of multiply-adds per pixel for a member, nothing for an enhancement.
 */
import type { Configuration, Knobs } from './configuration.ts';
import type { GpuCost, PassCost } from './experiment.ts';
import { indexOfValue, restIndex, valueAt, type Knob, type KnobValue } from './knob.ts';
import { isServerKnob, multiplyAddsPerPixel, SERVER_KNOBS } from './serverKnobs.ts';
import { parseSize } from './size.ts';

const areaOf = (value: KnobValue): number => {
  const { width, height } = parseSize(String(value));
  return width * height;
};

/** A rung's multiply-adds in those of the rung at rest. */
function modelledFactor(knob: Knob, value: KnobValue): number {
  const rest = valueAt(knob, restIndex(knob));
  if (knob.name === 'inputSize') return areaOf(value) / areaOf(rest);
  if (knob.name !== 'member') return 1;
  const [own, ofRest] = [value, rest].map((member) => multiplyAddsPerPixel(String(member)));
  return own === undefined || ofRest === undefined ? 1 : own / ofRest;
}

/** By how much each rung of a knob multiplies the cost of a pass, along its ladder; 1 where the knob rests. */
export function costFactors(knob: Knob, cost: GpuCost, pass: keyof PassCost): number[] {
  const { name } = knob;
  if (!isServerKnob(name)) return knob.values.map(() => 1);
  const rest = restIndex(knob);
  return knob.values.map((value, index) => {
    if (index === rest) return 1;
    const measured = cost.rungs?.[name]?.[String(value)]?.[pass];
    return measured === undefined || cost[pass] <= 0 ? modelledFactor(knob, value) : measured / cost[pass];
  });
}

/** Milliseconds of the passes at a configuration. @throws Error when a value is not on its ladder */
export function passCost(knobs: Knobs, configuration: Configuration, cost: GpuCost): PassCost {
  const at = (pass: keyof PassCost): number =>
    SERVER_KNOBS.reduce((product, name) => {
      const knob = knobs[name];
      return product * (costFactors(knob, cost, pass)[indexOfValue(knob, configuration[name])] ?? 1);
    }, cost[pass]);
  return { inferenceMs: at('inferenceMs'), backwardMs: at('backwardMs') };
}
