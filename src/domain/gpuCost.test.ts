import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topConfiguration } from './configuration.ts';
import { costFactors, passCost } from './gpuCost.ts';
import { ladders } from './ladders.ts';
import { serverChoice } from './serverKnobs.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const top = topConfiguration(knobs);
const cost = { inferenceMs: 20, backwardMs: 60 };
const rungs = {
  inputSize: { '320x192': { inferenceMs: 10, backwardMs: 15 } },
  member: { 'street-small': { inferenceMs: 12, backwardMs: 30 } },
};

describe('passCost', () => {
  it('is what was measured where the server’s knobs rest, wherever the others stand', () => {
    expect(passCost(knobs, top, cost)).toEqual(cost);
    expect(passCost(knobs, { ...top, resolution: '192x116', frameRate: 1, colour: 'grey' }, cost)).toEqual(
      cost,
    );
  });

  it('is the measured cost of a rung', () => {
    const measured = { ...cost, rungs };
    expect(passCost(knobs, { ...top, inputSize: '320x192' }, measured)).toEqual(rungs.inputSize['320x192']);
    expect(passCost(knobs, { ...top, member: 'street-small' }, measured)).toEqual(
      rungs.member['street-small'],
    );
  });

  it('multiplies where two knobs are off their rest', () => {
    const both = { ...top, inputSize: '320x192', member: 'street-small' };
    expect(passCost(knobs, both, { ...cost, rungs })).toEqual({ inferenceMs: 6, backwardMs: 7.5 });
  });

  it('follows the multiply-adds where a rung was not measured', () => {
    const small = passCost(knobs, { ...top, inputSize: '320x192' }, cost);
    expect(small.inferenceMs).toBeCloseTo((20 * 320 * 192) / (480 * 288), 12);
    expect(small.backwardMs).toBeCloseTo((60 * 320 * 192) / (480 * 288), 12);
    const nano = passCost(knobs, { ...top, member: 'street-nano' }, cost);
    expect(nano.inferenceMs).toBeCloseTo((20 * 778) / 2996, 12);
    expect(passCost(knobs, { ...top, enhancement: 'sharpen' }, cost)).toEqual(cost);
  });

  it('rises along the ladders by the model, for every detector and size', () => {
    const side = fc.integer({ min: 2, max: 40 }).map((n) => 32 * n);
    fc.assert(
      fc.property(side, side, (width, height) => {
        const server = serverChoice('street-large', { width, height });
        const { inputSize, member } = ladders({ width: 640, height: 384 }, 255, undefined, server);
        for (const knob of [inputSize, member]) {
          const factors = costFactors(knob, cost, 'inferenceMs');
          expect(factors.at(-1)).toBe(1);
          expect(factors).toEqual([...factors].sort((a, b) => a - b));
        }
      }),
    );
  });
});
