import { expect, it } from 'vitest';
import type { Detection } from '../../domain/detection.ts';
import { f1PerUnit } from '../../gradients/calibrated.ts';
import type { FrameOption, LatePair } from '../../gradients/frameForecast.ts';
import { at } from '../testTrace.ts';
import { createLateness } from './lateness.ts';

const USUAL = f1PerUnit('frameRate');
const RAN = at(0, 1);
const { frameRate, pixelFilter, areaFilter, edgeFilter } = RAN;
const CHOICE = { frameRate, pixelFilter, areaFilter, edgeFilter };
const ALL = [0, 1, 2, 3];
/** All that was tried is what ran. */
const ran = (shown: readonly number[]): FrameOption[] => [
  { choice: CHOICE, shown, loss: 0, frames: new Set(shown).size },
];
const box = (x: number): Detection => ({ x, y: 0, width: 10, height: 10, label: 'car', score: 0.9 });
const frames = (...list: readonly (readonly Detection[])[]) =>
  list.map((detections) => ({ detections, proposals: [] }));
/** Two cars of which one leaves after the second frame: what is shown then is right of one of two, so that F1 is 2/3. */
const LEAVING = frames([box(0), box(50)], [box(0), box(50)], [box(0)], [box(0)]);

/** Pairs 1 ← 0 and 3 ← 1, which the forecast puts at 2 and 8. */
const LATE: readonly LatePair[] = [
  { capture: 1, shown: 0, loss: 2 },
  { capture: 3, shown: 1, loss: 8 },
];
const told = (seen: ReturnType<typeof frames>, sent: readonly number[], intervals = 1): number => {
  const lateness = createLateness(1);
  const observed = { forecast: ran(sent), late: LATE, configuration: RAN, seen, cut: false };
  for (let i = 0; i < intervals; i += 1) lateness.observe(observed);
  return lateness.f1PerUnit();
};

it('is what is usual until something was seen, and where no filter is in play', () => {
  const lateness = createLateness(0.8);
  expect(lateness.f1PerUnit()).toBe(USUAL);
  lateness.observe({ forecast: null, late: [], configuration: RAN, seen: LEAVING, cut: false });
  expect(lateness.f1PerUnit()).toBe(USUAL);
});

it('holds what was found on a frame against what was found on a later one that was sent too, by hand', () => {
  // Of the one nothing was lost, of the other a third: for 10 that were expected, a 30th of F1 a unit.
  expect(told(LEAVING, ALL)).toBeCloseTo((2 / 30 + 5 * USUAL) / 7, 9);
  expect(told(LEAVING, ALL, 400)).toBeCloseTo(1 / 30, 3);
});

it('is told nothing by frames that were not sent, nor by a street where nobody is', () => {
  expect(told(LEAVING, [0, 0, 0, 0])).toBe(USUAL);
  expect(told(frames([], [], [], []), ALL)).toBe(USUAL);
});

it('is told nothing where not every capture was looked at', () => {
  expect(told(LEAVING.slice(1), ALL)).toBe(USUAL);
});

it('holds an interval’s last frame against the next one’s first, but not across a cut', () => {
  // One frame a second, which was expected to lose 6 by the end; a car has left since: a third is lost.
  const late = [1, 2, 3].map((capture) => ({ capture, shown: 0, loss: 2 * capture }));
  const after = (cut: boolean): number => {
    const lateness = createLateness(1);
    const observed = { forecast: ran([0, 0, 0, 0]), late, configuration: RAN };
    lateness.observe({ ...observed, seen: frames([box(0), box(50)], [], [], []), cut: false });
    lateness.observe({ ...observed, seen: frames([box(0)], [], [], []), cut });
    return lateness.f1PerUnit();
  };
  expect(after(false)).toBeCloseTo((1 / 18 + 5 * USUAL) / 6, 9);
  expect(after(true)).toBe(USUAL);
});

it('lets no interval count for more than five pairs, however many it has', () => {
  // Six pairs, of which each was expected to lose one; the other car is lost in those that cross its leaving: four times a third.
  const late = ALL.flatMap((capture) => ALL.slice(0, capture).map((shown) => ({ capture, shown, loss: 1 })));
  const lateness = createLateness(1);
  lateness.observe({ forecast: ran(ALL), late, configuration: RAN, seen: LEAVING, cut: false });
  expect(lateness.f1PerUnit()).toBeCloseTo((5 * (4 / 3 / 6) + 5 * USUAL) / 10, 9);
});
