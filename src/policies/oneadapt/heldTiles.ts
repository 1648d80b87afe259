/**
 * Beside a knob that says how fine the whole frame is, the tiles climb no gradient: which of them are given up, and whether any, their closed form
 * says every second (domain/tiles.ts), and how many may be hardly matters then. A share that stays leaves the climb one knob less to find
 * its way on: in a look at scenes-10s at four prices, held (then at 35 %) it took 6 to 20 % fewer bytes at equal F1 than the statics, climbing 3 to 6 %. Ours.
 */
import type { Budget } from '../../domain/budget.ts';
import { indicesOf, topConfiguration, type Knobs } from '../../domain/configuration.ts';
import { indexOfValue, type KnobName } from '../../domain/knob.ts';

/** Percent: what saved most where tiles save at all (docs/tiles.md). */
const HELD_SHARE = 20;

const FINENESS: readonly KnobName[] = ['quantizer', 'resolution'];

export const holdsTiles = (tuned: readonly KnobName[]): boolean =>
  tuned.includes('tiles') && FINENESS.some((name) => tuned.includes(name));

/** Rung of the share: the held one, and where nobody asks for fewer bytes the top, since then nothing is won by giving tiles up. */
export const heldTiles = (knobs: Knobs, budget: Budget, bandwidthPrice: number | null): number =>
  budget.bandwidthKbps === null && (bandwidthPrice ?? 0) === 0
    ? indicesOf(knobs, topConfiguration(knobs)).tiles
    : indexOfValue(knobs.tiles, HELD_SHARE);
