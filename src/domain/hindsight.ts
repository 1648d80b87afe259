/**
 * What could have been had, known only afterwards: the best static configuration and the clairvoyant oracle, both read off a
 * grid that was really encoded and detected; nothing of it is charged. Bandwidth is a mean over the
 * run, so that a second may take what another one leaves.
 */
import type { GridPoint } from './comparison.ts';

/** For every interval a point for each configuration. */
export type Grid = readonly (readonly GridPoint[])[];

/** A way to spend bytes: what it takes and what it gives, means over a run. */
export interface Outcome {
  readonly bandwidthKbps: number;
  /** F1 */
  readonly accuracy: number;
}

export interface GridChoice extends Outcome {
  /** Place in the grid, one an interval. */
  readonly configurations: readonly number[];
}

/** Some of an interval's captures; all where left out. */
type Captures = (index: number) => boolean;
const ALL: Captures = () => true;
export const EVEN: Captures = (index) => index % 2 === 0;
export const ODD: Captures = (index) => index % 2 === 1;

const mean = (list: readonly number[]): number =>
  list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length;

const accuracyOf = ({ accuracies }: GridPoint, captures: Captures): number =>
  mean(accuracies.filter((_, index) => captures(index)));

const outcomeOf = (
  grid: Grid,
  configurations: readonly number[],
  intervalSeconds: number,
  captures: Captures,
): GridChoice => {
  const points = grid.flatMap((interval, i) => interval[configurations[i] ?? -1] ?? []);
  return {
    configurations,
    bandwidthKbps: (mean(points.map(({ bytes }) => bytes)) * 8) / 1000 / intervalSeconds,
    accuracy: mean(points.map((point) => accuracyOf(point, captures))),
  };
};

/** Every configuration of the grid, held for the whole run. */
export function statics(grid: Grid, intervalSeconds: number): GridChoice[] {
  const count = grid[0]?.length ?? 0;
  return Array.from({ length: count }, (_, place) =>
    outcomeOf(
      grid,
      grid.map(() => place),
      intervalSeconds,
      ALL,
    ),
  );
}

/** The most accurate outcome within a bandwidth, of equals the one that takes less; undefined where none is. */
export function bestWithin<T extends Outcome>(outcomes: readonly T[], budgetKbps: number): T | undefined {
  return outcomes
    .filter(({ bandwidthKbps }) => bandwidthKbps <= budgetKbps)
    .sort((a, b) => b.accuracy - a.accuracy || a.bandwidthKbps - b.bandwidthKbps)[0];
}

/**
 * The clairvoyant oracle's frontier: from the cheapest configuration of every interval on, always the step that gains most accuracy
 * for its bytes. Each outcome is the most accurate one of its bytes among all whose intervals stand on their own hulls, and
 * their time-shared hull is that of every choice there is (Everett, Operations Research 1963).
 * @param chooseBy captures that the choice is made on
 * @param scoreBy captures that it is scored on; with other ones than it was chosen by, luck is partly taken out (split halves)
 */
export function oracleFrontier(
  grid: Grid,
  intervalSeconds: number,
  chooseBy: Captures = ALL,
  scoreBy: Captures = ALL,
): GridChoice[] {
  const hulls = grid.map((interval) =>
    timeSharedHull(
      interval.map((point, place) => ({
        place,
        bandwidthKbps: point.bytes,
        accuracy: accuracyOf(point, chooseBy),
      })),
    ),
  );
  const steps = hulls.flatMap((hull, interval) =>
    hull.slice(1).map((to, i) => ({ interval, place: to.place, gain: slope(hull[i] ?? to, to) })),
  );
  steps.sort((a, b) => b.gain - a.gain);
  let configurations = hulls.map(([cheapest]) => cheapest?.place ?? 0);
  const first = outcomeOf(grid, configurations, intervalSeconds, scoreBy);
  let { bandwidthKbps, accuracy } = first;
  // A step changes one interval, and so the means by its share: a long run has thousands of steps.
  const scored = (interval: number, place: number): Outcome => {
    const point = grid[interval]?.[place];
    return point
      ? {
          bandwidthKbps: (point.bytes * 8) / 1000 / intervalSeconds / grid.length,
          accuracy: accuracyOf(point, scoreBy) / grid.length,
        }
      : { bandwidthKbps: 0, accuracy: 0 };
  };
  return [
    first,
    ...steps.map(({ interval, place }) => {
      const [before, after] = [scored(interval, configurations[interval] ?? 0), scored(interval, place)];
      configurations = configurations.with(interval, place);
      bandwidthKbps += after.bandwidthKbps - before.bandwidthKbps;
      accuracy += after.accuracy - before.accuracy;
      return { configurations, bandwidthKbps, accuracy };
    }),
  ];
}

