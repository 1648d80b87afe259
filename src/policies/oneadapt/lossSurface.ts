/**
 * What accuracy is lost where, as far as gradients have told it: the surface that OneAdapt climbs. Ours.
 *
 * On the grids of eight scenes and seven clips (gradients/calibrated.ts) the loss falls by much the same share with every rung, on all contents alike; what
 * differs is how much there is to lose. So along each knob
 *
 *   loss_i(x) = G_i/κ_i · exp(−κ_i·x)      ∂accuracy/∂x_i = G_i · exp(−κ_i·x)
 *
 * with κ_i a constant of the knob's ladder and G_i of the content. Every AccGrad a at a position x is a sample of G = a·exp(κx), wherever it was
 * taken, and G_i is the mean of those seen, the older ones fading, all older ones forgotten after a cut. Knobs add up. At the reference F1 is 1 by
 * definition: what the quantizer's exponential leaves over at its end is not lost there. The resolution's would say the same once more, and too much of
 * it, since it was mostly seen where the quantizer is coarser.
 */
import { decayOf } from '../../gradients/calibrated.ts';
import type { KnobName, PerKnob } from '../../domain/knob.ts';

export interface LossSurface {
  /**
   * @param slopes AccGrads of an interval, per full ladder
   * @param at where they were taken
   */
  observe(slopes: PerKnob, at: PerKnob): void;
  /**
   * Nothing was found, which does not tell whether anything was missed: what is known stands, for one of the seconds since something was
   * found, this one among them; so often something has come. Never for less than one in `MOST_EMPTY`.
   */
  observeNothing(): void;
  /** The content has changed at once: what was told of the one before is the best that is known until something is told of this one, and no longer. */
  forget(): void;
  /** ∂accuracy/∂x of a knob at a position; 0 where nothing was seen. */
  slope(name: KnobName, position: number): number;
  /** What the knobs that were seen lose at a place that is not the reference. */
  loss(at: PerKnob): number;
  /** What is lost less than that where the place is the reference. */
  leftOver(): number;
}

/** However long nothing was found: a sensor that sends next to nothing would not show the one who comes at last. */
const MOST_EMPTY = 10;

/** @param memory share of an interval's weight that is left when the next is told, 0 … 1 */
export function createLossSurface(memory: number): LossSurface {
  let seen: Partial<Record<KnobName, { readonly sum: number; readonly weight: number }>> = {};
  /** What is known was told of another content. */
  let isStale = false;
  /** Intervals in a row in which nothing was found. */
  let empty = 0;
  const contentOf = (name: KnobName): number => {
    const of = seen[name];
    return of ? of.sum / of.weight / (1 + empty) : 0;
  };
  const lossOf = (name: KnobName, position: number): number =>
    (contentOf(name) / decayOf(name)) * Math.exp(-decayOf(name) * position);
  return {
    observe(slopes, at) {
      empty = 0;
      const told = Object.entries(slopes);
      if (told.length > 0) {
        if (isStale) seen = {};
        isStale = false;
      }
      for (const [key, slope] of told) {
        const name = key as KnobName;
        const before = seen[name] ?? { sum: 0, weight: 0 };
        const sample = slope * Math.exp(decayOf(name) * (at[name] ?? 0));
        seen[name] = { sum: memory * before.sum + sample, weight: memory * before.weight + 1 };
      }
    },
    observeNothing() {
      empty = Math.min(empty + 1, MOST_EMPTY - 1);
    },
    forget() {
      isStale = true;
    },
    slope: (name, position) => contentOf(name) * Math.exp(-decayOf(name) * position),
    loss: (at) =>
      (Object.entries(at) as [KnobName, number][]).reduce((sum, [name, x]) => sum + lossOf(name, x), 0),
    leftOver: () => lossOf('quantizer', 1),
  };
}
