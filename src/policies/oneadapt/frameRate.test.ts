/** Where the frame rate starts, and how far it falls where skipping frames seems to cost nothing. */
import { expect, it } from 'vitest';
import { NO_BUDGET, type Budget } from '../../domain/budget.ts';
import { passCost } from '../../domain/gpuCost.ts';
import { box, seeing } from '../testTrace.ts';
import { createOneAdapt } from './oneadapt.ts';
import { gpuCost, knobs, observe, options } from './testPipeline.ts';

const FLAT = { signed: 0, distortion: 0, towardSource: 0 };
const NOTHING = [seeing()];
const SOMEBODY = [seeing(box(10, 10, 20))];

/** Frame rates of ten seconds in which the gradient tells of no loss. */
function rates(seen: typeof NOTHING, budget: Budget): number[] {
  const policy = createOneAdapt(options({ bandwidthPrice: 0.25, calibrated: true }), {
    ...{ knobs, active: ['frameRate'], start: null, budget, gpuCost },
  });
  let decision = policy.first();
  return Array.from({ length: 10 }, () => {
    const { configuration } = decision;
    decision = policy.next({
      ...observe(configuration, budget, 1),
      seen,
      evidence: { frameRate: { estimates: FLAT, logBandwidthSlope: 1.1, flat: false } },
    });
    return configuration.frameRate;
  });
}

it('stays within a budget that the other knobs keep while nothing is found, however much finer they could be without some frames', () => {
  const budget = { bandwidthKbps: 900, gpuMsPerSecond: null };
  const ran = (seen: typeof NOTHING): number[] => {
    const policy = createOneAdapt(options({ calibrated: true }), {
      ...{ knobs, active: ['resolution', 'quantizer', 'frameRate'], start: null, budget, gpuCost },
    });
    let decision = policy.first();
    return Array.from({ length: 12 }, () => {
      const observed = observe(decision.configuration, budget, 1);
      const frameRate = { estimates: FLAT, logBandwidthSlope: 1.1, flat: false };
      decision = policy.next({ ...observed, seen, evidence: { ...observed.evidence, frameRate } });
      return decision.configuration.frameRate;
    });
  };
  expect(new Set(ran(NOTHING))).toEqual(new Set([10]));
  // A tenth of the ladder a second, whose rungs are a third apart.
  const found = ran(SOMEBODY);
  expect(found.slice(0, 3).every((rate) => rate >= 5)).toBe(true);
  expect(found.at(-1)).toBe(1);
});

it('stays at a price while nothing is found, since that tells nothing of the one who comes', () => {
  expect(new Set(rates(NOTHING, NO_BUDGET))).toEqual(new Set([10]));
});

it('falls slowly at a price while something is found', () => {
  const found = rates(SOMEBODY, NO_BUDGET);
  expect(found.slice(0, 3).every((rate) => rate >= 5)).toBe(true);
  expect(found.at(-1)).toBeLessThan(5);
});

it('falls at once where a budget of detector time is lowered, whatever is found, and no further than that asks', () => {
  const ms = (gpuMsPerSecond: number): Budget => ({ bandwidthKbps: null, gpuMsPerSecond });
  for (const seen of [NOTHING, SOMEBODY]) {
    const policy = createOneAdapt(options({ calibrated: true }), {
      ...{ knobs, active: ['frameRate'], start: null, budget: ms(250), gpuCost },
    });
    let { configuration } = policy.first();
    const rates = [250, 250, 120, 120, 120].map((budget) => {
      const frameRate = { estimates: FLAT, logBandwidthSlope: 1.1, flat: false };
      const observed = { ...observe(configuration, ms(budget), 1), seen, evidence: { frameRate } };
      ({ configuration } = policy.next(observed));
      return configuration.frameRate;
    });
    // 20 ms a frame.
    expect(rates).toEqual([10, 10, 5, 5, 5]);
  }
});

it('falls at once where a budget asks for less', () => {
  expect(rates(NOTHING, { bandwidthKbps: 300, gpuMsPerSecond: null })[1]).toBeLessThan(5);
});

it('starts at the rate that a budget or a price of detector time asks of a typical content, with a filter beside it or not', () => {
  const startsAt = (gpuPrice: number | null, gpuMsPerSecond: number | null): number[] =>
    [['frameRate'] as const, ['frameRate', 'pixelFilter'] as const].map((active) => {
      const budget = { bandwidthKbps: null, gpuMsPerSecond };
      const context = { knobs, active, start: null, budget, gpuCost };
      return createOneAdapt(options({ calibrated: true, gpuPrice }), context).first().configuration.frameRate;
    });
  // 20 ms a frame: two a second and no more.
  expect(startsAt(null, 60)).toEqual([2, 2]);
  // 0.03 F1 a frame: 2 frames a second and 0.209 lost are 0.269, 5 and 0.085 are 0.235, 10 are 0.3.
  expect(startsAt(1.5, null)).toEqual([5, 5]);
  expect(startsAt(null, null)).toEqual([10, 10]);
});

it('reckons with the detector that it starts with, where the server’s knobs move too', () => {
  const budget = { bandwidthKbps: null, gpuMsPerSecond: 60 };
  const context = {
    knobs,
    active: ['inputSize', 'member', 'frameRate'] as const,
    start: null,
    budget,
    gpuCost,
  };
  const { configuration } = createOneAdapt(options({ calibrated: true }), context).first();
  const { inferenceMs } = passCost(knobs, configuration, gpuCost);
  // With every knob at rest a frame takes 20 ms, and 60 would pay for two.
  expect(inferenceMs).toBeLessThan(gpuCost.inferenceMs);
  expect(configuration.frameRate).toBe(5);
  expect(5 * inferenceMs).toBeLessThanOrEqual(60);
  expect(10 * inferenceMs).toBeGreaterThan(60);
});
