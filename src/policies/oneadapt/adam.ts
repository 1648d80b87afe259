/** Adam (Kingma and Ba, 2015), ascending. OneAdapt's authors run it with β1 = β2 = 0.5 and one step an interval. */
import type { KnobName, PerKnob } from '../../domain/knob.ts';

const EPSILON = 1e-8;

export function createAdam(learningRate: number, beta: number): { step(gradient: PerKnob): PerKnob } {
  const first: Partial<Record<KnobName, number>> = {};
  const second: Partial<Record<KnobName, number>> = {};
  let count = 0;
  return {
    step(gradient) {
      count += 1;
      const unbias = 1 - beta ** count;
      const change: Partial<Record<KnobName, number>> = {};
      for (const [name, g] of Object.entries(gradient) as [KnobName, number][]) {
        const m = beta * (first[name] ?? 0) + (1 - beta) * g;
        const v = beta * (second[name] ?? 0) + (1 - beta) * g * g;
        first[name] = m;
        second[name] = v;
        change[name] = (learningRate * (m / unbias)) / (Math.sqrt(v / unbias) + EPSILON);
      }
      return change;
    },
  };
}
