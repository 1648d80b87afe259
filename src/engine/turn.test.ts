import { expect, it } from 'vitest';
import { NO_BUDGET, type Budget } from '../domain/budget.ts';
import { topConfiguration } from '../domain/configuration.ts';
import { ladders } from '../domain/ladders.ts';
import type { Decision, Policy } from '../policies/policy.ts';
import { decisionThatRan, planOf, type Turn } from './turn.ts';

const TOP = topConfiguration(ladders({ width: 640, height: 384 }, 255));
const ANEW = { ...TOP, quantizer: 96 };
const BUDGET: Budget = { bandwidthKbps: 400, gpuMsPerSecond: null };
const DECISION: Decision = {
  ...{ configuration: TOP, positions: { quantizer: 1 }, prices: { bandwidth: 1, gpu: 0 }, steering: {} },
  backward: 'never',
  afterCut: { configuration: ANEW, positions: { quantizer: 0.5 }, budget: BUDGET },
};
const POLICY = { usesGradients: true, utilitySlope: 20 } as Policy;
const turn = (budget: Budget): Turn => ({ policy: POLICY, decision: DECISION, budget }) as unknown as Turn;

it('plans to stand anew after a cut, but not where a hand has moved the budget since that was decided', () => {
  expect(planOf(turn({ ...BUDGET })).afterCut).toEqual(ANEW);
  expect(planOf(turn({ ...BUDGET, bandwidthKbps: 399 })).afterCut).toBeUndefined();
  expect(planOf(turn(NO_BUDGET)).afterCut).toBeUndefined();
});

it('tells the place at which the interval stood', () => {
  const stood = decisionThatRan(DECISION, { cut: true, configuration: ANEW });
  expect(stood).toEqual({ ...DECISION, configuration: ANEW, positions: { quantizer: 0.5 } });
  expect(decisionThatRan(DECISION, { cut: true, configuration: TOP })).toBe(DECISION);
  expect(decisionThatRan(DECISION, { cut: false, configuration: TOP })).toBe(DECISION);
});
