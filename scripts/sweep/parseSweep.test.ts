import { describe, expect, it, test } from 'vitest';
import { DEFAULT_ONEADAPT } from '../../src/domain/experiment.ts';
import { DEFAULT_KNOBS } from '../../src/domain/knob.ts';
import { parseSweep } from './parseSweep.ts';
import { WRITTEN } from './testSweep.ts';

describe('parseSweep', () => {
  it('fills in what an experiment would, a grid, a seed and labels', () => {
    const written = { ...WRITTEN, seeds: undefined };
    const sweep = parseSweep(written);
    expect(sweep).toMatchObject({ seeds: [1], knobs: DEFAULT_KNOBS, detector: 'default', codec: 'vp9' });
    expect(sweep.grid).toEqual({ resolution: 4, quantizer: 5, frameRate: 3 });
    expect(sweep.budgets[0]).toEqual({ bandwidthKbps: 200, gpuMsPerSecond: null });
    expect(sweep.policies).toEqual([
      { label: 'oneadapt', curve: 'oneadapt', policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT } },
      { label: 'top', curve: 'top', policy: { name: 'static', configuration: {} } },
    ]);
    expect(parseSweep({ ...written, grid: null }).grid).toBeNull();
  });

  test.each([
    [{ budgets: undefined }, 'The sweep: budgets is missing; it must be a list of at least one'],
    [{ policies: [] }, 'policies is [], but must be a list of at least one {"policy": …}'],
    [{ policies: [{ policy: 'greedy' }] }, 'policies[0].policy is "greedy", but must be one of "oneadapt"'],
    [
      { policies: [{ policy: 'oneadapt' }, { policy: 'oneadapt' }] },
      'but must be policies of different labels: give those of one name a "label" each.',
    ],
    [{ sources: [WRITTEN.sources[0], WRITTEN.sources[0]] }, 'but must be sources of different names.'],
    [
      { sources: [{ name: 'a/b', source: WRITTEN.sources[0].source }] },
      'sources[0].name is "a/b", but must be a name of letters, digits',
    ],
    [
      { sources: [{ name: 'cam', source: { kind: 'webcam' } }] },
      'sources[0].source is {"kind":"webcam"}, but must be a scene, a clip or a playlist.',
    ],
    [{ budgets: [{}, {}] }, 'but must be budgets that differ.'],
    [
      { policies: [{ policy: 'chameleon', knobs: ['quantizer', 'tiles'] }] },
      'chameleon is to move tiles, which is not among the sweep\'s "knobs" (resolution, quantizer, frameRate)',
    ],
    [{ grid: { tiles: 3 } }, 'grid is {"tiles":3}, but must be a grid without tiles'],
    [{ grid: { quantizer: 0 } }, 'grid.quantizer is 0, but must be how many rungs'],
    [{ seed: 3 }, 'The sweep has a key that nobody reads ("seed"); correct or remove it.'],
  ])('%j is refused in a sentence', (change, part) => {
    expect(() => parseSweep({ ...WRITTEN, ...change })).toThrow(part);
  });
});
