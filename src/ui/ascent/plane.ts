/** A run as points in the plane of two knobs. */
import type { Knobs } from '../../domain/configuration.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { stepOf, type KnobName } from '../../domain/knob.ts';
import type { Point } from './localModel.ts';

/** Intervals of the path that stay visible. */
const PATH_LENGTH = 60;

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

export function pathOf(
  records: readonly IntervalRecord[],
  knobs: Knobs,
  [x, y]: readonly [KnobName, KnobName],
): PathPoint[] {
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
