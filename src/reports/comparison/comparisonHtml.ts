/** report.html of a comparison: one self-contained file that carries its report.json. */
import { NO_BUDGET } from '../../domain/budget.ts';
import { commonBudget, type ComparisonReport } from '../../domain/comparison.ts';
import { summarise, type IntervalRecord } from '../../domain/interval.ts';
import { embedReport } from '../embedded.ts';
import { chart, type Series } from '../html/chart.ts';
import { labelled } from '../html/charts.ts';
import { escapeHtml, readable } from '../html/escape.ts';
import { budgetText, sourceName } from '../html/page.ts';
import { htmlPage } from '../html/shell.ts';
import { definitions, environmentTable, experimentTable, inWords } from '../html/tables.ts';
import { bestOf, COLUMNS, figuresOf, together } from './figures.ts';
import { frontierFigure } from './frontierFigure.ts';
import { hindsightOf } from './hindsightFigures.ts';
import { looksOf } from './looks.ts';
import { bandwidthAxis, lowerEnd } from './plane.ts';

/** The comparison as a page; figures are over the intervals that every policy finished. */
export function comparisonHtml(report: ComparisonReport): string {
  const { comparison, environment, runs, grid } = report;
  const { experiment, contenders } = comparison;
  const common = commonBudget(contenders);
  const budget = common ?? NO_BUDGET;
  // The experiment's own policy is nobody's.
  const ofAll = Object.fromEntries(
    Object.entries({ ...experiment, budget }).filter(
      ([key]) => key !== 'policy' && (key !== 'budget' || common),
    ),
  );
  const intervals = together(runs);
  const looks = looksOf(contenders);
  const names = contenders.map(({ name }) => name);
  const title = `${sourceName(experiment.source)}: ${names.length} policies compared`;
  const reached = intervals.map((own, i) => {
    const { accuracy, bandwidthKbps } = summarise(own);
    return { name: names[i] ?? '', look: looks[i] ?? 'static', accuracy, bandwidthKbps };
  });
  const lead = `Detector ${environment.detector.name}, ${common ? budgetText({ budget }) : 'each with a budget of its own'}, ${intervals[0]?.length ?? 0} seconds on ${environment.backend}, all on the same frames. OneAdapt Lab.`;
  const body = `<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(lead)}</p></header>
<main>
${environment.fallback === null ? '' : `<p class="card notice">${escapeHtml(environment.fallback)}</p>`}
${figuresTable(names, intervals)}
<div class="grid2">${frontierFigure(reached, hindsightOf(grid, budget.bandwidthKbps), budget.bandwidthKbps)}<div class="stack">${timelines(report, intervals)}</div></div>
<div class="columns">${environmentTable(report)}${contendersTable(report)}${experimentTable({ experiment: ofAll })}</div>
<footer>Open this file in OneAdapt Lab (Open) to look at the comparison again or to run it again.</footer>
</main>
${embedReport(JSON.stringify(report))}`;
  return htmlPage(`OneAdapt Lab: ${title}`, body);
}

type Intervals = readonly (readonly IntervalRecord[])[];

function figuresTable(names: readonly string[], intervals: Intervals): string {
  const rows = intervals.map(figuresOf);
  const columns = COLUMNS.filter(({ key }) => rows.some((row) => row[key] !== null));
  const best = columns.map((column) => bestOf(column, rows));
  const head = columns.map(
    ({ title, unit }) => `<th scope="col">${escapeHtml(title)}<br><small>${escapeHtml(unit)}</small></th>`,
  );
  const body = rows.map((row, place) => {
    const cells = columns.map((column, i) => {
      const value = row[column.key];
      const classes = [best[i]?.has(place) === true ? 'best' : '', column.isPart ? 'part' : '']
        .join(' ')
        .trim();
      return `<td${classes === '' ? '' : ` class="${classes}"`}>${value === null ? '–' : value.toFixed(column.digits)}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(names[place] ?? '')}</th>${cells.join('')}</tr>`;
  });
  return `<section class="card" style="margin-bottom:16px"><h2>What each policy reached and was charged</h2><div class="scroll"><table class="numbers wide"><thead><tr><th scope="col">Policy</th>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div></section>`;
}

function timelines({ comparison }: ComparisonReport, intervals: Intervals): string {
  const { contenders } = comparison;
  const looks = looksOf(contenders);
  const starts = (intervals[0] ?? []).map((i) => i.startSeconds);
  const lines = (value: (i: IntervalRecord) => number): Series[] =>
    intervals.map((own, i) => ({
      name: contenders[i]?.name ?? '',
      values: own.map(value),
      colour: `policy-${looks[i] ?? 'static'}`,
    }));
  const bound = commonBudget(contenders)?.bandwidthKbps ?? null;
  const least = lowerEnd(intervals.flat());
  const { low, high, ticks } = bandwidthAxis(
    intervals.flatMap((own) => own.map((i) => i.bandwidthKbps)).concat(bound ?? []),
  );
  const bandwidth = [
    ...lines((i) => i.bandwidthKbps),
    ...(bound === null
      ? []
      : [{ name: 'Budget', values: starts.map(() => bound), colour: 'bound' } satisfies Series]),
  ];
  return [
    chart({
      title: 'Accuracy',
      unit: 'F1',
      starts,
      series: lines((i) => i.accuracy),
      yTicks: labelled([0, 1, 2, 3, 4].map((i) => least + ((1 - least) * i) / 4)),
      format: readable,
    }),
    chart({
      title: 'Bandwidth',
      unit: 'kbps, logarithmic',
      starts,
      series: bandwidth,
      yTicks: labelled([...new Set([low, ...ticks, high])]),
      isLogarithmic: true,
      format: (value) => `${readable(value)} kbps`,
    }),
  ].join('');
}

/** Each policy with its options, as the file has them. */
const contendersTable = ({ comparison }: ComparisonReport): string =>
  definitions(
    'Policies',
    comparison.contenders.map(({ name, policy, knobs }) => [
      name,
      optionsText({ ...policy, ...(knobs ? { knobs: knobs.join(', ') } : {}) }),
    ]),
  );

function optionsText(options: object): string {
  const parts = Object.entries(options).filter(([key]) => key !== 'name');
  const text = parts.map(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? `${inWords(key)} (${optionsText(value)})`
      : `${inWords(key)} ${value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return text.length === 0 ? 'nothing set' : text.join(', ');
}
