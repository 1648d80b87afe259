import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsCsv } from './csv.ts';
import { resultFiles, sourceFigures } from './files.ts';
import { meanStatics, policyOutcomes, sharedFrontier } from './means.ts';
import { hindsightOf, resultsOf, type JobOutcome } from './results.ts';
import { accuracyAt, splitHalfFrontier } from '../../src/domain/hindsight.ts';
import { finished, gridPoint, second, testJobs, testSweep } from './testSweep.ts';

/** Two seconds; the dear configuration is worth it in the first. */
const GRID = [
  [gridPoint(0, 1000, 0.5, 0.5), gridPoint(1, 4000, 1, 1)],
  [gridPoint(0, 1000, 0.9, 0.9), gridPoint(1, 4000, 1, 1)],
];

/** The first job finished, the second failed, the others with other figures. */
function outcomes(): JobOutcome[] {
  return testJobs().map((job, place): JobOutcome => {
    if (place === 1) return { job, outcome: 'The page crashed, "again".' };
    const run = [second(25_000, 0.8, 200), second(75_000, 0.9 + place / 100, 200)];
    return {
      job,
      outcome: finished(
        job,
        job.comparison.contenders.map(() => run),
        GRID,
      ),
    };
  });
}

describe('results', () => {
  it('have a row for each source, budget, policy and seed, those that failed with their sentence', () => {
    const { cells, commits, environments } = resultsOf(testSweep(), outcomes(), 'npm run sweep');
    expect(cells).toHaveLength(2 * 2 * 2 * 2);
    expect(new Set(cells.map((c) => [c.source, c.policy, c.seed, c.budget.bandwidthKbps].join())).size).toBe(
      16,
    );
    expect(cells[0]).toEqual({
      ...{ source: 'crossing', policy: 'oneadapt', seed: 1 },
      budget: { bandwidthKbps: 200, gpuMsPerSecond: null },
      seconds: 2,
      accuracy: expect.closeTo(0.85) as number,
      bandwidthKbps: 400,
      gpuMsPerSecond: 300,
      // Two seconds of 200 kbps are 50 000 bytes: the first second leaves 50 000 of them, and the next one takes 75 000.
      violations: 1,
      charges: {
        ...{ extraBytes: 200, inferences: 24, extraInferences: 4, backwardPasses: 2, encodes: 28 },
        ...{ feedbackKbps: 1, delayMs: 40 },
      },
    });
    expect(cells.filter((cell) => 'error' in cell).map(({ seed, source }) => [source, seed])).toEqual(
      Array.from({ length: 4 }, () => ['crossing', 2]),
    );
    expect(commits).toEqual(['abc']);
    expect(environments).toHaveLength(1);
  });

  it('as CSV quote what needs it and leave figures of failed cells empty', () => {
    const lines = resultsCsv(resultsOf(testSweep(), outcomes(), 'npm run sweep'))
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(17);
    const columns = lines[0]?.split(',').length;
    expect(lines[1]?.split(',')).toHaveLength(columns ?? 0);
    expect(lines[5]).toBe('crossing,200,,oneadapt,2,,,,,,,,,,,,,"The page crashed, ""again""."');
  });

  it('in the mean leave out a budget of which a job failed', () => {
    const results = resultsOf(testSweep(), outcomes(), 'npm run sweep');
    const street = policyOutcomes(results, ({ source }) => source === 'street');
    expect(street.map(({ label }) => label)).toEqual(['oneadapt', 'top']);
    expect(street[0]?.outcomes[0]).toMatchObject({ bandwidthKbps: 400, violations: 2, seconds: 4 });
    expect(street[0]?.outcomes[0]?.accuracy).toBeCloseTo((0.86 + 0.865) / 2);
    expect(policyOutcomes(results).flatMap((policy) => policy.outcomes)).toEqual([null, null, null, null]);
  });

  it('of one curve are joined, each at its own budgets', () => {
    const sweep = testSweep();
    const results = resultsOf(sweep, outcomes(), 'npm run sweep');
    const joined = sweep.policies.map((policy) => ({
      ...policy,
      curve: 'both',
      budgets: [sweep.budgets[0] as never],
    }));
    const [curve, ...more] = policyOutcomes(
      { ...results, sweep: { ...sweep, policies: joined } },
      ({ source }) => source === 'street',
    );
    expect(more).toEqual([]);
    expect(curve).toMatchObject({ label: 'both', outcomes: [{ policy: 'oneadapt' }, { policy: 'top' }] });
  });

  it('are written with a figure for each source, all of it escaped', () => {
    const sweep = testSweep();
    const results = resultsOf(
      { ...sweep, policies: sweep.policies.map((policy) => ({ ...policy, label: `<b>${policy.label}` })) },
      outcomes(),
      'npm run sweep',
    );
    const files = { ...resultFiles(results), ...sourceFigures(results) };
    expect(Object.keys(files).sort()).toEqual(
      ['crossing.svg', 'results.csv', 'results.json', 'results.svg', 'street.svg'].sort(),
    );
    const svg = files['street.svg'] ?? '';
    expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(svg).not.toContain('<b>');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

describe('hindsight', () => {
  it('has statics in the order of the grid, the best within each budget, and both oracles', () => {
    const [job] = testJobs();
    if (!job) throw new Error('no job');
    const budgets = [
      { bandwidthKbps: 31, gpuMsPerSecond: null },
      { bandwidthKbps: 32, gpuMsPerSecond: 40 },
      { bandwidthKbps: 32, gpuMsPerSecond: 39 },
    ];
    const found = hindsightOf(finished(job, [], GRID), budgets);
    // 1000 bytes a second are 8 kbps; two frames a second at 20 ms.
    expect(found.statics).toMatchObject([
      { bandwidthKbps: 8, accuracy: 0.7, gpuMsPerSecond: 40 },
      { bandwidthKbps: 32, accuracy: 1, gpuMsPerSecond: 40 },
    ]);
    expect(found.bestStatic.map(({ best }) => best?.accuracy ?? null)).toEqual([0.7, 1, null]);
    expect(found.oracle.map(({ bandwidthKbps }) => bandwidthKbps)).toEqual([8, 20, 32]);
    expect(found.oracle[1]?.accuracy).toBeCloseTo(0.95);
    expect(found.splitHalfOracle[1]?.accuracy).toBeCloseTo(0.95);
    expect(found.seconds).toBe(2);
    // Whatever the price, the dear one is worth its few bytes; detector time is the same for both.
    const { bandwidth: ofBytes, gpu: ofTime } = found.lookingBack;
    expect(ofBytes[0]).toEqual({ bandwidthKbps: 32, accuracy: 1, gpuMsPerSecond: 40 });
    expect(ofBytes.at(-1)).toMatchObject({ accuracy: 1, bandwidthKbps: 32 });
    expect(ofTime.every((spent) => spent.accuracy === 1 && spent.gpuMsPerSecond === 40)).toBe(true);
  });

  it('takes luck out of the oracle where the halves differ', () => {
    const lucky = [[gridPoint(0, 1000, 1, 0), gridPoint(1, 4000, 1, 1)]];
    // Even captures take the cheap one for perfect and go no further; odd ones go on to the dear one.
    const path = splitHalfFrontier(lucky, 1);
    expect(path).toEqual([{ bandwidthKbps: 8, accuracy: 0.5 }]);
  });

  it('reads a path between its points alone', () => {
    const path = [
      { bandwidthKbps: 10, accuracy: 0.5 },
      { bandwidthKbps: 20, accuracy: 0.9 },
    ];
    expect([9, 10, 15, 20, 21].map((kbps) => accuracyAt(path, kbps))).toEqual([null, 0.5, 0.7, 0.9, null]);
  });
});

describe('sources put together', () => {
  const one = [
    { bandwidthKbps: 10, accuracy: 0.5 },
    { bandwidthKbps: 40, accuracy: 1 },
  ];
  const other = [
    { bandwidthKbps: 100, accuracy: 0.9 },
    { bandwidthKbps: 400, accuracy: 1 },
  ];

  it('hold one place of the grid on all for a static', () => {
    const statics = [one, other].map((list) => ({ statics: list.map((o) => ({ ...o }) as never) }));
    expect(meanStatics(statics)).toEqual([
      { bandwidthKbps: 55, accuracy: 0.7 },
      { bandwidthKbps: 220, accuracy: 1 },
    ]);
    expect(meanStatics([...statics, { statics: [] }])).toEqual([]);
  });

  it('spend first where it is worth most where each may choose', () => {
    // 0.5 for 30 kbps on the one before 0.1 for 300 kbps on the other.
    expect(sharedFrontier([one, other])).toEqual([
      { bandwidthKbps: 55, accuracy: expect.closeTo(0.7) as number },
      { bandwidthKbps: 70, accuracy: expect.closeTo(0.95) as number },
      { bandwidthKbps: 220, accuracy: 1 },
    ]);
  });

  it('are never worse off for choosing than with one static', () => {
    const outcome = fc.record({
      bandwidthKbps: fc.integer({ min: 1, max: 1000 }),
      accuracy: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const source = fc.array(outcome, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 4 }), (sources) => {
        const frontier = sharedFrontier(sources);
        const statics = meanStatics(sources.map((list) => ({ statics: list as never })));
        const least = frontier[0];
        for (const { bandwidthKbps, accuracy } of statics) {
          const last = frontier.at(-1);
          const reached =
            accuracyAt(frontier, bandwidthKbps) ??
            (last && bandwidthKbps > last.bandwidthKbps ? last.accuracy : least?.accuracy);
          expect((reached ?? 0) + 1e-9).toBeGreaterThanOrEqual(accuracy);
        }
      }),
    );
  });
});
