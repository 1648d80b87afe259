/** The tiles' share beside knobs that say how fine the whole frame is, and alone. */
import { expect, it } from 'vitest';
import { NO_BUDGET, type Budget } from '../../domain/budget.ts';
import { PUBLISHED_ONEADAPT, type OneAdaptOptions } from '../../domain/experiment.ts';
import type { KnobName } from '../../domain/knob.ts';
import type { Decision } from '../policy.ts';
import { createOneAdapt } from './oneadapt.ts';
import { gpuCost, knobs, observe, options } from './testPipeline.ts';

const BUDGET: Budget = { bandwidthKbps: 600, gpuMsPerSecond: null };

function decisions(
  active: readonly KnobName[],
  budget: Budget,
  changed: Partial<OneAdaptOptions> = {},
): Decision[] {
  const policy = createOneAdapt(options(changed), { knobs, active, start: null, budget, gpuCost });
  const made = [policy.first()];
  for (let second = 0; second < 8; second += 1) {
    const configuration = made.at(-1)?.configuration;
    if (configuration) made.push(policy.next(observe(configuration, budget, 1)));
  }
  return made;
}
const tilesOf = (made: readonly Decision[]): number[] => made.map(({ configuration }) => configuration.tiles);
const every = (value: number): number[] => Array.from({ length: 9 }, () => value);

it('stays at 20 % where bytes are scarce, by a budget or by a price, and is told with the other places', () => {
  for (const name of ['quantizer', 'resolution'] as const) {
    const made = decisions([name, 'tiles'], BUDGET);
    expect(tilesOf(made)).toEqual(every(20));
    expect(made.map(({ positions }) => positions.tiles)).toEqual(every(0.25));
    expect(made.slice(1).every(({ steering }) => (steering.tiles?.accGrad ?? 0) > 0)).toBe(true);
  }
  const free = decisions(['quantizer', 'resolution', 'tiles'], BUDGET).map(
    ({ configuration }) => configuration,
  );
  expect(new Set(free.map(({ quantizer }) => quantizer)).size).toBeGreaterThan(1);
  const priced = decisions(['quantizer', 'tiles'], NO_BUDGET, { bandwidthPrice: 0.12, calibrated: true });
  expect(tilesOf(priced)).toEqual(every(20));
  const afterCut = priced.slice(1).map((decision) => decision.afterCut);
  expect(afterCut.map((place) => place?.positions.tiles)).toEqual(every(0.25).slice(1));
  expect(afterCut.map((place) => place?.configuration.tiles)).toEqual(every(20).slice(1));
});

it('keeps all tiles where bytes are free, or nearly so', () => {
  expect(tilesOf(decisions(['quantizer', 'tiles'], NO_BUDGET))).toEqual(every(100));
  const cheap = { bandwidthPrice: 0.09, calibrated: true };
  expect(tilesOf(decisions(['quantizer', 'tiles'], NO_BUDGET, cheap))).toEqual(every(100));
  expect(tilesOf(decisions(['quantizer', 'tiles'], BUDGET, cheap))).toEqual(every(20));
  const gpu = { bandwidthKbps: null, gpuMsPerSecond: 100 };
  expect(tilesOf(decisions(['resolution', 'tiles', 'frameRate'], gpu))).toEqual(every(100));
});

it('climbs where it is the only knob of that kind, and as the authors published it', () => {
  const alone = decisions(['tiles', 'frameRate'], BUDGET);
  expect(new Set(tilesOf(alone)).size).toBeGreaterThan(1);
  expect(alone.at(-1)?.steering.tiles).toBeDefined();
  const published = decisions(['quantizer', 'tiles'], BUDGET, PUBLISHED_ONEADAPT);
  expect(new Set(tilesOf(published)).size).toBeGreaterThan(1);
});
