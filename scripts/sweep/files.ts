/** The files of a sweep's results. */
import type { ReportFiles } from '../experiment/writeReports.ts';
import { resultsCsv } from './csv.ts';
import { frontierSvg } from './figure.ts';
import { meanStatics, policyOutcomes, sharedFrontier } from './means.ts';
import type { Results } from './results.ts';

/** results.json, results.csv, and the figure over all sources. */
export function resultFiles(results: Results): ReportFiles {
  return {
    'results.json': `${JSON.stringify(results, null, 1)}\n`,
    'results.csv': resultsCsv(results),
    'results.svg': frontierSvg({
      title: 'Accuracy against bandwidth, mean over all sources',
      note: `${results.sweep.sources.length} sources, ${results.sweep.seeds.length} seed${results.sweep.seeds.length === 1 ? '' : 's'}; a static holds one place of the grid on all of them`,
      policies: policyOutcomes(results),
      statics: meanStatics(results.hindsight),
      frontiers: frontiersOf([
        ['Best static of each source', sharedFrontier(results.hindsight.map(({ statics }) => statics))],
        ['Oracle, every second', sharedFrontier(results.hindsight.map(({ oracle }) => oracle))],
      ]),
    }),
  };
}

/** One a source, the mean over its seeds. */
export function sourceFigures(results: Results): ReportFiles {
  return Object.fromEntries(
    results.sweep.sources.map(({ name }) => {
      const hindsight = results.hindsight.filter(({ source }) => source === name);
      const svg = frontierSvg({
        title: `Accuracy against bandwidth: ${name}`,
        note: 'Points are budgets, joined by policy; nothing of statics and oracle is charged',
        policies: policyOutcomes(results, ({ source }) => source === name),
        statics: meanStatics(hindsight),
        frontiers: frontiersOf([
          ['Oracle, every second', sharedFrontier(hindsight.map(({ oracle }) => oracle))],
          ['Oracle, split halves', hindsight.length === 1 ? (hindsight[0]?.splitHalfOracle ?? []) : []],
        ]),
      });
      return [`${name}.svg`, svg];
    }),
  );
}

const frontiersOf = (all: readonly (readonly [string, Results['hindsight'][number]['oracle']])[]) =>
  all.filter(([, outcomes]) => outcomes.length > 0).map(([label, outcomes]) => ({ label, outcomes }));
