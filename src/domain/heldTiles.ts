/**
 * Beside a knob that says how fine the whole frame is, OneAdapt's tiles climb no gradient: which of them are given up, and whether any, their closed
 * form says every second (tiles.ts), and how many may be hardly matters then. A share that stays leaves the climb one knob less to find
 * its way on: in a look at scenes-10s at four prices, held (then at 35 %) it took 6 to 20 % fewer bytes at equal F1 than the statics, climbing 3 to 6 %. Ours.
 */
import type { Budget } from './budget.ts';
import { indicesOf, topConfiguration, type Knobs } from './configuration.ts';
import type { OneAdaptOptions, PolicySpec } from './experiment.ts';
import { indexOfValue, type KnobName } from './knob.ts';

/** Percent: what saved most where tiles save at all (docs/tiles.md). */
const HELD_SHARE = 20;
/**
 * F1 a megabit a second. At a lower price all tiles are kept: what they save is little against the step to the most expensive configuration, whose
 * F1 is 1 by definition and which no configuration that gives tiles up can be.
 */
const LEAST_PRICE = 0.1;

const FINENESS: readonly KnobName[] = ['quantizer', 'resolution'];

/** Not in the published form, which climbs them as any knob. */
export const holdsTiles = ({ rule }: Pick<OneAdaptOptions, 'rule'>, tuned: readonly KnobName[]): boolean =>
  rule !== 'adam' && tuned.includes('tiles') && FINENESS.some((name) => tuned.includes(name));

/** Is it a knob that the policy moves by the forces on it? */
export const climbs = (policy: PolicySpec, tuned: readonly KnobName[], name: KnobName): boolean =>
  policy.name === 'oneadapt' && tuned.includes(name) && !(name === 'tiles' && holdsTiles(policy, tuned));

/** Rung of the share: the held one, and the top where bytes have no budget and are nearly free. */
export const heldTiles = (knobs: Knobs, budget: Budget, bandwidthPrice: number | null): number =>
  budget.bandwidthKbps === null && (bandwidthPrice ?? 0) < LEAST_PRICE
    ? indicesOf(knobs, topConfiguration(knobs)).tiles
    : indexOfValue(knobs.tiles, HELD_SHARE);
