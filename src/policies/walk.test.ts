import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../domain/budget.ts';
import { indicesOf, type Configuration } from '../domain/configuration.ts';
import { KNOB_NAMES, restIndex, type KnobName } from '../domain/knob.ts';
import { ladders } from '../domain/ladders.ts';
import type { Observation } from './policy.ts';
import { GPU_COST } from './testTrace.ts';
import { createWalk } from './walk.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
/** The walk looks at nothing but what was charged. */
const nothing = {
  ...{ inferences: 10, backwardPasses: 1, gpuCost: { inferenceMs: 20, backwardMs: 46 } },
} as Observation;

function walked(seed: number, intervals: number, active: readonly KnobName[] = KNOB_NAMES): Configuration[] {
  const walk = createWalk(seed, { knobs, active, start: null, budget: NO_BUDGET, gpuCost: GPU_COST });
  return Array.from(
    { length: intervals },
    (_, i) => (i === 0 ? walk.first() : walk.next(nothing)).configuration,
  );
}

describe('the walk', () => {
  it('is the same for the same seed alone', () => {
    expect(walked(3, 30)).toEqual(walked(3, 30));
    expect(walked(3, 30)).not.toEqual(walked(4, 30));
  });

  it('visits every rung of a ladder once before any rung twice', () => {
    const rungs = knobs.quantizer.values.length;
    const seen = walked(1, rungs, ['resolution', 'quantizer']).map(({ quantizer }) => quantizer);
    expect(new Set(seen).size).toBe(rungs);
  });

  it('moves no more than two knobs at a time, and every active one at some time', () => {
    const moved = new Set<KnobName>();
    for (const configuration of walked(5, 40)) {
      const indices = indicesOf(knobs, configuration);
      const away = KNOB_NAMES.filter((name) => indices[name] !== restIndex(knobs[name]));
      expect(away.length).toBeLessThanOrEqual(2);
      for (const name of away) moved.add(name);
    }
    expect(moved).toEqual(new Set(KNOB_NAMES));
  });

  it('leaves knobs that are not active at their most expensive values', () => {
    for (const { frameRate, resolution } of walked(2, 20, ['quantizer'])) {
      expect([frameRate, resolution]).toEqual([10, '640x384']);
    }
  });
});
