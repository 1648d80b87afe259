import { describe, expect, it } from 'vitest';
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import { DEFAULT_KNOBS, KNOB_NAMES } from '../domain/knob.ts';
import { createAwStream, profileGrid } from './awstream.ts';
import type { Policy, Profiled } from './policy.ts';
import { at, contextOf, FEW_RUNGS, kbps, knobs, observation } from './testTrace.ts';

const [LOW, MIDDLE, HIGH] = [at(1, 0), at(1, 1), at(1, 2)];
const BANDWIDTH = new Map<unknown, number>([
  [LOW.quantizer, 100],
  [MIDDLE.quantizer, 300],
  [HIGH.quantizer, 600],
]);
const kbpsOf = ({ quantizer }: Configuration): number => BANDWIDTH.get(quantizer) ?? 0;
const profile = (accuracies: readonly number[] = [0.6, 0.9, 1]): Profiled[] =>
  [LOW, MIDDLE, HIGH].map((configuration, i) => ({
    configuration,
    accuracy: accuracies[i] ?? 0,
    bandwidthKbps: kbpsOf(configuration),
    frames: 10,
  }));

const awstream = (refreshIntervals: number | null = null): Policy =>
  createAwStream({ refreshIntervals }, contextOf(['quantizer'], FEW_RUNGS));

/** Quantizers that run, under a budget for each interval; every configuration takes what the profile says. */
function run(policy: Policy, budgets: readonly (number | null)[], known = profile()): number[] {
  let decision = policy.first();
  return budgets.map((budget) => {
    const { configuration } = decision;
    decision = policy.next(
      observation({
        configuration,
        bandwidthKbps: kbpsOf(configuration),
        profiled: decision.profile ? known : [],
        budget: kbps(budget),
      }),
    );
    return configuration.quantizer;
  });
}

const many = (budget: number | null, count: number) => new Array<number | null>(count).fill(budget);

describe('AWStream', () => {
  it('goes through its states as the queue asks for', () => {
    // Under 400 kbps, with 192, 96 and 32 taking 100, 300 and 600 kbps:
    //   0 192  the profile is made
    //   1 192  Startup, empty: up
    //   2  96  empty: up
    //   3  32  600 − 400 = 200 kbit are 0.5 s: Degrade, to below 360 kbps
    //   4  96  100 kbit are 0.25 s: still congested
    //   5  96  empty: Steady
    //   6  96  empty: Probe, one up
    //   7  32  0.5 s again: back to Steady, one down
    //   8  96  0.25 s: Degrade
    //   9  96  empty: Steady
    //  10  96  Probe
    expect(run(awstream(), many(400, 12))).toEqual([192, 192, 96, 32, 96, 96, 96, 32, 96, 96, 96, 32]);
  });

  it('climbs to the top and stays where there is no budget, and never probes beyond', () => {
    expect(run(awstream(), many(null, 8))).toEqual([192, 192, 96, 32, 32, 32, 32, 32]);
  });

  it('falls at once to what a lower rate carries', () => {
    // At 200 kbps: 600 − 200 fill the queue with 2 s, and 180 kbps carry 192 alone.
    expect(run(awstream(), [...many(null, 5), ...many(200, 4)])).toEqual([
      192, 192, 96, 32, 32, 32, 192, 192, 192,
    ]);
  });

  it('goes lower while the queue grows in spite of the profile', () => {
    const policy = awstream();
    let decision = policy.first();
    const quantizers: number[] = [];
    // Every configuration takes twice what its profile says. Under 400 kbps 96 should fit at 300, but takes 600.
    for (let i = 0; i < 6; i += 1) {
      const { configuration } = decision;
      quantizers.push(configuration.quantizer);
      decision = policy.next(
        observation({
          bandwidthKbps: 2 * kbpsOf(configuration),
          profiled: decision.profile ? profile() : [],
          budget: kbps(400),
        }),
      );
    }
    // 2: 600 kbps, 0.5 s: Degrade to below 360, which is 96. 3: 1 s and growing: 192, at 200 kbps, drains it by 0.5 s each.
    expect(quantizers).toEqual([192, 192, 96, 96, 192, 192]);
  });

  it('leaves out of the profile what a cheaper configuration equals', () => {
    expect(run(awstream(), many(null, 5), profile([0.6, 0.9, 0.9]))).toEqual([192, 192, 96, 96, 96]);
  });

  it('makes its profile anew where it is asked to, and keeps to what took no more', () => {
    const policy = awstream(2);
    expect(policy.first().profile).toHaveLength(3);
    const seen = { budget: kbps(null), bandwidthKbps: 100 };
    expect(policy.next(observation({ ...seen, profiled: profile() })).profile).toBeUndefined();
    const second = policy.next(observation(seen));
    expect([second.configuration.quantizer, second.profile?.length]).toEqual([96, 3]);
    // One up to 32, and in the new profile 32 is worth no more than 96: the largest that takes no more is 96.
    const third = policy.next(observation({ ...seen, profiled: profile([0.5, 1, 1]) }));
    expect(third.configuration.quantizer).toBe(96);
  });
});

describe('the grid of the profile', () => {
  it('has three rungs of each of three knobs, both ends among them', () => {
    const grid = profileGrid(knobs, DEFAULT_KNOBS, topConfiguration(knobs));
    expect(grid).toHaveLength(27);
    expect(new Set(grid.map(({ quantizer }) => quantizer))).toEqual(new Set([240, 128, 32]));
    expect(grid[0]).toMatchObject({ resolution: '192x116', quantizer: 240, frameRate: 1 });
    expect(grid.at(-1)).toEqual(topConfiguration(knobs));
  });

  it('stays within 32 configurations with every knob, and leaves the rest where they are', () => {
    const grid = profileGrid(knobs, KNOB_NAMES, topConfiguration(knobs));
    expect(grid).toHaveLength(32);
    expect(new Set(grid.map(({ tiles, member }) => `${tiles} ${member}`))).toEqual(new Set(['100 default']));
  });
});
