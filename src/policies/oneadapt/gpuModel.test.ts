import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationAt, positionsOf, topConfiguration } from '../../domain/configuration.ts';
import { passCost } from '../../domain/gpuCost.ts';
import { stepOf, type PerKnob } from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import { along } from './along.ts';
import { createGpuModel } from './gpuModel.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const cost = { inferenceMs: 20, backwardMs: 60 };
const rest = positionsOf(knobs, topConfiguration(knobs));
const framesAt = (left: PerKnob) => (at: PerKnob) =>
  along(knobs.frameRate.values.map(Number), at.frameRate ?? left.frameRate ?? 1);
const all = ['inputSize', 'member', 'enhancement', 'frameRate'] as const;

describe('the model of detector time', () => {
  it('is what the accounts charge at every rung, the neighbour’s look included', () => {
    const rung = fc.record({
      inputSize: fc.nat(knobs.inputSize.values.length - 1),
      member: fc.nat(knobs.member.values.length - 1),
      enhancement: fc.nat(1),
      frameRate: fc.nat(knobs.frameRate.values.length - 1),
    });
    fc.assert(
      fc.property(rung, (indices) => {
        const configuration = configurationAt(knobs, indices);
        const { inferenceMs, backwardMs } = passCost(knobs, configuration, cost);
        const above = indices.member + 1 < knobs.member.values.length ? 1 : -1;
        const neighbour = configurationAt(knobs, { ...indices, member: indices.member + above });
        const look = passCost(knobs, neighbour, cost).inferenceMs;
        const model = createGpuModel({ knobs, active: all, rest: rest, frames: framesAt(rest) }, cost, true);
        expect(model.use(positionsOf(knobs, configuration))).toBeCloseTo(
          configuration.frameRate * inferenceMs + backwardMs + look,
          9,
        );
      }),
    );
  });

  it('lets knobs that stand still keep their cost, and asks nobody else to look', () => {
    const at = { ...rest, member: 0.5 };
    const { inferenceMs, backwardMs } = passCost(
      knobs,
      { ...topConfiguration(knobs), member: 'street-small', frameRate: 5 },
      cost,
    );
    const model = createGpuModel(
      { knobs, active: ['frameRate'], rest: at, frames: framesAt(at) },
      cost,
      true,
    );
    expect(model.use({ frameRate: 2 / 3 })).toBeCloseTo(5 * inferenceMs + backwardMs, 9);
    const without = createGpuModel(
      { knobs, active: ['frameRate'], rest: at, frames: framesAt(at) },
      cost,
      false,
    );
    expect(without.use({ frameRate: 2 / 3 })).toBeCloseTo(5 * inferenceMs, 9);
  });

  it('grows with each of its knobs and with no other', () => {
    const model = createGpuModel({ knobs, active: all, rest: rest, frames: framesAt(rest) }, cost, true);
    for (const name of ['inputSize', 'member', 'frameRate'] as const) {
      expect(model.slope(name, { [name]: 0.5 })).toBeGreaterThan(0);
    }
    for (const name of ['quantizer', 'resolution', 'colour'] as const) {
      expect(model.slope(name, {}), name).toBe(0);
    }
    // One rung of frames, at what a pass costs.
    expect(model.slope('frameRate', { frameRate: 1 }) * stepOf(knobs.frameRate)).toBeCloseTo(5 * 20, 9);
  });
});
