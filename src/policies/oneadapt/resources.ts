/** What a place on the ladders takes of bandwidth and detector time, and what it may take, as OneAdapt's models have it. */
import type { Prices } from '../../domain/budget.ts';
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import type { Charges } from './ascent.ts';

interface Use {
  /** Predicted at a place: kbps, or milliseconds of detector time a second. */
  readonly use: (at: PerKnob) => number;
  /** What a price is asked for: the budget, or the present use where there is none. */
  readonly unit: number;
  /** What to stay under; Infinity without a budget. */
  readonly target: number;
}

export interface Resources {
  readonly bandwidth: Use & {
    /** ∂ ln(use)/∂x of a knob where the last interval ran. */
    readonly growth: (name: KnobName) => number;
  };
  readonly gpu: Use & {
    /** ∂use/∂x of a knob at a place. */
    readonly slope: (name: KnobName, at: PerKnob) => number;
  };
}

/** What a place costs at these prices, in units of the price. */
export function costOf({ bandwidth, gpu }: Resources, at: PerKnob, prices: Prices): number {
  const share = (price: number, { use, unit }: Use): number => (price === 0 ? 0 : (price * use(at)) / unit);
  return share(prices.bandwidth, bandwidth) + share(prices.gpu, gpu);
}

/**
 * What the ascent is charged: of the bytes growth is what the rate model has, of detector time it is taken for none.
 * @param scale unit of the prices, accuracy
 */
export function chargesOf({ bandwidth, gpu }: Resources, prices: Prices, scale: number): Charges {
  const growth = (name: KnobName): number => (prices.bandwidth === 0 ? 0 : bandwidth.growth(name));
  return {
    growth,
    slope(name, at) {
      const grown = growth(name);
      const kbps = grown === 0 ? 0 : grown * bandwidth.use(at);
      const ms = prices.gpu === 0 ? 0 : gpu.slope(name, at);
      return scale * ((prices.bandwidth * kbps) / bandwidth.unit + (prices.gpu * ms) / gpu.unit);
    },
  };
}

/** Is a place predicted to keep both budgets? */
export const isWithin = ({ bandwidth, gpu }: Resources, at: PerKnob): boolean =>
  bandwidth.use(at) <= bandwidth.target && gpu.use(at) <= gpu.target;