/**
 * The oracle with luck partly taken out: chosen on the even captures and scored on the odd ones, and the other way round; both halves averaged at equal bandwidth.
 * No hull is taken of what was scored, since that would choose once more.
 */
export const splitHalfFrontier = (grid: Grid, intervalSeconds: number): Outcome[] =>
  meanCurve(
    oracleFrontier(grid, intervalSeconds, EVEN, ODD),
    oracleFrontier(grid, intervalSeconds, ODD, EVEN),
  );

/** The mean of two curves at equal bandwidth, where both are known. Both by rising bandwidth. */
export function meanCurve(a: readonly Outcome[], b: readonly Outcome[]): Outcome[] {
  const at = [...new Set([...a, ...b].map(({ bandwidthKbps }) => bandwidthKbps))].sort((x, y) => x - y);
  return at.flatMap((bandwidthKbps) => {
    const [one, other] = [accuracyAt(a, bandwidthKbps), accuracyAt(b, bandwidthKbps)];
    return one === null || other === null ? [] : [{ bandwidthKbps, accuracy: (one + other) / 2 }];
  });
}

/** Between its neighbours on a path of rising bandwidth; null outside. */
export function accuracyAt(path: readonly Outcome[], bandwidthKbps: number): number | null {
  const next = path.findIndex((outcome) => outcome.bandwidthKbps >= bandwidthKbps);
  const [before, after] = [path[next - 1], path[next]];
  if (!after) return null;
  if (!before) return after.bandwidthKbps === bandwidthKbps ? after.accuracy : null;
  const share = (bandwidthKbps - before.bandwidthKbps) / (after.bandwidthKbps - before.bandwidthKbps);
  return before.accuracy + share * (after.accuracy - before.accuracy);
}

/**
 * The upper hull of some outcomes, by rising bandwidth: what can be had by sharing time among them.
 * @returns only outcomes that no mix of others beats
 */
export function timeSharedHull<T extends Outcome>(outcomes: readonly T[]): T[] {
  const sorted = [...outcomes].sort((a, b) => a.bandwidthKbps - b.bandwidthKbps || b.accuracy - a.accuracy);
  const hull: T[] = [];
  for (const next of sorted) {
    const newest = hull.at(-1);
    if (newest && next.accuracy <= newest.accuracy) continue;
    for (;;) {
      const [before, last] = [hull.at(-2), hull.at(-1)];
      if (!before || !last || slope(before, last) > slope(last, next)) break;
      hull.pop();
    }
    hull.push(next);
  }
  return hull;
}

const slope = (a: Outcome, b: Outcome): number =>
  (b.accuracy - a.accuracy) / Math.max(1e-12, b.bandwidthKbps - a.bandwidthKbps);

/**
 * Bandwidth at which an accuracy is reached on the hull, interpolated.
 * @param hull as {@link timeSharedHull} gives it
 * @returns null where it is above all that is reached. Below the cheapest outcome, that one's bandwidth
 */
export function bandwidthAt(hull: readonly Outcome[], accuracy: number): number | null {
  const at = hull.findIndex((outcome) => outcome.accuracy >= accuracy);
  const [below, above] = [hull[at - 1], hull[at]];
  if (!above) return null;
  if (!below) return above.bandwidthKbps;
  const share = (accuracy - below.accuracy) / (above.accuracy - below.accuracy);
  return below.bandwidthKbps + share * (above.bandwidthKbps - below.bandwidthKbps);
}
