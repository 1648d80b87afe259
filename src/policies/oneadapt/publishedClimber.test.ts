import { describe, expect, it } from 'vitest';
import { ZERO_PRICES } from '../../domain/budget.ts';
import type { KnobName, PerKnob } from '../../domain/knob.ts';
import type { Observation } from '../policy.ts';
import type { Climbed, ClimbView } from './climber.ts';
import { createPublishedClimber } from './publishedClimber.ts';

const KNOBS: readonly KnobName[] = ['quantizer', 'resolution'];
const NO_OBSERVATION = {} as Observation;
const PRICE_RATE = 0.2;

/** A climber that has seen an interval, and what it makes of it where the knobs stand in the middle. */
function climbed(told: PerKnob, changed: Partial<ClimbView>, before: readonly PerKnob[] = []): Climbed {
  const climber = createPublishedClimber({ learningRate: 0.1, beta: 0.5, priceRate: PRICE_RATE }, KNOBS);
  const observe = (of: PerKnob) =>
    climber.observe(Object.entries(of) as [KnobName, number][], NO_OBSERVATION, {}, () => 1);
  before.forEach(observe);
  const view: Partial<ClimbView> = {
    positions: { quantizer: 0.5, resolution: 0.5 },
    prices: { bandwidth: 0, gpu: 0 },
    direction: observe(told),
    bandwidthGrads: { quantizer: 1, resolution: 0 },
    gpuGrads: { quantizer: 0, resolution: 1 },
    budget: { bandwidthKbps: null, gpuMsPerSecond: null },
    fixedPrices: ZERO_PRICES,
    used: { bandwidthKbps: 100, gpuMsPerSecond: 100 },
    ...changed,
  };
  return climber.climb(view as ClimbView);
}

describe('the published ascent', () => {
  it('steps up every knob that gains, and counts in units of the first interval’s largest AccGrad', () => {
    const { positions, isBound } = climbed({ quantizer: 0.02, resolution: 0.01 }, {});
    // Adam’s first step is the learning rate, whatever the gradient’s size.
    expect(positions.quantizer).toBeCloseTo(0.6, 6);
    expect(positions.resolution).toBeCloseTo(0.6, 6);
    expect(isBound).toBe(false);
    const climber = createPublishedClimber({ learningRate: 0.1, beta: 0.5, priceRate: 1 }, KNOBS);
    const unit = (value: number): number | undefined =>
      climber.observe([['quantizer', value]], NO_OBSERVATION, {}, () => 1).unit.quantizer;
    expect(unit(0.02)).toBeCloseTo(1, 9);
    expect(unit(0.08)).toBeCloseTo(4, 9);
  });

  it('raises the price of what is used beyond its budget, by its rate and the share that is too much, and lowers the knob that spends it', () => {
    const told = { quantizer: 0.01, resolution: 0.01 };
    // In accuracy; one unit is 0.01.
    const prices = { bandwidth: 0.02, gpu: 0.02 };
    const dear = climbed(told, { prices, budget: { bandwidthKbps: 50, gpuMsPerSecond: 50 } });
    expect(dear.unitPrices.bandwidth).toBeCloseTo(2 + PRICE_RATE, 9);
    expect(dear.unitPrices.gpu).toBeCloseTo(2 + PRICE_RATE, 9);
    expect(dear.positions.quantizer).toBeLessThan(0.5);
    expect(dear.positions.resolution).toBeLessThan(0.5);
    const cheap = climbed(told, { prices, budget: { bandwidthKbps: 200, gpuMsPerSecond: null } });
    expect(cheap.unitPrices).toEqual({ bandwidth: 2 - PRICE_RATE / 2, gpu: 0 });
    expect(cheap.positions.resolution).toBeGreaterThan(0.5);
  });

  it('asks the fixed price of the weighted sum where there is no budget', () => {
    const told = { quantizer: 0.01, resolution: 0.01 };
    const { positions, unitPrices } = climbed(told, { fixedPrices: { bandwidth: 3, gpu: 0 } });
    expect(unitPrices).toEqual({ bandwidth: 3, gpu: 0 });
    expect(positions.quantizer).toBeLessThan(0.5);
    expect(positions.resolution).toBeGreaterThan(0.5);
  });
});
