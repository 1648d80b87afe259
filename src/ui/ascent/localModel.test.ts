import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntervalRecord, KnobGradient } from '../../domain/interval.ts';
import { budgetEdge, forcesOn, largestForce, localResource, logExcess } from './localModel.ts';

const gradient = (accGrad: number, bandwidthGrad: number): KnobGradient => ({
  accGrad,
  estimates: { towardSource: accGrad, signed: accGrad, distortion: accGrad },
  bandwidthGrad,
  gpuGrad: 0,
  flat: false,
});

function record(kbps: number, bound: number | null, gx: number, gy: number): IntervalRecord {
  return {
    index: 0,
    startSeconds: 0,
    configuration: {
      ...{ resolution: '640x384', quantizer: 96, frameRate: 10 },
      ...{ keyFrameInterval: 1, codec: 'vp9', colour: 'colour', tiles: 100 },
      ...{ pixelFilter: 0, areaFilter: 0, edgeFilter: 0 },
      ...{ inputSize: '480x288', member: 'default', enhancement: 'off' },
    },
    positions: { resolution: 0.5, quantizer: 0.5 },
    bytes: (kbps * 1000) / 8,
    bandwidthKbps: kbps,
    plannedKbps: kbps,
    referenceBytes: 1,
    accuracy: 0.9,
    accuracyTruth: null,
    frames: 10,
    sentFrames: 10,
    measuredFrames: 10,
    droppedFrames: 0,
    inferences: 10,
    backwardPasses: 1,
    encodes: 14,
    feedbackBytes: 1080,
    gpuMs: 100,
    gpuAccountedMs: 100,
    utility: 5,
    delayMs: 0,
    gradients: { resolution: gradient(0.1, gx), quantizer: gradient(0.2, gy) },
    prices: { bandwidth: 0.5, gpu: 0 },
    edits: [],
    budget: { bandwidthKbps: bound, gpuMsPerSecond: null },
  };
}

const middle = { x: 0.5, y: 0.5 };
const plane = ['resolution', 'quantizer'] as const;
const positive = fc.double({ min: 0.05, max: 4, noNaN: true });

describe('forces', () => {
  it('take price × resource gradient away from AccGrad', () => {
    expect(forcesOn(record(400, 400, 0.4, 0.8), 'quantizer')).toEqual({
      accuracy: 0.2,
      price: -0.4,
      net: -0.2,
    });
    expect(forcesOn(record(400, 400, 0.4, 0.8), 'frameRate')).toBeUndefined();
  });
});

describe('scale of the forces', () => {
  it('is the largest on any knob, and never as small as noise', () => {
    expect(largestForce(record(400, 400, 0.4, 0.8))).toBeCloseTo(0.4);
    expect(largestForce(undefined)).toBe(0.01);
  });
});

describe('budget edge', () => {
  it('is absent without a budget', () => {
    expect(localResource(record(400, null, 1, 1), 'bandwidth', plane, middle)).toBeUndefined();
  });

  it('passes through the present point when the budget is just met', () => {
    const model = localResource(record(400, 400, 1, 1), 'bandwidth', plane, middle);
    expect(model && logExcess(model, { x: 0.5, y: 0.5 })).toBeCloseTo(0);
  });

  it('lies on the level line of the local model, and all beyond it costs more than the budget', () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 50, max: 5000, noNaN: true }), (gx, gy, kbps) => {
        const model = localResource(record(kbps, 500, gx, gy), 'bandwidth', plane, middle);
        if (!model) throw new Error('a model was expected');
        const { infeasible, line } = budgetEdge(model);
        for (const point of line ?? []) expect(logExcess(model, point)).toBeCloseTo(0, 6);
        for (const point of infeasible) expect(logExcess(model, point)).toBeGreaterThan(-1e-9);
      }),
    );
  });

  it('shades the whole plane when nothing is affordable, and none when all is', () => {
    const dear = localResource(record(5000, 50, 0.1, 0.1), 'bandwidth', plane, middle);
    const cheap = localResource(record(50, 5000, 0.001, 0.001), 'bandwidth', plane, middle);
    expect(dear && budgetEdge(dear)).toEqual({ infeasible: expect.any(Array) as unknown, line: null });
    expect(dear && budgetEdge(dear).infeasible).toHaveLength(4);
    expect(cheap && budgetEdge(cheap)).toEqual({ infeasible: [], line: null });
  });
});
