import { expect, it } from 'vitest';
import { DEFAULT_ACCMPEG } from '../domain/experiment.ts';
import { createAccMpeg } from './accmpeg.ts';
import { contextOf, kbps, observation, seeing, where } from './testTrace.ts';

const policy = createAccMpeg({ ...DEFAULT_ACCMPEG, configuration: {} }, contextOf(['quantizer']));

it('keeps the tiles above the bound of 0.2, whatever was seen before', () => {
  const importance = [0, 0.2, 0.21, 1, 0.19];
  expect(policy.regions?.keep(null, importance)).toEqual([false, false, true, true, false]);
  expect(policy.regions?.keep(seeing(), importance)).toEqual([false, false, true, true, false]);
});

it('asks for the importance, and keeps all tiles as long as it is told of none', () => {
  expect(policy.regions?.usesImportance).toBe(true);
  expect(where([...(policy.regions?.keep(null, null) ?? [])])).toHaveLength(16 * 9);
});

it('holds a bandwidth budget by its quantizer alone', () => {
  // ln 1.2 / ln 1.3 = 0.7, so one rung.
  const { configuration } = policy.next(observation({ bandwidthKbps: 480, budget: kbps(400) }));
  expect(configuration).toEqual({ ...policy.first().configuration, quantizer: 48 });
});
