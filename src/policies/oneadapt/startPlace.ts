/**
 * Where OneAdapt starts, before anything was seen. A hard budget says nothing of how many bytes a place will take: in the middle. Where bandwidth has
 * a price instead: where that price meets what a typical content loses and takes, since a second in the middle costs a hard content a
 * quarter of its F1. Ours.
 */
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import { ascend } from './ascent.ts';
import { createLossSurface } from './lossSurface.ts';

export const MIDDLE = 0.5;
const IN_THE_MIDDLE: PerKnob = { quantizer: MIDDLE, resolution: MIDDLE };
/**
 * AccGrads in the middle, F1 per ladder. The quantizer's is about what the first second of the scenes shows there; the resolution's, 1.75 times what
 * is shown there, makes the place come near the static that is best at its price for the scenes and the clips of docs/results.md alike.
 */
const TYPICAL_SLOPES: PerKnob = { quantizer: 0.2, resolution: 0.28 };
/** Of VP9 at 10 fps and 640×384 to 960×540: bandwidth in the middle, and ∂ ln(bytes)/∂x. */
const TYPICAL_KBPS = 250;
const TYPICAL_GROWTH: PerKnob = { quantizer: 3.5, resolution: 1.6 };
/** More than it takes to stand still. */
const ASCENTS = 20;
/** From the middle to either end. */
const ANYWHERE = { rise: 1, fall: 1 };

/**
 * @param bandwidthPrice F1 that a megabit a second has to be worth; null: bandwidth has a budget, or costs nothing
 * @returns positions of the knobs that have a place of their own; others start in the middle, or where they rest
 */
export const startPlace = (bandwidthPrice: number | null): PerKnob => ({
  ...(bandwidthPrice === null ? IN_THE_MIDDLE : atPrice(bandwidthPrice)),
  // Skipped frames cost more accuracy than they save on nearly every content.
  frameRate: 1,
});

function atPrice(price: number): PerKnob {
  const surface = createLossSurface(0);
  surface.observe(TYPICAL_SLOPES, IN_THE_MIDDLE);
  const growth = (name: KnobName): number => TYPICAL_GROWTH[name] ?? 0;
  const kbps = (at: PerKnob): number =>
    (['quantizer', 'resolution'] as const).reduce(
      (product, name) => product * Math.exp(growth(name) * ((at[name] ?? 0) - MIDDLE)),
      TYPICAL_KBPS,
    );
  const slope = (name: KnobName, at: PerKnob): number => (price / 1000) * kbps(at) * growth(name);
  // One ascent moves a knob one way only, so that the next takes back what it left too high for where the other went.
  let at = IN_THE_MIDDLE;
  for (let ascent = 0; ascent < ASCENTS; ascent += 1)
    at = ascend(at, surface, { slope, growth }, () => ANYWHERE);
  return at;
}
