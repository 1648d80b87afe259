/**
 * What accuracy is lost where, as far as gradients have told it: the surface that OneAdapt climbs. Ours.
 *
 * On the grids of eight scenes and seven clips (gradients/calibrated.ts) the loss falls by much the same share with every rung, on all contents alike; what
 * differs is how much there is to lose. So along each knob
 *
 *   loss_i(x) = G_i/κ_i · exp(−κ_i·x)      ∂accuracy/∂x_i = G_i · exp(−κ_i·x)
 *
 * with κ_i a constant of the knob's ladder and G_i of the content. Every AccGrad a at a position x is a sample of G = a·exp(κx), wherever it was
 * taken, and G_i is the mean of those seen, the older ones fading. Knobs add up. At the reference F1 is 1 by definition: there the loss falls by a
 * jump that the exponentials know nothing of, remembered in the same way.
 */
import type { KnobName, PerKnob } from '../domain/knob.ts';

/** κ, per full ladder: of quantizer and resolution as calibrated.ts has it, of the frame rate from the drift of detections. */
const DECAY: PerKnob = { quantizer: 2.4, resolution: 1.3, frameRate: 0.6 };
const UNSEEN_DECAY = 1.5;

export const decayOf = (name: KnobName): number => DECAY[name] ?? UNSEEN_DECAY;

export interface LossSurface {
  /**
   * @param slopes AccGrads of an interval, per full ladder
   * @param at where they were taken
   * @param jump to the reference, accuracy; not in the slopes
   */
  observe(slopes: PerKnob, at: PerKnob, jump: number): void;
  /** ∂accuracy/∂x of a knob at a position; 0 where nothing was seen. */
  slope(name: KnobName, position: number): number;
  /** What the knobs that were seen lose at a place that is not the reference. */
  loss(at: PerKnob): number;
  /** What is lost less than that where the place is the reference. */
  jump(): number;
}

/** A mean over the intervals, the older ones fading. */
interface Fading {
  readonly sum: number;
  readonly weight: number;
}

const NOTHING: Fading = { sum: 0, weight: 0 };
const meanOf = ({ sum, weight }: Fading): number => (weight === 0 ? 0 : sum / weight);

/** @param memory share of an interval's weight that is left when the next is told, 0 … 1 */
export function createLossSurface(memory: number): LossSurface {
  const seen: Partial<Record<KnobName, Fading>> = {};
  let jump = NOTHING;
  const adding = ({ sum, weight }: Fading, sample: number): Fading => ({
    sum: memory * sum + sample,
    weight: memory * weight + 1,
  });
  const contentOf = (name: KnobName): number => meanOf(seen[name] ?? NOTHING);
  return {
    observe(slopes, at, jumped) {
      jump = adding(jump, jumped);
      for (const [key, slope] of Object.entries(slopes)) {
        const name = key as KnobName;
        const sample = slope * Math.exp(decayOf(name) * (at[name] ?? 0));
        seen[name] = adding(seen[name] ?? NOTHING, sample);
      }
    },
    jump: () => meanOf(jump),
    slope: (name, position) => contentOf(name) * Math.exp(-decayOf(name) * position),
    loss: (at) =>
      (Object.entries(at) as [KnobName, number][]).reduce(
        (sum, [name, position]) =>
          sum + (contentOf(name) / decayOf(name)) * Math.exp(-decayOf(name) * position),
        0,
      ),
  };
}
