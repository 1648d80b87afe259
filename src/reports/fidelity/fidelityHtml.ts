/** fidelity.html: one self-contained page with every scatter plot and the table; no script, nothing from the network. */
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { escapeHtml } from '../html/escape.ts';
import { sourceName } from '../html/page.ts';
import { scatter } from '../html/scatter.ts';
import { htmlPage } from '../html/shell.ts';
import { environmentTable, experimentTable } from '../html/tables.ts';
import { CHARGED_ESTIMATORS, type EstimatorFidelity, type FidelityReport } from './fidelity.ts';

export function fidelityHtml(report: FidelityReport): string {
  const { experiment, environment, intervals, samples } = report;
  const name = sourceName(experiment.source);
  const lead =
    `How well the estimators of AccGrad tell what a step really changes: ${intervals.length} intervals of one second on a ` +
    `seeded walk over the ladders, ${samples.length} steps measured by encoding, decoding and detecting the whole interval ` +
    `at the neighbour. Detector ${environment.detector.name} on ${environment.backend}.`;
  const body = `<header><h1>${escapeHtml(`Fidelity: ${name}`)}</h1><p>${escapeHtml(lead)}</p></header>
<main>
${fidelityTable(report)}
${experiment.knobs.map((knob) => knobPlots(report, knob)).join('')}
${levelPlots(report)}
<div class="columns">${environmentTable(report)}${experimentTable(report)}</div>
<footer>Gains are changes of mean F1 from the cheaper to the more expensive side of a step; filled marks are steps up from where the interval ran, hollow ones steps down. Small samples: a correlation of 0 over 30 steps lies within ±0.36 nineteen times in twenty.</footer>
</main>`;
  return htmlPage(`OneAdapt Lab, fidelity: ${name}`, body);
}

/** A correlation as a reader wants it. */
const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(2).replace('-', '−'));

const COLUMNS: readonly [header: string, value: (f: EstimatorFidelity) => string][] = [
  ['Pearson, F1', (f) => figure(f.pearsonAccuracy)],
  ['up', (f) => figure(f.pearsonAccuracyUp)],
  ['down', (f) => figure(f.pearsonAccuracyDown)],
  ['Spearman, F1', (f) => figure(f.spearmanAccuracy)],
  ['Pearson, utility', (f) => figure(f.pearsonUtility)],
  ['Signs right', (f) => figure(f.signAgreement)],
  ['by a constant', (f) => figure(f.constantSignAgreement)],
  ['Steps', (f) => String(f.samples)],
];

const shown = (report: FidelityReport, estimator: string): string =>
  estimator === 'default'
    ? `default (${report.defaultEstimator})`
    : CHARGED_ESTIMATORS.includes(estimator)
      ? `${estimator} (charged)`
      : estimator;

function fidelityTable(report: FidelityReport): string {
  const rows = report.experiment.knobs.flatMap((knob) =>
    Object.entries(report.knobs[knob]?.estimators ?? {}).map(([estimator, found]) =>
      [KNOB_LABELS[knob], shown(report, estimator), ...COLUMNS.map(([, value]) => value(found))]
        .map((cell) => `<td>${escapeHtml(cell)}</td>`)
        .join(''),
    ),
  );
  const levels = Object.entries(report.level).map(([level, { pearson, samples }]) =>
    ['Loss now', level, figure(pearson), ...COLUMNS.slice(1, -1).map(() => ''), String(samples)]
      .map((cell) => `<td>${escapeHtml(cell)}</td>`)
      .join(''),
  );
  const head = ['Knob', 'Estimator', ...COLUMNS.map(([header]) => header)]
    .map((header) => `<th scope="col">${escapeHtml(header)}</th>`)
    .join('');
  const body = [...rows, ...levels].map((row) => `<tr>${row}</tr>`).join('');
  return `<section class="card"><h2>Every estimator</h2><div class="scroll"><table class="numbers"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section><p></p>`;
}

function knobPlots(report: FidelityReport, knob: KnobName): string {
  const own = report.samples.filter((sample) => sample.knob === knob);
  const plots = Object.entries(report.knobs[knob]?.estimators ?? {})
    .filter(([estimator]) => estimator !== 'default')
    .map(([estimator, found]) =>
      scatter({
        title: `${KNOB_LABELS[knob]}: ${shown(report, estimator)}`,
        note: `Pearson ${figure(found.pearsonAccuracy)}, Spearman ${figure(found.spearmanAccuracy)}, ${found.samples} steps`,
        xName: 'estimated gain',
        yName: 'true gain of F1',
        colour: `c-${knob}`,
        points: own.map(({ interval, offset, accuracyGain, estimates }) => ({
          x: estimates[estimator] ?? 0,
          y: accuracyGain,
          label: `interval ${interval}, step ${offset === 1 ? 'up' : 'down'}`,
          hollow: offset === -1,
        })),
      }),
    );
  return `<h2>${escapeHtml(KNOB_LABELS[knob])}</h2><div class="grid2">${plots.join('')}</div>`;
}

function levelPlots(report: FidelityReport): string {
  const plots = Object.entries(report.level)
    .filter(([level]) => level !== 'default')
    .map(([level, { pearson, samples }]) =>
      scatter({
        title: `Loss now: ${level}`,
        note: `Pearson ${figure(pearson)}, ${samples} intervals`,
        xName: 'estimated loss',
        yName: 'true loss, 1 − F1',
        colour: 'c-accuracy',
        points: report.intervals.map((interval) => ({
          x: interval.level[level] ?? 0,
          y: 1 - interval.accuracy,
          label: `interval ${interval.index}`,
        })),
      }),
    );
  return `<h2>How much is being lost</h2><div class="grid2">${plots.join('')}</div>`;
}
