import { expect, it } from 'vitest';
import type { FrameChoice } from '../../domain/configuration.ts';
import { ladders } from '../../domain/ladders.ts';
import type { FrameOption } from '../../gradients/frameForecast.ts';
import { createFramePlan } from './framePlan.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const OFF = 6;
const FIXED = { frameRate: 3, pixelFilter: OFF, areaFilter: OFF, edgeFilter: OFF };
const planOf = (memory = 0) => {
  const plan = createFramePlan(knobs, FIXED, memory);
  const observe = (options: readonly FrameOption[], cut = false): void => plan.observe(options, cut);
  return { ...plan, observe };
};

/** Tried at full rate, by the rung of the pixel filter. */
const tried = (pixelRung: number, frames: number, loss: number, frameRate = 10): FrameOption => {
  const pixelFilter = Number(knobs.pixelFilter.values[pixelRung]);
  const choice: FrameChoice = { frameRate, pixelFilter, areaFilter: 0, edgeFilter: 0 };
  return { choice, frames, loss, shown: [] };
};
const rungsOf = (plan: ReturnType<typeof planOf>): number[] =>
  plan.choices(3).map(({ rungs }) => rungs.pixelFilter);

it('weighs only what no other beats in frames and loss, few frames to many', () => {
  const plan = planOf();
  plan.observe([tried(0, 1, 0.4), tried(2, 4, 0.5), tried(4, 4, 0.2), tried(5, 8, 0.3), tried(OFF, 10, 0)]);
  expect(rungsOf(plan)).toEqual([0, 4, OFF]);
});

it('takes the lower threshold where two do the same, since it sees more of what comes', () => {
  const plan = planOf();
  plan.observe([tried(0, 1, 0), tried(3, 1, 0), tried(5, 1, 0), tried(OFF, 10, 0)]);
  expect(rungsOf(plan)).toEqual([5, OFF]);
});

it('weighs the frame rates with the thresholds, and of what does the same takes the one that looks more often', () => {
  const plan = planOf();
  plan.observe([
    tried(OFF, 5, 0.1, 5),
    tried(4, 5, 0.2),
    tried(OFF, 1, 0.4, 1),
    tried(2, 1, 0.4),
    tried(OFF, 10, 0),
  ]);
  expect(plan.choices(null).map(({ rungs }) => [rungs.frameRate, rungs.pixelFilter])).toEqual([
    [3, 2],
    [2, OFF],
    [3, OFF],
  ]);
});

it('expects frames between those of two rates, and the rate itself where nothing was tried', () => {
  const plan = planOf();
  const at = (frameRate: number) => ({ frameRate, pixelFilter: 4 / 6 });
  expect(plan.frames(at(1))).toBe(10);
  plan.observe([tried(4, 3, 0.1, 5), tried(4, 4, 0.1)]);
  expect(plan.frames(at(1))).toBe(4);
  expect(plan.frames(at(2 / 3))).toBeCloseTo(3, 9);
  expect(plan.frames(at(5 / 6))).toBeCloseTo(3.5, 9);
  expect(plan.frames({})).toBe(10);
});

const AT_FOUR = { frameRate: 3, pixelFilter: 4, areaFilter: OFF, edgeFilter: OFF };

it('remembers what each threshold did before, the first second as one second and no more', () => {
  const plan = planOf(0.5);
  plan.observe([tried(4, 2, 0)]);
  plan.observe([tried(4, 5, 0.3)]);
  // (½·2 + 5) / (½ + 1)
  expect(plan.choice(AT_FOUR)?.frames).toBeCloseTo(4, 9);
  expect(plan.choice(AT_FOUR)?.loss).toBeCloseTo(0.2, 9);
});

it('forgets after a cut what the thresholds did to the content before', () => {
  const plan = planOf(0.5);
  plan.observe([tried(4, 2, 0)]);
  plan.observe([tried(4, 8, 0.4)], true);
  expect(plan.choice(AT_FOUR)).toMatchObject({ frames: 8, loss: 0.4 });
  plan.observe([tried(4, 5, 0.1)]);
  expect(plan.choice(AT_FOUR)?.frames).toBeCloseTo(6, 9);
});
