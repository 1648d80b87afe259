/** What holds of every rival, whatever it is shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicesOf, topConfiguration, type Configuration } from '../domain/configuration.ts';
import { defaultPolicy, RIVAL_NAMES } from '../domain/experiment.ts';
import { KNOB_NAMES, type KnobName } from '../domain/knob.ts';
import { createPolicy } from './index.ts';
import type { Decision, Differences, Policy } from './policy.ts';
import { box, contextOf, knobs, observation, seeing } from './testTrace.ts';

const TOP = topConfiguration(knobs);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const seen = fc
  .array(fc.tuple(share, share, share, share), { maxLength: 3 })
  .map((boxes) => seeing(...boxes.map(([x, y, size, score]) => box(x, y, size, score))));
const interval = fc.record({
  kbps: fc.double({ min: 0, max: 5000, noNaN: true }),
  budgetKbps: fc.option(fc.double({ min: 20, max: 5000, noNaN: true })),
  gpuMs: fc.option(fc.double({ min: 1, max: 500, noNaN: true })),
  inferenceMs: fc.double({ min: 0, max: 60, noNaN: true }),
  seen: fc.array(seen, { minLength: 10, maxLength: 10 }),
  changes: fc.array(share, { minLength: 10, maxLength: 10 }),
  accuracies: fc.array(share, { minLength: 1, maxLength: 8 }),
});
type Interval = typeof interval extends fc.Arbitrary<infer T> ? T : never;

/** Bytes of a made-up pipeline: each rung of each knob is a fifth more. */
const kbpsOf = (configuration: Configuration): number =>
  1.2 ** Object.values(indicesOf(knobs, configuration)).reduce((sum, index) => sum + index, 0);

function play(
  policy: Policy,
  intervals: readonly Interval[],
): { readonly decisions: Decision[]; readonly rest: unknown[] } {
  const decisions = [policy.first()];
  const rest: unknown[] = [];
  for (const shown of intervals) {
    const decision = decisions.at(-1);
    const differences: Differences = {
      ...{ pixelFilter: shown.changes, areaFilter: shown.changes, edgeFilter: shown.changes },
    };
    rest.push(policy.filter?.(differences));
    for (const frame of shown.seen)
      rest.push(policy.regions?.keep(frame, shown.changes), policy.regions?.again?.tiles(frame));
    rest.push(policy.regions?.again?.configuration);
    decisions.push(
      policy.next(
        observation({
          configuration: decision?.configuration ?? TOP,
          bandwidthKbps: shown.kbps,
          seen: shown.seen,
          differences: policy.filter ? differences : null,
          profiled: (decision?.profile ?? []).map((configuration, i) => ({
            configuration,
            accuracy: shown.accuracies[i % shown.accuracies.length] ?? 0,
            bandwidthKbps: kbpsOf(configuration),
            frames: configuration.frameRate,
          })),
          budget: { bandwidthKbps: shown.budgetKbps, gpuMsPerSecond: shown.gpuMs },
          gpuCost: { inferenceMs: shown.inferenceMs, backwardMs: 0 },
        }),
      ),
    );
  }
  return { decisions, rest };
}

describe.each(RIVAL_NAMES)('%s', (name) => {
  const create = (active: readonly KnobName[]): Policy =>
    createPolicy(defaultPolicy(name), contextOf(active));

  it('stays on the ladders, leaves alone what is not its own, and does the same on the same trace', () => {
    fc.assert(
      fc.property(fc.subarray([...KNOB_NAMES]), fc.array(interval, { maxLength: 8 }), (active, intervals) => {
        const { decisions, rest } = play(create(active), intervals);
        const start = decisions[0]?.configuration ?? TOP;
        for (const { configuration, positions, profile = [] } of decisions) {
          for (const one of [configuration, ...profile]) {
            expect(() => indicesOf(knobs, one)).not.toThrow();
            for (const knob of KNOB_NAMES) if (!active.includes(knob)) expect(one[knob]).toBe(start[knob]);
          }
          for (const position of Object.values(positions)) expect(position).toBeGreaterThanOrEqual(0);
        }
        expect(play(create(active), intervals)).toEqual({ decisions, rest });
      }),
      { numRuns: 25 },
    );
  });

  it('is charged no gradient, and says for every tile of its grid whether it is kept', () => {
    const policy = create(['quantizer']);
    expect([policy.usesGradients, policy.estimator]).toEqual([false, null]);
    if (policy.regions) expect(policy.regions.keep(null, null)).toHaveLength(16 * 9);
  });
});
