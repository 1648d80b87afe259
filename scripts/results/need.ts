/** What it takes to reach an F1, and how two ways compare at it. */
import { bandwidthAt, timeSharedHull, type Outcome } from '../../src/domain/hindsight.ts';

export interface Need {
  readonly kbps: number;
  /** Even the cheapest outcome is above the F1: at most this is needed. */
  readonly isAtMost: boolean;
}

/** On the time-shared hull of what was reached; null: the F1 was not. */
export function needAt(outcomes: readonly Outcome[], accuracy: number): Need | null {
  const hull = timeSharedHull(outcomes);
  const kbps = bandwidthAt(hull, accuracy);
  return kbps === null ? null : { kbps, isAtMost: (hull[0]?.accuracy ?? 0) > accuracy };
}

export interface Saving {
  /** Share of the other's bandwidth that is saved; below 0 it costs. */
  readonly share: number;
  /** What the ends of the two hulls allow to say. */
  readonly bound: '' | '≥' | '≤';
}

/** null: one of them is not known, or only bounds of both are. */
export function savingOf(own: Need | null, other: Need | null): Saving | null {
  if (!own || !other || (own.isAtMost && other.isAtMost)) return null;
  const share = 1 - own.kbps / other.kbps;
  return { share, bound: own.isAtMost ? '≥' : other.isAtMost ? '≤' : '' };
}

/** Two places of the grid and the share of time of the second, that reach an F1 in the mean; null: it is not reached. */
export interface OneStatic {
  readonly places: readonly [number, number];
  readonly share: number;
}

/**
 * The one static that is best in hindsight for all sources at an F1, shared in time between two places of the grid.
 * @param means of each place over all sources
 */
export function oneStaticAt(means: readonly Outcome[], accuracy: number): OneStatic | null {
  const hull = timeSharedHull(means.map((outcome, place) => ({ ...outcome, place })));
  const at = hull.findIndex((outcome) => outcome.accuracy >= accuracy);
  const above = hull[at];
  if (!above) return null;
  const below = hull[at - 1];
  if (!below) return { places: [above.place, above.place], share: 0 };
  const share = (accuracy - below.accuracy) / (above.accuracy - below.accuracy);
  return { places: [below.place, above.place], share };
}

/** What that static takes and gives on one of the sources. */
export function onSource(
  { places: [first, second], share }: OneStatic,
  statics: readonly Outcome[],
): Outcome | null {
  const [a, b] = [statics[first], statics[second]];
  if (!a || !b) return null;
  return {
    bandwidthKbps: a.bandwidthKbps + share * (b.bandwidthKbps - a.bandwidthKbps),
    accuracy: a.accuracy + share * (b.accuracy - a.accuracy),
  };
}
