/**
 * Where OneAdapt starts, before anything was seen: where a price meets what a typical content loses and takes. The price is the given one; under a hard
 * budget that at which a typical content takes a good part of it. Where bytes cost nothing, in the middle. Ours.
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
/** Of a budget, about what is in use once it is known how far to trust what is predicted. */
const TYPICAL_SHARE = 0.7;
/** F1 a Mbit/s: at the one every knob stands at its top, at the other at its bottom. */
const PRICES = [1e-4, 100] as const;
/** Of the price, more than it takes to tell two rungs apart. */
const HALVINGS = 30;
/** More than it takes to stand still. */
const ASCENTS = 20;
/** From the middle to either end. */
const ANYWHERE = { rise: 1, fall: 1 };

/**
 * @param bandwidthPrice F1 that a megabit a second has to be worth; null: bytes cost nothing
 * @returns positions of the knobs that have a place of their own; others start in the middle, or where they rest
 */
export const startPlace = (bandwidthPrice: number | null): PerKnob =>
  bandwidthPrice === null ? IN_THE_MIDDLE : atPrice(bandwidthPrice);

/** F1 a Mbit/s at which a typical content takes {@link TYPICAL_SHARE} of a budget. */
export function typicalPrice(budgetKbps: number): number {
  let [low, high] = PRICES.map(Math.log) as [number, number];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (typicalKbps(atPrice(Math.exp(middle))) > TYPICAL_SHARE * budgetKbps) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

const growth = (name: KnobName): number => TYPICAL_GROWTH[name] ?? 0;

const typicalKbps = (at: PerKnob): number =>
  (['quantizer', 'resolution'] as const).reduce(
    (product, name) => product * Math.exp(growth(name) * ((at[name] ?? 0) - MIDDLE)),
    TYPICAL_KBPS,
  );

function atPrice(price: number): PerKnob {
  const surface = createLossSurface(0);
  surface.observe(TYPICAL_SLOPES, IN_THE_MIDDLE);
  const slope = (name: KnobName, at: PerKnob): number => (price / 1000) * typicalKbps(at) * growth(name);
  // One ascent moves a knob one way only, so that the next takes back what it left too high for where the other went.
  let at = IN_THE_MIDDLE;
  for (let ascent = 0; ascent < ASCENTS; ascent += 1)
    at = ascend(at, surface, { slope, growth }, () => ANYWHERE);
  return at;
}
