import { describe, expect, it } from 'vitest';
import { everyKnob, type PerKnob } from '../../domain/knob.ts';
import type { RateModel } from './rateModel.ts';
import type { Resources } from './resources.ts';
import { settle, type SettleView } from './settle.ts';

/** Two ladders of five rungs; a rung of the quantizer takes 100 kbps, of the resolution 50, of the frame rate 20 ms. */
const STEP = 0.25;
const kbps = (at: PerKnob): number => 400 * (at.quantizer ?? 0) + 200 * (at.resolution ?? 0);
const ms = (at: PerKnob): number => 80 * (at.frameRate ?? 0);
const rate: RateModel = {
  observe: () => undefined,
  isReady: () => true,
  slope: () => 1,
  predict: kbps,
  predictAtMost: kbps,
  margin: () => 1,
};
const bounds = (kbpsTarget: number, msTarget = Infinity): Resources => ({
  bandwidth: { use: kbps, unit: 1, target: kbpsTarget, growth: () => 1 },
  gpu: { use: ms, unit: 1, target: msTarget, slope: () => 1 },
});
const view = (changed: Partial<SettleView>): SettleView => ({
  positions: { quantizer: 0.6, resolution: 0.5, frameRate: 1 },
  steps: everyKnob(() => STEP),
  ran: everyKnob(() => 2),
  isKept: () => false,
  rounding: 'dither',
  carried: {},
  bounds: bounds(Infinity),
  loss: null,
  placeOf: ({ indices }) =>
    Object.fromEntries(Object.entries(indices).map(([name, index]) => [name, index * STEP])),
  worth: (name) => (name === 'resolution' ? 1 : 3),
  rate,
  ...changed,
});

describe('settling on rungs', () => {
  it('takes the nearest rung, and carries what rounding took to the next interval', () => {
    const { corner, carried, isOver } = settle(view({}));
    expect(corner.indices).toEqual({ quantizer: 2, resolution: 2, frameRate: 4 });
    // 0.6 lies 0.4 rungs above rung 2.
    expect(carried.quantizer).toBeCloseTo(-0.4, 9);
    expect(isOver).toEqual({ bandwidth: false, gpu: false });
    // −0.4 twice is nearer to the rung above.
    expect(settle(view({ carried })).corner.indices.quantizer).toBe(3);
  });

  it('takes the cheaper corner where the nearer one breaks the budget', () => {
    // Rung 3 of the quantizer would be 300 + 100 kbps.
    expect(
      settle(view({ positions: { quantizer: 0.7, resolution: 0.5 }, bounds: bounds(350) })).corner,
    ).toEqual({
      indices: { quantizer: 2, resolution: 2 },
    });
  });

  it('takes what loses least of what fits where a budget binds, since what is left over of it is worth nothing', () => {
    const loss = (at: PerKnob): number => 2 - (at.quantizer ?? 0) - 0.1 * (at.resolution ?? 0);
    const positions = { quantizer: 0.55, resolution: 0.45 };
    expect(settle(view({ positions })).corner.indices).toEqual({ quantizer: 2, resolution: 2 });
    // 300 + 50 kbps rather than 200 + 100: the finer quantizer is worth more, though it lies further off.
    expect(settle(view({ positions, loss, bounds: bounds(350) })).corner.indices).toEqual({
      quantizer: 3,
      resolution: 1,
    });
  });

  it('fills a budget that binds by a rung beyond the nearest where all nearer that fit leave it unused', () => {
    const loss = (at: PerKnob): number => 2 - (at.quantizer ?? 0) - 0.4 * (at.resolution ?? 0);
    const positions = { quantizer: 0.55, resolution: 0.45 };
    // Of the nearest 200 + 100 kbps are the most that fits into 340; 300 + 0 lose less.
    expect(settle(view({ positions, loss, bounds: bounds(340) })).corner.indices).toEqual({
      quantizer: 3,
      resolution: 0,
    });
  });

  it('goes down rung by rung, what is worth least for its bytes first, where no corner fits', () => {
    const { corner, isOver } = settle(view({ bounds: bounds(230) }));
    // 200 + 100 kbps: two rungs of the resolution at 50 kbps, each worth a third of the quantizer’s.
    expect(corner.indices).toEqual({ quantizer: 2, resolution: 0, frameRate: 4 });
    expect(isOver).toEqual({ bandwidth: true, gpu: false });
  });

  it('asks a kept knob last', () => {
    const isKept: SettleView['isKept'] = (name) => name === 'resolution';
    const { corner } = settle(view({ isKept, bounds: bounds(230) }));
    expect(corner.indices).toEqual({ quantizer: 1, resolution: 2, frameRate: 4 });
  });

  it('saves detector time by what spends it', () => {
    const { corner, isOver } = settle(view({ bounds: bounds(Infinity, 50) }));
    expect(corner.indices).toEqual({ quantizer: 2, resolution: 2, frameRate: 2 });
    expect(isOver).toEqual({ bandwidth: false, gpu: true });
  });

  it('gives up no picture for a budget of detector time that nothing can keep, but for one of bandwidth that can be kept', () => {
    // The least frame rate takes no time here, and so does every other knob: −1 cannot be met.
    expect(settle(view({ bounds: bounds(Infinity, -1) })).corner.indices).toEqual({
      quantizer: 2,
      resolution: 2,
      frameRate: 0,
    });
    expect(settle(view({ bounds: bounds(230, -1) })).corner.indices).toEqual({
      quantizer: 2,
      resolution: 0,
      frameRate: 0,
    });
  });

  it('gives up nothing that saves no bytes for a budget of bandwidth that nothing can keep', () => {
    expect(settle(view({ bounds: bounds(-1) })).corner.indices).toEqual({
      quantizer: 0,
      resolution: 0,
      frameRate: 4,
    });
  });

  it('asks for accuracy by what it saves, not alone by what it is worth', () => {
    // The quantizer is worth three times as much, but saves four times the bytes by the model’s slopes.
    const slope = (name: string): number => (name === 'quantizer' ? 4 : 1);
    expect(settle(view({ bounds: bounds(230), rate: { ...rate, slope } })).corner.indices).toEqual({
      quantizer: 1,
      resolution: 2,
      frameRate: 4,
    });
    // A rung of the member saves 60 ms, one of the frame rate 20: worth three times as much, it would be no dearer, worth twice it is cheaper.
    const use = (at: PerKnob): number => 80 * (at.frameRate ?? 0) + 240 * (at.member ?? 0);
    const both: Resources = { ...bounds(Infinity), gpu: { use, unit: 1, target: 280, slope: () => 1 } };
    const worth = (name: string): number => (name === 'member' ? 2 : 1);
    expect(
      settle(view({ positions: { frameRate: 1, member: 1 }, bounds: both, worth })).corner.indices,
    ).toEqual({
      frameRate: 4,
      member: 3,
    });
  });

  it('keeps nothing from running without bounds', () => {
    expect(settle(view({ bounds: null, rounding: 'expensive' })).corner.indices.quantizer).toBe(3);
  });
});
