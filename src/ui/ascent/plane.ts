/** A run as points in the plane of two knobs. */
import type { Knobs } from '../../domain/configuration.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { stepOf, type KnobName } from '../../domain/knob.ts';
import { useLab } from '../store/labStore.ts';
import type { Point } from './localModel.ts';

/** Intervals of the path that stay visible. */
const PATH_LENGTH = 60;

type Plane = readonly [x: KnobName, y: KnobName];

/** The plane that is drawn: an axis whose knob does not move gives way to the first tuned one, where there is one. */
export function shownPlane([x, y]: Plane, tuned: readonly KnobName[]): Plane {
  const moving = (name: KnobName, other: KnobName): KnobName =>
    tuned.includes(name) ? name : (tuned.find((candidate) => candidate !== other) ?? name);
  const across = moving(x, y);
  return [across, moving(y, across)];
}

export function usePlane(): Plane {
  const plane = useLab((state) => state.view.plane);
  const tuned = useLab((state) => state.draft.knobs);
  return shownPlane(plane, tuned);
}

export interface PathPoint extends Point {
  readonly index: number;
  readonly accuracy: number;
}

/** Place on the ladder of the value that ran; the top where the ladder does not hold it. */
export function rungOf(record: IntervalRecord, knobs: Knobs, name: KnobName): number {
  const knob = knobs[name];
  const index = knob.values.indexOf(record.configuration[name]);
  return index < 0 ? 1 : index * stepOf(knob);
}

/** Where the policy stood; the value that ran where it did not move the knob. */
const positionOf = (record: IntervalRecord, knobs: Knobs, name: KnobName): number =>
  record.positions[name] ?? rungOf(record, knobs, name);

export function pathOf(records: readonly IntervalRecord[], knobs: Knobs, [x, y]: Plane): PathPoint[] {
  return records.slice(-PATH_LENGTH).map((record) => ({
    index: record.index,
    accuracy: record.accuracy,
    x: positionOf(record, knobs, x),
    y: positionOf(record, knobs, y),
  }));
}

/** Lower end of the accuracy colours: the worst of the path, rounded down to a tenth. */
export function accuracyFloor(path: readonly PathPoint[]): number {
  const worst = Math.min(1, ...path.map((p) => p.accuracy));
  return Math.max(0, Math.min(0.9, Math.floor(worst * 10) / 10));
}
