import { describe, expect, it } from 'vitest';
import { ZERO_PRICES } from '../domain/budget.ts';
import type { Configuration } from '../domain/configuration.ts';
import { DEFAULT_CHAMELEON, type ChameleonOptions } from '../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import { createChameleon } from './chameleon.ts';
import type { Profiled } from './policy.ts';
import { at, contextOf, FEW_RUNGS, kbps, observation } from './testTrace.ts';

const profiled = (configuration: Configuration, accuracy: number, bandwidthKbps: number): Profiled => ({
  ...{ configuration, accuracy, bandwidthKbps },
  frames: 10,
});

/**
 * Around the top: resolution 0 costs 0.1 and halves the bytes, quantizer 1 costs 0.05 and halves them, quantizer 0 costs 0.4
 * and leaves a quarter.
 */
const AROUND_TOP = [
  profiled(at(1, 2), 1, 1000),
  profiled(at(0, 2), 0.9, 500),
  profiled(at(1, 0), 0.6, 250),
  profiled(at(1, 1), 0.95, 500),
];

const startAt = (configuration: Configuration) => ({ configuration, positions: {}, prices: ZERO_PRICES });
const context = contextOf(['resolution', 'quantizer'], FEW_RUNGS);
const chameleon = (options: Partial<ChameleonOptions> = {}) =>
  createChameleon(
    { ...DEFAULT_CHAMELEON, windowIntervals: 3, keptConfigurations: 2, ...options },
    { ...context, start: startAt(at(1, 2)) },
  );

describe('Chameleon', () => {
  it('begins in the middle of the ladders', () => {
    expect(createChameleon(DEFAULT_CHAMELEON, context).first().configuration).toEqual(at(1, 1));
    const { configuration } = createChameleon(DEFAULT_CHAMELEON, contextOf(DEFAULT_KNOBS)).first();
    expect(configuration).toMatchObject({ resolution: '416x250', quantizer: 128, frameRate: 5 });
  });

  it('profiles each knob’s other rungs alone', () => {
    const { configuration, profile } = chameleon().first();
    expect(configuration).toEqual(at(1, 2));
    expect(profile).toEqual([at(1, 2), at(0, 2), at(1, 0), at(1, 1)]);
  });

  it('takes the most accurate combination that is expected to fit, and tries the best two again', () => {
    const policy = chameleon();
    policy.first();
    // Greedy from (1,2): to quantizer 1 for 0.05 / ln 2 = 0.07; to resolution 0 for 0.1 / ln 2 = 0.14 rather than to
    // quantizer 0 for 0.35 / ln 2; then to quantizer 0. Expected: 1 at 1000, 0.95 at 500, 0.85 at 250, 0.5 at 125 kbps.
    const next = policy.next(observation({ profiled: AROUND_TOP, budget: kbps(300) }));
    expect(next.configuration).toEqual(at(0, 1));
    expect(next.profile).toEqual([at(0, 1), at(0, 0)]);
    // By measurement the first does not fit, so the other one runs.
    const measured = [profiled(at(0, 1), 0.8, 320), profiled(at(0, 0), 0.6, 150)];
    const after = policy.next(observation({ profiled: measured, budget: kbps(300) }));
    expect(after.configuration).toEqual(at(0, 0));
    // The third interval ends the window: all rungs around the present configuration.
    const again = policy.next(observation({ profiled: measured, budget: kbps(300) }));
    expect(again.profile).toEqual([at(0, 0), at(1, 0), at(0, 1), at(0, 2)]);
  });

  it('takes the cheapest that is expected to reach a target, whatever the budget', () => {
    const policy = chameleon({ targetAccuracy: 0.9 });
    policy.first();
    // Of 1, 0.95, 0.85 and 0.5 two reach it, at 500 and at 1000 kbps.
    const next = policy.next(observation({ profiled: AROUND_TOP, budget: kbps(300) }));
    expect(next.configuration).toEqual(at(1, 1));
    expect(next.profile).toEqual([at(1, 1), at(1, 2)]);
  });

  it('takes what comes nearest where nothing fits, or nothing reaches the target', () => {
    const thrifty = chameleon();
    thrifty.first();
    expect(thrifty.next(observation({ profiled: AROUND_TOP, budget: kbps(50) })).configuration).toEqual(
      at(0, 0),
    );
    const proud = chameleon({ targetAccuracy: 0.9 });
    proud.first();
    const poor = AROUND_TOP.map((one) => ({ ...one, accuracy: one.accuracy / 2 }));
    expect(proud.next(observation({ profiled: poor })).configuration).toEqual(at(1, 2));
  });

  it('takes the most accurate where nothing is scarce, of equals the cheapest', () => {
    const policy = chameleon();
    policy.first();
    const even = AROUND_TOP.map((one) => ({
      ...one,
      accuracy: one.configuration.quantizer === 192 ? 0.5 : 1,
    }));
    const next = policy.next(observation({ profiled: even, budget: kbps(1e6) }));
    expect(next.configuration).toEqual(at(0, 1));
  });

  it('holds a budget of detector time, where bytes do not count', () => {
    const policy = chameleon();
    policy.first();
    // 10 frames of 5 ms are 50 ms a second; at resolution 0 half of the frames are sent.
    const frames = (one: Profiled): number => (one.configuration.resolution === '320x192' ? 5 : 10);
    const list = AROUND_TOP.map((one) => ({ ...one, frames: frames(one) }));
    const budget = { bandwidthKbps: null, gpuMsPerSecond: 30 };
    expect(policy.next(observation({ profiled: list, budget })).configuration).toEqual(at(0, 2));
  });

  it('answers late by the time that its profiling takes, and profiles nothing meanwhile', () => {
    const policy = chameleon();
    policy.first();
    // 10 frames at the top and 4 · 10 frames of 60 ms are 3 s: two intervals later than within one.
    const slow = { budget: kbps(300), gpuCost: { inferenceMs: 60, backwardMs: 0 } };
    for (let i = 0; i < 2; i += 1) {
      const waiting = policy.next(observation({ ...slow, profiled: i === 0 ? AROUND_TOP : [] }));
      expect([waiting.configuration, waiting.profile]).toEqual([at(1, 2), undefined]);
    }
    const late = policy.next(observation(slow));
    expect(late.configuration).toEqual(at(0, 1));
    // The window of three intervals is over by then.
    expect(late.profile).toHaveLength(4);
  });

  it('goes on from where it is told to, and asks for nothing where no knob is its own', () => {
    const policy = createChameleon(DEFAULT_CHAMELEON, {
      ...contextOf([], FEW_RUNGS),
      start: startAt(at(0, 1)),
    });
    expect(policy.first()).toMatchObject({ configuration: at(0, 1) });
    expect(policy.first().profile).toBeUndefined();
    expect(policy.next(observation({})).configuration).toEqual(at(0, 1));
  });
});
