import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparisonReport } from '../../domain/comparison.ts';
import { configurationAt } from '../../domain/configuration.ts';
import { defaultPolicy, PUBLISHED_ONEADAPT, RIVAL_NAMES } from '../../domain/experiment.ts';
import { ladders } from '../../domain/ladders.ts';
import { reports } from '../fixtures.ts';
import { comparisonCsv, comparisonHtml, comparisonJson, parseComparison, parseExperiment } from '../index.ts';
import { looksOf } from './looks.ts';

const POLICIES = [
  defaultPolicy('oneadapt'),
  { name: 'oneadapt', ...PUBLISHED_ONEADAPT } as const,
  { name: 'static', configuration: { quantizer: 96 } } as const,
  ...RIVAL_NAMES.map(defaultPolicy),
];
const CONFIGURATIONS = [{}, { quantizer: 0 }].map((at) =>
  configurationAt(ladders({ width: 640, height: 384 }, 255), at),
);

/** Of any run, as if every policy had had it. */
const comparisons: fc.Arbitrary<ComparisonReport> = reports(parseExperiment).map((report) => {
  const { schemaVersion, environment, intervals, experiment } = report;
  const contenders = POLICIES.map((policy, i) => ({ name: `<${i}>`, policy, budget: experiment.budget }));
  return {
    ...{ schemaVersion, environment, ladders: report.ladders },
    comparison: { experiment, contenders, grid: { quantizer: 2 } },
    runs: contenders.map((contender) => ({ contender, intervals })),
    configurations: CONFIGURATIONS,
    grid: intervals.map(() =>
      CONFIGURATIONS.map((_, configuration) => ({
        ...{ configuration, bytes: 1000 * (configuration + 1) },
        ...{ frames: 2, accuracies: [0.5, 0.25 * (configuration + 1)] },
      })),
    ),
  };
});

const sample = (): ComparisonReport => {
  const [report] = fc.sample(
    comparisons.filter(({ grid }) => grid.length > 2),
    { seed: 3, numRuns: 1 },
  );
  if (!report) throw new Error('No sample.');
  return report;
};

describe('the report of a comparison', () => {
  it('reads back as it was written, from JSON and from the page that carries it', () => {
    fc.assert(
      fc.property(comparisons, (report) => {
        expect(parseComparison(comparisonJson(report))).toEqual(report);
      }),
      { numRuns: 30 },
    );
    const report = sample();
    expect(parseComparison(comparisonHtml(report))).toEqual(report);
  });

  it('refuses what is none, in a sentence', () => {
    expect(() => parseComparison('{}')).toThrow('it has no "schemaVersion"');
    const { comparison, ...rest } = sample();
    expect(() =>
      parseComparison(JSON.stringify({ ...rest, comparison: { ...comparison, contenders: 3 } })),
    ).toThrow('The report: comparison.contenders is 3, but must be a list of policies that were compared.');
  });

  it('as CSV has a row for every interval of every policy', () => {
    const report = sample();
    const [head, ...rows] = comparisonCsv(report).trim().split('\r\n');
    expect(head?.startsWith('policy,interval,start_s,')).toBe(true);
    expect(rows).toHaveLength(POLICIES.length * report.grid.length);
    expect(rows[0]?.startsWith('<0>,')).toBe(true);
  });

  it('as a page names every policy, asks the network for nothing and runs no script', () => {
    const page = comparisonHtml(sample());
    POLICIES.forEach((_, i) => expect(page).toContain(`&lt;${i}&gt;`));
    expect(page).not.toContain('<0>');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/(src|href)="http/);
  });

  it('as a page tells and draws the budget that all have, and none where each has its own', () => {
    const { comparison, ...rest } = sample();
    const pageOf = (budgets: readonly number[]): string =>
      comparisonHtml({
        ...rest,
        comparison: {
          ...comparison,
          contenders: comparison.contenders.map((contender, i) => ({
            ...contender,
            budget: { bandwidthKbps: budgets[i % budgets.length] ?? null, gpuMsPerSecond: null },
          })),
        },
      });
    const [one, several] = [pageOf([300]), pageOf([300, 600])];
    expect(one).toContain('budget 300 kbps, ');
    expect(one).toContain('c-bound');
    expect(several).toContain('each with a budget of its own, ');
    expect(several).not.toContain('class="line c-bound');
  });

  it('as a page draws bandwidth logarithmically: what keeps to a budget is told apart from what does not', () => {
    const [first, ...rest] = sample().runs;
    const intervals = (kbps: number) => first?.intervals.map((i) => ({ ...i, bandwidthKbps: kbps })) ?? [];
    const runs = [first, ...rest].flatMap((run, i) =>
      run ? [{ ...run, intervals: intervals([100, 1000, 10_000][i] ?? 1000) }] : [],
    );
    const figure = /<h3>Bandwidth<\/h3>.*?<\/figure>/s.exec(comparisonHtml({ ...sample(), runs }))?.[0] ?? '';
    const [low, middle, high] = [
      ...figure.matchAll(/<path class="line c-policy[^"]*" d="M[\d.]+ ([\d.]+)/g),
    ].map(([, y]) => Number(y));
    expect(Number(low) - Number(middle)).toBeGreaterThan(10);
    expect(Number(low) - Number(middle)).toBeCloseTo(Number(middle) - Number(high), 0);
  });
});

it('gives each policy a look of its own, that of its name', () => {
  const contender = (i: number) => ({
    name: String(i),
    policy: POLICIES[i] ?? defaultPolicy('static'),
    budget: { bandwidthKbps: null, gpuMsPerSecond: null },
  });
  const all = POLICIES.map((_, i) => contender(i));
  expect(looksOf(all)).toEqual(['oneadapt', 'published', 'static', ...RIVAL_NAMES]);
  const twice = looksOf([contender(2), contender(2), contender(0)]);
  expect(new Set(twice).size).toBe(3);
  expect(twice[0]).toBe('static');
  const cell = looksOf(Array.from({ length: 10 }, (_, i) => contender(i % 2)));
  expect(new Set(cell).size).toBe(2);
});
