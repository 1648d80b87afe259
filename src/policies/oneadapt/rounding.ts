/** From continuous knobs to the ladder values that run: the corners of the cell around a position, and those a little beyond. */
import type { KnobName, PerKnob } from '../../domain/knob.ts';

export interface Corner {
  readonly indices: PerKnob;
}

/** How far, in rungs, a position must be from the rung that a kept knob stands on before the knob leaves it. */
const HOLD_RUNGS = 0.75;

/**
 * All combinations of the ladder indices around each knob's position, two where nothing beyond is asked for. Most expensive first.
 * @param beyond rungs more on either side, per knob; none where left out
 * @param kept rungs of the knobs that do not run two values in turn, because a change costs them a key frame or is seen:
 * such a knob stays until its position is clearly nearer another rung, so that it cannot change to and fro
 */
export function cornersAround(
  positions: PerKnob,
  steps: PerKnob,
  kept: PerKnob = {},
  beyond: PerKnob = {},
): Corner[] {
  let corners: Record<string, number>[] = [{}];
  for (const name of Object.keys(positions) as KnobName[]) {
    const exact = (positions[name] ?? 0) / (steps[name] ?? 1);
    // A position on a rung is that rung, whatever the last bit of the division says.
    const nearest = Math.round(exact);
    const isOnRung = Math.abs(exact - nearest) < 1e-9;
    const [above, below] = isOnRung ? [nearest, nearest] : [Math.ceil(exact), Math.floor(exact)];
    const [further, top] = [beyond[name] ?? 0, Math.round(1 / (steps[name] ?? 1))];
    const highest = Math.min(above + further, Math.max(above, top));
    const lowest = Math.max(below - further, Math.min(below, 0));
    const around = Array.from({ length: highest - lowest + 1 }, (_, i) => highest - i);
    const keeps = kept[name];
    const choices = keeps === undefined ? around : [Math.abs(exact - keeps) < HOLD_RUNGS ? keeps : nearest];
    corners = corners.flatMap((corner) => choices.map((index) => ({ ...corner, [name]: index })));
  }
  return corners.map((indices) => ({ indices }));
}

/**
 * Picks the corner to run.
 * @param feasible does the corner fit the budgets, as far as can be predicted?
 * @param distance how far the corner is from what one would like to run; the least wins
 * @returns the nearest feasible corner, or where none is feasible the cheapest of all
 * @throws Error when there are no corners
 */
export function pickCorner(
  corners: readonly Corner[],
  feasible: (corner: Corner) => boolean,
  distance: (corner: Corner) => number,
): Corner {
  const fitting = corners.filter(feasible);
  const [nearest] = [...fitting].sort((a, b) => distance(a) - distance(b));
  if (nearest) return nearest;
  const cheapest = corners.at(-1);
  if (!cheapest) throw new Error('There is no knob to round.');
  return cheapest;
}
