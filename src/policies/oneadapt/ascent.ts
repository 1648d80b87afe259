/**
 * Gradient ascent on accuracy minus priced resources, carried to its fixed point: where no knob gains by moving on.
 *
 * Knob by knob, AccGrad falls along its ladder as G·e^(−κx) and what a byte budget charges grows as e^(sx), so that along one knob the two
 * meet after Δ = ln(AccGrad / charge)/(κ + s): Newton's step in logarithms. The knobs share the bytes, so they take turns.
 * Ours, in place of a fixed step along the gradient, which overshoots where the surface is steep and creeps where it is flat.
 */
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import { decayOf } from '../../gradients/calibrated.ts';
import { clamp } from './clamp.ts';
import type { LossSurface } from './lossSurface.ts';

const ROUNDS = 4;

export interface Reach {
  readonly rise: number;
  readonly fall: number;
}

export interface Charges {
  /** ∂(priced resources)/∂x of a knob at a place. */
  readonly slope: (name: KnobName, at: PerKnob) => number;
  /** By what share of itself that grows along the ladder. */
  readonly growth: (name: KnobName) => number;
}

/** To where gain and charge meet; without end where they do not. */
function stepBetween(gain: number, charge: number, curvature: number): number {
  if (gain > 0 && charge > 0) return Math.log(gain / charge) / curvature;
  return gain === charge ? 0 : gain > charge ? Infinity : -Infinity;
}

/**
 * @param from where the knobs stand
 * @param reach furthest that a knob may rise and fall in one interval, ladders
 * @returns where they go: each up where its net gradient at `from` points up, and down where it points down
 */
export function ascend(
  from: PerKnob,
  surface: LossSurface,
  { slope, growth }: Charges,
  reach: (name: KnobName) => Reach,
): PerKnob {
  const names = Object.keys(from) as KnobName[];
  const bounds = Object.fromEntries(
    names.map((name) => {
      const x = from[name] ?? 0;
      const rises = surface.slope(name, x) > slope(name, from);
      const { rise, fall } = reach(name);
      return [name, rises ? [x, Math.min(1, x + rise)] : [Math.max(0, x - fall), x]];
    }),
  ) as PerKnob<[low: number, high: number]>;
  let at = from;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const x = at[name] ?? 0;
      const [low, high] = bounds[name] ?? [x, x];
      const [gain, charge] = [surface.slope(name, x), slope(name, at)];
      const step = stepBetween(gain, charge, decayOf(name) + growth(name));
      at = { ...at, [name]: clamp(x + step, low, high) };
    }
  }
  return at;
}
