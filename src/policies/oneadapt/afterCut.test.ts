import { expect, it } from 'vitest';
import { NO_BUDGET, ZERO_PRICES, type Budget } from '../../domain/budget.ts';
import { PUBLISHED_ONEADAPT } from '../../domain/experiment.ts';
import { passCost } from '../../domain/gpuCost.ts';
import { DEFAULT_KNOBS } from '../../domain/knob.ts';
import { gpuCost, SLOPE, knobs, observe, options, policyOf } from './testPipeline.ts';
import { createOneAdapt } from './oneadapt.ts';
import type { Observation } from '../policy.ts';

/** A picture that a better quantizer helps as much as any could, and a climb that takes small steps. */
const MUCH_TO_WIN: Pick<Observation, 'evidence'> = {
  evidence: {
    quantizer: {
      estimates: { signed: 9, distortion: 9, towardSource: 9 },
      logBandwidthSlope: SLOPE.quantizer,
      flat: false,
    },
  },
};
const SLOWLY = 0.001;

it('with a price says where to stand after a cut, which is where it starts, and goes on from what ran there', () => {
  const policy = policyOf({ bandwidthPrice: 0.06, calibrated: true, learningRate: SLOWLY });
  const start = policy.first();
  expect(start.afterCut).toBeUndefined();
  const dark = { ...start.configuration, quantizer: 240, codec: 'av1' } as const;
  const elsewhere = policy.next(observe(dark, NO_BUDGET, 1)).afterCut;
  expect(elsewhere?.configuration).toEqual(start.configuration);
  expect(elsewhere?.positions).toMatchObject({ resolution: 1, frameRate: 1 });
  // So much is to be won that the ascent rises as far as it may, from there and not from the dark.
  const ran = elsewhere?.configuration ?? dark;
  const went = policy.next({ ...observe(ran, NO_BUDGET, 1), ...MUCH_TO_WIN, cut: true }).positions;
  expect(went.quantizer).toBeCloseTo((elsewhere?.positions.quantizer ?? 0) + SLOWLY, 9);
});

it('goes on from the stand alike, whatever it had carried over before the cut', () => {
  const after = Array.from({ length: 6 }, (_, seconds) => {
    // By so much it rises from the stand to half-way between two rungs, which then run in turn.
    const policy = policyOf({ bandwidthPrice: 0.2, calibrated: true, learningRate: 0.055 });
    let decision = policy.first();
    for (let i = 0; i <= seconds; i += 1)
      decision = policy.next({ ...observe(decision.configuration, NO_BUDGET, 1), ...MUCH_TO_WIN });
    const stand = decision.afterCut?.configuration ?? decision.configuration;
    return policy.next({ ...observe(stand, NO_BUDGET, 1), ...MUCH_TO_WIN, cut: true });
  });
  expect(new Set(after.map(({ configuration }) => configuration.quantizer)).size).toBe(1);
});

it('goes on from where it was where the interval did not stand there, such as under a budget that came meanwhile', () => {
  const policy = policyOf({ bandwidthPrice: 0.06, calibrated: true, learningRate: SLOWLY });
  const first = policy.first();
  const dark = { ...first.configuration, quantizer: 240 } as const;
  const before = policy.next(observe(dark, NO_BUDGET, 1));
  const stayed = policy.next({ ...observe(dark, NO_BUDGET, 1), ...MUCH_TO_WIN, cut: true });
  expect(stayed.positions.quantizer).toBeCloseTo((before.positions.quantizer ?? 0) + SLOWLY, 9);
  expect(before.positions.quantizer).not.toBeCloseTo(before.afterCut?.positions.quantizer ?? 0, 2);
});

it('says where to stand after a cut from the first decision on where it goes on from another policy', () => {
  const before = policyOf({ bandwidthPrice: 0.06, calibrated: true }).first();
  const context = { knobs, active: DEFAULT_KNOBS, budget: NO_BUDGET, gpuCost };
  const start = { ...before, configuration: { ...before.configuration, quantizer: 240 } };
  const after = createOneAdapt(options({ bandwidthPrice: 0.06, calibrated: true }), { ...context, start });
  expect(after.first().configuration.quantizer).toBe(240);
  expect(after.first().afterCut?.configuration).toEqual(before.configuration);
});

it('says where to stand within a budget of bandwidth too, which is where it would start in it, and under which budget', () => {
  const budget = { bandwidthKbps: 400, gpuMsPerSecond: null };
  const context = { knobs, active: DEFAULT_KNOBS, start: null, budget, gpuCost };
  const start = createOneAdapt(options(), context).first().configuration;
  const policy = policyOf({ calibrated: true });
  const { afterCut } = policy.next(observe({ ...start, quantizer: 240 }, budget, 1));
  expect(afterCut).toMatchObject({ configuration: start, budget });
});

it('stands after a cut at a frame rate that a budget of detector time pays for, with the detector as it is', () => {
  const budget = { bandwidthKbps: 400, gpuMsPerSecond: 60 };
  const policy = policyOf({ calibrated: true });
  const { configuration } = policy.first();
  // 20 ms a frame, or 5.
  const cheap = { ...configuration, inputSize: String(knobs.inputSize.values[0]), frameRate: 10 };
  const { inferenceMs } = passCost(knobs, cheap, gpuCost);
  expect(inferenceMs).toBeLessThan(6);
  expect(policy.next(observe(configuration, budget, 1)).afterCut?.configuration.frameRate).toBe(2);
  const context = { knobs, active: DEFAULT_KNOBS, budget, gpuCost };
  const start = { configuration: cheap, positions: {}, prices: ZERO_PRICES };
  const pinned = createOneAdapt(options({ calibrated: true }), { ...context, start });
  expect(pinned.first().afterCut?.configuration.frameRate).toBe(10);
});

it('says nothing of cuts where bytes cost nothing, as published, nor within a budget with zero lag', () => {
  const after = (options: Parameters<typeof policyOf>[0], bound: Partial<Budget> = {}) => {
    const policy = policyOf(options);
    return policy.next(observe(policy.first().configuration, { ...NO_BUDGET, ...bound }, 1)).afterCut;
  };
  expect(after({ calibrated: true, bandwidthPrice: null })).toBeUndefined();
  expect(after({ calibrated: true }, { gpuMsPerSecond: 100 })).toBeUndefined();
  expect(after({ ...PUBLISHED_ONEADAPT, bandwidthPrice: 0.06 })).toBeUndefined();
  expect(after({ ...PUBLISHED_ONEADAPT }, { bandwidthKbps: 400 })).toBeUndefined();
  expect(after({ rule: 'adam', calibrated: true, bandwidthPrice: 0.06 })).toBeUndefined();
  expect(after({ calibrated: true, lag: 'zero' }, { bandwidthKbps: 400 })).toBeUndefined();
  expect(after({ calibrated: true, lag: 'zero', bandwidthPrice: 0.06 })).toBeDefined();
});
