/** From continuous knobs to the ladder values that run: the corners of the cell around a position. */
import type { KnobName, PerKnob } from '../domain/knob.ts';

export interface Corner {
  readonly indices: PerKnob;
}

/** All combinations of the two ladder indices around each knob's position. Most expensive first. */
export function cornersAround(positions: PerKnob, steps: PerKnob): Corner[] {
  let corners: Record<string, number>[] = [{}];
  for (const name of Object.keys(positions) as KnobName[]) {
    const exact = (positions[name] ?? 0) / (steps[name] ?? 1);
    // A position on a rung is that rung, whatever the last bit of the division says.
    const nearest = Math.round(exact);
    const choices = Math.abs(exact - nearest) < 1e-9 ? [nearest] : [Math.ceil(exact), Math.floor(exact)];
    corners = corners.flatMap((corner) => choices.map((index) => ({ ...corner, [name]: index })));
  }
  return corners.map((indices) => ({ indices }));
}

/**
 * Picks the corner to run.
 * @param feasible does the corner fit the budgets, as far as can be predicted?
 * @param distance how far the corner is from what one would like to run; the least wins
 * @returns the nearest feasible corner, or where none is feasible the cheapest of all
 */
export function pickCorner(
  corners: readonly Corner[],
  feasible: (corner: Corner) => boolean,
  distance: (corner: Corner) => number,
): { corner: Corner; fits: boolean } {
  const fitting = corners.filter(feasible);
  const [nearest] = [...fitting].sort((a, b) => distance(a) - distance(b));
  if (nearest) return { corner: nearest, fits: true };
  const cheapest = corners.at(-1);
  if (!cheapest) throw new Error('There is no knob to round.');
  return { corner: cheapest, fits: false };
}
