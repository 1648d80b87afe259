/** How a corner that breaks a budget is made to fit: rung by rung, at the least loss of accuracy for what is saved. */
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import type { RateModel } from './rateModel.ts';
import type { Corner } from './rounding.ts';

export interface CornerView {
  /** The knobs that may move. */
  readonly movable: readonly KnobName[];
  /** AccGrad. */
  readonly worth: (name: KnobName) => number;
  /** Distance of two neighbours. */
  readonly steps: Readonly<Record<KnobName, number>>;
  readonly rate: RateModel;
  /** The detector time at a place, where its budget is exceeded. */
  readonly gpuAt: ((at: PerKnob) => number) | null;
  /** Is the bandwidth budget exceeded? */
  readonly isBandwidthOver: boolean;
  /** Where a corner lies, its filter at its cheapest. */
  readonly at: (corner: Corner) => PerKnob;
}

/** One rung down on the knob that gives up least accuracy for what it saves; undefined where none helps any more. */
export function cheaperCorner(
  corner: Corner,
  { movable, worth, steps, rate, gpuAt, isBandwidthOver, at }: CornerView,
): Corner | undefined {
  const lower = (name: KnobName): Corner => ({
    indices: { ...corner.indices, [name]: (corner.indices[name] ?? 0) - 1 },
  });
  const above = movable.filter((name) => (corner.indices[name] ?? 0) > 0);
  const use = rate.predict(at(corner));
  const costs = new Map<KnobName, number>();
  for (const name of above) {
    const saved = gpuAt ? gpuAt(at(corner)) - gpuAt(at(lower(name))) : 0;
    if (saved > 0) costs.set(name, (worth(name) * steps[name]) / saved);
  }
  // Where no knob saves detector time any more, at least the bandwidth is kept, and nothing given up beyond that.
  if (costs.size === 0 && !isBandwidthOver) return undefined;
  const saving =
    costs.size > 0 ? [...costs.keys()] : above.filter((name) => rate.predict(at(lower(name))) < use);
  const priceOf = (name: KnobName): number => costs.get(name) ?? worth(name) / rate.slope(name);
  const [cheapest] = saving.sort((x, y) => priceOf(x) - priceOf(y));
  return cheapest === undefined ? undefined : lower(cheapest);
}
