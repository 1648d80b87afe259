import { expect, it } from 'vitest';
import { topConfiguration } from '../domain/configuration.ts';
import { createProfilingDesk, gpuMsPerSecond, lateIntervals, profilingMs } from './profiling.ts';
import { knobs, observation } from './testTrace.ts';

const TOP = topConfiguration(knobs);
const profiled = (frames: number, configuration = TOP) => ({
  configuration,
  frames,
  accuracy: 1,
  bandwidthKbps: 100,
});

it('takes every frame of every configuration, and the captures at the most expensive one', () => {
  const cost = {
    inferenceMs: 20,
    backwardMs: 50,
    rungs: { member: { 'street-nano': { inferenceMs: 4, backwardMs: 8 } } },
  };
  const small = profiled(5, { ...TOP, member: 'street-nano' });
  expect(gpuMsPerSecond(knobs, small, cost)).toBeCloseTo(20);
  // 10 · 20 at the top, 10 · 20 and 5 · 4.
  expect(profilingMs(knobs, [profiled(10), small], cost)).toBeCloseTo(420);
});

it('is late by the intervals that it takes beyond the first', () => {
  expect([0, 400, 1000, 1001, 2000, 2300].map(lateIntervals)).toEqual([0, 0, 0, 1, 1, 2]);
});

it('gives one answer at a time, when it is there', () => {
  const desk = createProfilingDesk(knobs);
  // 10 · 60 at the top and 10 · 60 are 1.2 s.
  const gpuCost = { inferenceMs: 60, backwardMs: 0 };
  const asked = [profiled(10)];
  expect(desk.answer(observation({ gpuCost, profiled: asked }))).toBeNull();
  expect(desk.isBusy()).toBe(true);
  expect(desk.answer(observation({ gpuCost }))).toBe(asked);
  expect(desk.isBusy()).toBe(false);
  expect(desk.answer(observation({ gpuCost }))).toBeNull();
});
