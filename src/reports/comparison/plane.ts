/** The accuracy-bandwidth plane: where its axis of accuracy begins, and where labels stand. */
import { timeSharedHull, type Outcome } from '../../domain/hindsight.ts';

export interface LogAxis {
  /** kbps, above 0 */
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Less is nothing: no encoder spends a frame on so few, kbps. */
const LEAST_KBPS = 1;
const STEPS = [1, 2, 5];
/** More of them would touch; then only powers of ten are labelled. */
const MOST_TICKS = 7;

/**
 * A logarithmic axis that holds all bandwidths, its ends at 1, 2 or 5 times a power of ten: policies differ by factors, and
 * what keeps to a small budget would not be told apart beside what keeps to none.
 */
export function bandwidthAxis(kbps: readonly number[]): LogAxis {
  const known = kbps.map((value) => Math.max(LEAST_KBPS, value));
  const [least, most] = known.length === 0 ? [10, 1000] : [Math.min(...known), Math.max(...known)];
  const rungs = Array.from({ length: 8 }, (_, power) => STEPS.map((step) => step * 10 ** power)).flat();
  const low = rungs.findLast((rung) => rung <= least) ?? LEAST_KBPS;
  const high = rungs.find((rung) => rung >= most && rung > low) ?? most;
  const inside = rungs.filter((rung) => rung >= low && rung <= high);
  const decades = inside.filter((rung) => Number.isInteger(Math.log10(rung)));
  return { low, high, ticks: inside.length > MOST_TICKS ? decades : inside };
}

/** The line through some outcomes, straight where bandwidth is linear, as points of a logarithmic axis. */
export function bent(outcomes: readonly Outcome[], axis: LogAxis): Outcome[] {
  return outcomes.flatMap((to, i) => {
    const from = outcomes[i - 1];
    if (!from) return [to];
    const parts = Math.ceil(
      (BEND_PARTS * Math.log(to.bandwidthKbps / from.bandwidthKbps)) / Math.log(axis.high / axis.low),
    );
    return Array.from({ length: Math.max(1, parts) }, (_, part) => {
      const share = (part + 1) / Math.max(1, parts);
      return {
        bandwidthKbps: from.bandwidthKbps + share * (to.bandwidthKbps - from.bandwidthKbps),
        accuracy: from.accuracy + share * (to.accuracy - from.accuracy),
      };
    });
  });
}

/** Pieces of a line over the whole axis: enough to look bent. */
const BEND_PARTS = 40;

/** A round number below the least accuracy shown. */
export function lowerEnd(outcomes: readonly Pick<Outcome, 'accuracy'>[]): number {
  const least = outcomes.reduce((low, { accuracy }) => Math.min(low, accuracy), 1);
  return Math.max(0, Math.min(0.8, Math.floor(least * 5) / 5));
}

/** A sweep's cell may hold dozens of them. */
const MOST_NAMES = 14;

/**
 * Places of the outcomes that have room for a name: all, or where those are too many the ones on the frontier, left of which nothing stands.
 * @param room for labels, pixels
 * @param height of a label, pixels
 */
export const namedPlaces = (outcomes: readonly Outcome[], room: number, height: number): number[] => {
  const placed = outcomes.map(({ bandwidthKbps, accuracy }, place) => ({ bandwidthKbps, accuracy, place }));
  const fits = placed.length <= Math.min(MOST_NAMES, room / height);
  return (fits ? placed : timeSharedHull(placed)).map(({ place }) => place);
};

interface Cluster {
  readonly members: readonly number[];
  readonly middle: number;
}

/**
 * Where labels stand so that none covers another: those that would touch share their room about the middle of what they
 * want.
 * @param wanted middles of the labels, pixels
 * @param height of a label, pixels
 */
export function labelRows(wanted: readonly number[], height: number): number[] {
  const at = (i: number): number => wanted[i] ?? 0;
  const join = (a: Cluster, b: Cluster): Cluster => {
    const members = [...a.members, ...b.members];
    return { members, middle: members.reduce((sum, i) => sum + at(i), 0) / members.length };
  };
  const touch = (a: Cluster, b: Cluster): boolean =>
    b.middle - a.middle < ((a.members.length + b.members.length) / 2) * height;
  const clusters: Cluster[] = [];
  for (const i of wanted.map((_, place) => place).sort((a, b) => at(a) - at(b))) {
    let next: Cluster = { members: [i], middle: at(i) };
    for (let last = clusters.at(-1); last && touch(last, next); last = clusters.at(-1)) {
      clusters.pop();
      next = join(last, next);
    }
    clusters.push(next);
  }
  const rows = [...wanted];
  for (const { members, middle } of clusters)
    members.forEach((i, place) => (rows[i] = middle + (place - (members.length - 1) / 2) * height));
  return rows;
}

/** Where a mark's name stands beside it. */
export interface Label {
  /** Its middle, pixels; null: there is no room for it. */
  readonly row: number | null;
  /** 1: to the right. −1: to the left, where a long name would leave the plot else, and left of the frontier there is room. */
  readonly side: 1 | -1;
}

/**
 * @param marks where the outcomes stand, pixels
 * @param plot its ends, pixels
 * @param height of a label, pixels
 * @returns one for each outcome
 */
export function labelsOf(
  outcomes: readonly Outcome[],
  marks: readonly { readonly x: number; readonly y: number }[],
  plot: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>,
  height: number,
): Label[] {
  const named = namedPlaces(outcomes, plot.bottom - plot.top, height);
  const rows = labelRows(
    named.map((place) => marks[place]?.y ?? 0),
    height,
  );
  const middle = (plot.left + plot.right) / 2;
  return marks.map(({ x }, place) => ({
    row: rows[named.indexOf(place)] ?? null,
    side: named.length === marks.length || x < middle ? 1 : -1,
  }));
}
