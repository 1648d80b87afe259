import { expect, it } from 'vitest';
import type { Detection } from '../../domain/detection.ts';
import { f1PerUnit } from '../../gradients/calibrated.ts';
import type { FrameOption } from '../../gradients/frameForecast.ts';
import { at } from '../testTrace.ts';
import { createLateness } from './lateness.ts';

const USUAL = f1PerUnit('frameRate');
const RAN = at(0, 1);
const { frameRate, pixelFilter, areaFilter, edgeFilter } = RAN;
const CHOICE = { frameRate, pixelFilter, areaFilter, edgeFilter };
const ALL = [0, 1, 2, 3];
const option = (shown: readonly number[], losses: readonly number[], threshold = 0): FrameOption => {
  const choice = { ...CHOICE, pixelFilter: threshold };
  return { choice, shown, losses, loss: 0, frames: new Set(shown).size };
};
const box = (x: number): Detection => ({ x, y: 0, width: 10, height: 10, label: 'car', score: 0.9 });
const frames = (...list: readonly (readonly Detection[])[]) =>
  list.map((detections) => ({ detections, proposals: [] }));
/** Two cars of which one leaves after the second frame: what is shown then is right of one of two, so that F1 is 2/3. */
const LEAVING = frames([box(0), box(50)], [box(0), box(50)], [box(0)], [box(0)]);

const told = (
  seen: ReturnType<typeof frames>,
  sent: readonly number[],
  other: FrameOption,
  intervals = 1,
): number => {
  const lateness = createLateness(1);
  const forecast = [option(sent, [0, 0, 0, 0]), other];
  for (let i = 0; i < intervals; i += 1) lateness.observe({ forecast, configuration: RAN, seen, cut: false });
  return lateness.f1PerUnit();
};

it('is what is usual until something was seen, and where no filter is in play', () => {
  const lateness = createLateness(0.8);
  expect(lateness.f1PerUnit()).toBe(USUAL);
  lateness.observe({ forecast: null, configuration: RAN, seen: LEAVING, cut: false });
  expect(lateness.f1PerUnit()).toBe(USUAL);
});

it('holds what was found on a frame against what was found on a later one that was sent too, by hand', () => {
  // Pairs 1 ← 0 (nothing lost) and 3 ← 1 (a third lost), which the forecast puts at 2 and 8: a 30th of F1 a unit.
  const late = option([0, 0, 2, 1], [0, 2, 0, 8], 0.2);
  expect(told(LEAVING, ALL, late)).toBeCloseTo((2 / 30 + 5 * USUAL) / 7, 9);
  expect(told(LEAVING, ALL, late, 400)).toBeCloseTo(1 / 30, 3);
});

it('takes a pair once, however many choices show it', () => {
  const late = option([0, 0, 2, 1], [0, 2, 0, 8], 0.2);
  const lateness = createLateness(1);
  const again = [option(ALL, [0, 0, 0, 0]), late, { ...late, choice: { ...CHOICE, pixelFilter: 0.3 } }];
  lateness.observe({ forecast: again, configuration: RAN, seen: LEAVING, cut: false });
  expect(lateness.f1PerUnit()).toBeCloseTo((2 / 30 + 5 * USUAL) / 7, 9);
});

it('is told nothing by frames that were not sent, nor by a street where nobody is', () => {
  const late = option([0, 0, 2, 1], [0, 2, 0, 8], 0.2);
  expect(told(LEAVING, [0, 0, 0, 0], late)).toBe(USUAL);
  expect(told(frames([], [], [], []), ALL, late)).toBe(USUAL);
});

it('is told nothing where not every capture was looked at', () => {
  expect(told(LEAVING.slice(1), ALL, option([0, 0, 2, 1], [0, 2, 0, 8], 0.2))).toBe(USUAL);
});

it('holds an interval’s last frame against the next one’s first, but not across a cut', () => {
  // One frame a second, which was expected to lose 6 by the end; a car has left since: a third is lost.
  const rarely = option([0, 0, 0, 0], [0, 2, 4, 6]);
  const after = (cut: boolean): number => {
    const lateness = createLateness(1);
    const observed = { forecast: [rarely], configuration: RAN };
    lateness.observe({ ...observed, seen: frames([box(0), box(50)], [], [], []), cut: false });
    lateness.observe({ ...observed, seen: frames([box(0)], [], [], []), cut });
    return lateness.f1PerUnit();
  };
  expect(after(false)).toBeCloseTo((1 / 18 + 5 * USUAL) / 6, 9);
  expect(after(true)).toBe(USUAL);
});

it('lets no interval count for more than five pairs, however many it has', () => {
  const all = (step: number): readonly number[] => ALL.map((place) => Math.max(0, place - step));
  // Six pairs, of which each was expected to lose one; the other car is lost in those that cross its leaving: four times a third.
  const late = [1, 2, 3].map((step) => option(all(step), [0, 1, 1, 1], step));
  const lateness = createLateness(1);
  const forecast = [option(ALL, [0, 0, 0, 0]), ...late];
  lateness.observe({ forecast, configuration: RAN, seen: LEAVING, cut: false });
  expect(lateness.f1PerUnit()).toBeCloseTo((5 * (4 / 3 / 6) + 5 * USUAL) / 10, 9);
});
