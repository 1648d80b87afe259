import { describe, expect, it } from 'vitest';
import { topConfiguration } from '../../domain/configuration.ts';
import { everyKnob, type KnobName, type PerKnob } from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import type { Observation } from '../policy.ts';
import { box, seeing } from '../testTrace.ts';
import type { Climbed, Climber } from './climber.ts';
import type { FilterChooser } from './filterChoice.ts';
import { createSurfaceClimber } from './surfaceClimber.ts';

const KNOBS: readonly KnobName[] = ['quantizer', 'resolution'];
const TOP: PerKnob = { quantizer: 1, resolution: 1 };
const SEEN = {
  configuration: topConfiguration(ladders({ width: 640, height: 384 }, 255)),
  newContent: false,
  cut: false,
  seen: [],
} as Pick<Observation, 'configuration' | 'newContent' | 'cut' | 'seen'> as Observation;
const NO_FILTER: FilterChooser = {
  cheapest: (at) => at,
  dearest: (at) => at,
  best: () => undefined,
  span: () => 0,
};

interface Asked {
  readonly from: PerKnob;
  /** Of the quantizer and the resolution where they stand. */
  readonly accGrad: number;
  readonly targetKbps?: number;
  readonly fixedPrice?: number;
  /** Of detector time that grows as the bytes do. */
  readonly targetMs?: number;
  readonly rise?: number;
}

const climberAt = (from: PerKnob): Climber =>
  createSurfaceClimber({
    memory: 0.5,
    climbing: KNOBS,
    referenceNow: () => TOP,
    steps: everyKnob(() => 0.1),
    ranAt: () => from,
  });

/** Bytes grow e-fold along either ladder, from 100 kbps with both in the middle; detector time as they do, or costs nothing. */
function climbed(asked: Asked): Climbed {
  const { from, accGrad, targetKbps = Infinity, targetMs = Infinity, fixedPrice = 0, rise = 0.2 } = asked;
  const usesGpu = targetMs < Infinity;
  const climber = climberAt(from);
  const told = KNOBS.map((name) => [name, accGrad] as const);
  const direction = climber.observe(told, SEEN, from, () => 1);
  const kbps = (at: PerKnob): number => 100 * Math.exp((at.quantizer ?? 0) + (at.resolution ?? 0) - 1);
  return climber.climb({
    positions: from,
    prices: { bandwidth: 0, gpu: 0 },
    direction,
    resources: {
      bandwidth: { use: kbps, unit: 100, target: targetKbps, growth: () => 1 },
      gpu: usesGpu
        ? { use: kbps, unit: 100, target: targetMs, slope: (_, at) => kbps(at) }
        : { use: () => 0, unit: 1, target: Infinity, slope: () => 0 },
    },
    bandwidthGrads: { quantizer: 1, resolution: 1 },
    gpuGrads: usesGpu ? { quantizer: 1, resolution: 1 } : { quantizer: 0, resolution: 0 },
    filter: NO_FILTER,
    withFilter: (at) => at,
    budget: {
      bandwidthKbps: targetKbps === Infinity ? null : targetKbps,
      gpuMsPerSecond: usesGpu ? targetMs : null,
    },
    fixedPrices: { bandwidth: fixedPrice, gpu: 0 },
    used: { bandwidthKbps: kbps(from), gpuMsPerSecond: 0 },
    reach: () => ({ rise, fall: 0.6 }),
  });
}

describe('the lab’s ascent', () => {
  const middle = { quantizer: 0.5, resolution: 0.5 };

  it('asks no price of what it has room for, and climbs as far as one interval reaches', () => {
    const { positions, unitPrices, isBound } = climbed({ from: middle, accGrad: 0.1 });
    expect(positions.quantizer).toBeCloseTo(0.7, 9);
    expect(positions.resolution).toBeCloseTo(0.7, 9);
    expect(unitPrices).toEqual({ bandwidth: 0, gpu: 0 });
    expect(isBound).toBe(false);
  });

  it('is bound only by a price that a budget asks, not by a fixed one', () => {
    expect(climbed({ from: middle, accGrad: 0.1, fixedPrice: 0.5 })).toMatchObject({
      isBound: false,
      unitPrices: { bandwidth: 0.5 },
    });
    const bound = climbed({ from: middle, accGrad: 0.1, targetKbps: 110 });
    expect(bound.isBound).toBe(true);
    expect(bound.unitPrices.bandwidth).toBeGreaterThan(0);
    const { quantizer = 0, resolution = 0 } = bound.positions;
    expect(100 * Math.exp(quantizer + resolution - 1)).toBeLessThanOrEqual(110);
    expect(100 * Math.exp(quantizer + resolution - 1)).toBeGreaterThan(105);
  });

  it('asks of a budget no more than a fixed price of the other resource leaves over', () => {
    const asked = { from: middle, accGrad: 0.1, targetMs: 110 };
    const alone = climbed(asked);
    expect(alone.isBound).toBe(true);
    // A price of bytes that keeps detector time within its budget by itself.
    const [little, much] = [0.3, 5].map((share) =>
      climbed({ ...asked, fixedPrice: share * alone.unitPrices.gpu }),
    );
    expect(much).toMatchObject({ isBound: false, unitPrices: { gpu: 0 } });
    expect(little?.isBound).toBe(true);
    expect(little?.unitPrices.gpu).toBeLessThan(0.8 * alone.unitPrices.gpu);
  });

  it('forgets one content for another, be the other one empty at first', () => {
    const climber = climberAt(middle);
    const tell = (accGrad: number, seen: Partial<Observation> = {}): number => {
      climber.observe([['quantizer', accGrad]], { ...SEEN, ...seen }, middle, () => 1);
      return climber.loss(middle);
    };
    const [full, empty] = [[seeing(box(0, 0, 0.1))], [seeing()]];
    const busy = tell(1, { seen: full });
    // Whatever an empty second tells, half of what is known stands, and a third.
    expect(tell(50, { seen: empty, cut: true })).toBeCloseTo(busy / 2, 12);
    expect(tell(50, { seen: empty })).toBeCloseTo(busy / 3, 12);
    expect(tell(0.1, { seen: full })).toBeCloseTo(busy / 10, 12);
  });

  it('asks twenty times the largest AccGrad, and no more, for a budget that cannot be met', () => {
    expect(climbed({ from: middle, accGrad: 0.1, targetKbps: 1 }).unitPrices.bandwidth).toBeCloseTo(20, 6);
  });

  it('jumps to the reference where that is worth its charge, but not further than one interval reaches', () => {
    // Where gain and charge meet short of the top, what the top alone saves decides.
    const near = { quantizer: 0.85, resolution: 0.85 };
    const asked = { from: near, accGrad: 0.1, fixedPrice: 0.4 };
    expect(climbed(asked).positions).toEqual(TOP);
    const held = climbed({ ...asked, rise: 0.1 }).positions;
    expect(held.quantizer).toBeLessThan(1);
    expect(climbed({ ...asked, fixedPrice: 5 }).positions.quantizer).toBeLessThan(0.85);
  });
});
