/**
 * Lanes: endless conveyors of places along a path. Everything on a lane moves alike, so nothing collides within it,
 * and who is where is a closed form of the distance travelled.
 *
 * Places come in platoons: `slots` places, `spacing` metres apart, the first at `stop` metres along the path when the
 * lane rests, one platoon every `period` metres. Where a lane obeys a signal, it advances by one period for each
 * cycle of the signal; nobody rests on the stretch between the platoons, which therefore may be a crossing.
 */
import type { Vec3 } from './shape.ts';

/** East (x) and south (z) of the scene's middle, metres. */
export type Ground = readonly [number, number];

export interface Signal {
  /** Length of the cycle, seconds at everyday speed. */
  readonly cycleSeconds: number;
  /** Shares of the cycle in which the lane starts and ends moving. */
  readonly goFrom: number;
  readonly goUntil: number;
}

export type Users = 'traffic' | 'people' | 'bicycles';

export interface Lane {
  readonly users: Users;
  readonly path: readonly Ground[];
  /** Metres a second at everyday speed; 0: parked, or standing about. With a signal, the signal decides. */
  readonly speed: number;
  readonly spacing: number;
  readonly slots: number;
  readonly period: number;
  readonly stop: number;
  readonly signal?: Signal;
  /** Share of the places taken at full density. */
  readonly fill: number;
  /** Share of trucks in traffic. */
  readonly trucks: number;
  /** Largest sideways offset from the path, metres. */
  readonly stray: number;
}

/** A place on a lane that has come into view. */
export interface Place {
  /** Which place of the endless lane: the identity of whoever stands there. */
  readonly index: number;
  /** Number of the place within its platoon, 0 at its head. */
  readonly slot: number;
  /** Metres along the path. */
  readonly along: number;
}

/**
 * Metres by which a lane has moved on.
 * @param travelSeconds time travelled at everyday speed: the integral of the speed slider, not the clock
 */
export function advance(lane: Lane, travelSeconds: number): number {
  if (lane.signal === undefined) return lane.speed * travelSeconds;
  const { cycleSeconds, goFrom, goUntil } = lane.signal;
  const cycles = travelSeconds / cycleSeconds;
  const whole = Math.floor(cycles);
  const share = Math.min(1, Math.max(0, (cycles - whole - goFrom) / (goUntil - goFrom)));
  return lane.period * (whole + ease(share));
}

/** Speeds up over the first fifth, slows down over the last. */
function ease(t: number): number {
  const ramp = 0.2;
  const top = 1 / (1 - ramp);
  if (t < ramp) return (top * t * t) / (2 * ramp);
  if (t > 1 - ramp) return 1 - (top * (1 - t) * (1 - t)) / (2 * ramp);
  return top * (t - ramp / 2);
}

/** Is the lane standing still at that moment? */
export const isResting = (lane: Lane, travelSeconds: number): boolean =>
  advance(lane, travelSeconds + 0.05) - advance(lane, travelSeconds - 0.05) < 0.01;

/** The places that lie on the path after an advance, head of the lane first. */
export function placesInView(lane: Lane, advanced: number): Place[] {
  const length = pathLength(lane.path);
  const places: Place[] = [];
  const first = Math.ceil((length - lane.stop - advanced) / lane.period) + 1;
  const last = Math.floor((-lane.stop - advanced) / lane.period) - 1;
  for (let platoon = first; platoon >= last; platoon--) {
    for (let slot = 0; slot < lane.slots; slot++) {
      const along = lane.stop + platoon * lane.period - slot * lane.spacing + advanced;
      // An identity has to stay with a place as it moves, so it counts platoons, which keep their number.
      if (along >= 0 && along <= length) places.push({ index: platoon * lane.slots + slot, slot, along });
    }
  }
  return places;
}

export function pathLength(path: readonly Ground[]): number {
  let length = 0;
  for (let i = 0; i + 1 < path.length; i++) length += segment(path, i).length;
  return length;
}

/** Where a path is after some metres: position [x, 0, z] and heading (radians from east towards north). */
export function pointOnPath(path: readonly Ground[], along: number): { position: Vec3; heading: number } {
  let rest = along;
  for (let i = 0; i + 1 < path.length; i++) {
    const { from, to, length } = segment(path, i);
    if (rest <= length || i + 2 === path.length) {
      const t = length === 0 ? 0 : rest / length;
      return {
        position: [from[0] + (to[0] - from[0]) * t, 0, from[1] + (to[1] - from[1]) * t],
        heading: Math.atan2(-(to[1] - from[1]), to[0] - from[0]),
      };
    }
    rest -= length;
  }
  throw new Error('A path needs at least two points.');
}

function segment(path: readonly Ground[], index: number): { from: Ground; to: Ground; length: number } {
  const from = path[index] ?? [0, 0];
  const to = path[index + 1] ?? from;
  return { from, to, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
}
