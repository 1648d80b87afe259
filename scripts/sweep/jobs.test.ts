import { describe, expect, it } from 'vitest';
import { costKind, jobKey, jobsOf, shardOf, withCost } from './jobs.ts';
import { parseSweep } from './parseSweep.ts';
import { testJobs, testSweep, WRITTEN } from './testSweep.ts';

describe('jobs', () => {
  it('are sources × seeds, each with all budgets × policies on the same frames', () => {
    const jobs = testJobs();
    expect(jobs.map(({ source, seed }) => [source, seed])).toEqual([
      ['crossing', 1],
      ['crossing', 2],
      ['street', 1],
      ['street', 2],
    ]);
    expect(jobs[0]?.comparison.contenders.map(({ name }) => name)).toEqual([
      'oneadapt, 200 kbps',
      'oneadapt, 400 kbps, 100 ms/s',
      'top, 200 kbps',
      'top, 400 kbps, 100 ms/s',
    ]);
    expect(jobs[0]?.policies).toEqual(['oneadapt', 'oneadapt', 'top', 'top']);
    expect(jobs.map(({ comparison: { experiment: e } }) => [e.seconds, e.detector, e.seed, e.clock])).toEqual(
      [
        [5, 'default', 1, 'virtual'],
        [5, 'default', 2, 'virtual'],
        [9, 'nanodet-coco', 1, 'virtual'],
        [9, 'nanodet-coco', 2, 'virtual'],
      ],
    );
  });

  it('hold a policy at budgets of its own where it has some', () => {
    const policies = [{ policy: 'oneadapt', budgets: [{}] }, WRITTEN.policies[1]];
    const [job] = jobsOf(parseSweep({ ...WRITTEN, policies }));
    expect(job?.comparison.contenders.map(({ name }) => name)).toEqual([
      'oneadapt, no budget',
      'top, 200 kbps',
      'top, 400 kbps, 100 ms/s',
    ]);
  });

  it('let a policy move some of the knobs only where that is asked', () => {
    const policies = [{ policy: 'oneadapt' }, { policy: 'chameleon', knobs: ['quantizer'] }];
    const [job] = jobsOf(parseSweep({ ...WRITTEN, policies, budgets: [{}] }));
    expect(job?.comparison.contenders.map(({ knobs }) => knobs)).toEqual([undefined, ['quantizer']]);
  });

  it('of a playlist are as long as it, and a scene without an end is refused', () => {
    const scene = { kind: 'scene', preset: 'plaza' };
    const items = [{ source: scene, seconds: 7 }];
    const playlist = { name: 'list', source: { kind: 'playlist', items } };
    const [job] = jobsOf(parseSweep({ ...WRITTEN, sources: [playlist] }));
    expect(job?.comparison.experiment.seconds).toBe(7);
    const endless = parseSweep({ ...WRITTEN, sources: [{ name: 'plaza', source: scene, seconds: null }] });
    expect(() => jobsOf(endless)).toThrow('The scene of plaza never ends');
  });

  it('charge what the sweep says for its own detector alone, and else what was measured for the same one', () => {
    const [ours, , other] = testJobs();
    if (!ours || !other) throw new Error('no jobs');
    const measured = { inferenceMs: 5, backwardMs: 9 };
    expect(withCost(ours, measured).comparison.experiment.gpuCost).toEqual(WRITTEN.gpuCost);
    expect(other.comparison.experiment.gpuCost).toBeNull();
    expect(withCost(other, measured).comparison.experiment.gpuCost).toEqual(measured);
    expect(costKind(ours)).not.toBe(costKind(other));
  });

  it('have a key that changes with all that decides their figures, and with nothing else', () => {
    const [job] = testJobs();
    if (!job) throw new Error('no job');
    const key = jobKey(job, 'lab', ['clip']);
    expect(jobKey(structuredClone(job), 'lab', ['clip'])).toBe(key);
    const { sources, policies, ...rest } = WRITTEN;
    const reordered = jobsOf(parseSweep({ ...rest, policies, sources: [...sources].reverse() }));
    const same = reordered.find(({ source, seed }) => source === 'crossing' && seed === 1);
    expect(same && jobKey(same, 'lab', ['clip'])).toBe(key);
    const others = [
      jobKey(job, 'lab 2', ['clip']),
      jobKey(job, 'lab', ['another clip']),
      ...[
        { grid: null },
        { seconds: 6 },
        { knobs: ['quantizer'] },
        { budgets: [{ bandwidthKbps: 201 }] },
        { gpuCost: { inferenceMs: 21, backwardMs: 60 } },
        { policies: [{ policy: { name: 'oneadapt', lag: 'zero' } }] },
      ].flatMap((change) => {
        const [changed] = jobsOf(parseSweep({ ...WRITTEN, ...change }));
        return changed ? [jobKey(changed, 'lab', ['clip'])] : [];
      }),
      ...testJobs()
        .slice(1)
        .map((other) => jobKey(other, 'lab', ['clip'])),
    ];
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });

  it('fall into parts that together are all of them', () => {
    const jobs = jobsOf(testSweep());
    const parts = [1, 2, 3].map((index) => shardOf(jobs, { index, of: 3 }));
    expect(parts.map(({ length }) => length)).toEqual([2, 1, 1]);
    expect(new Set(parts.flat()).size).toBe(jobs.length);
  });
});
