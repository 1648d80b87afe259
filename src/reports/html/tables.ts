/** The tables of a report: what came out, what was asked for, where it ran, and every interval. */
import type { Experiment } from '../../domain/experiment.ts';
import type { IntervalRecord, RunReport } from '../../domain/interval.ts';
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { escapeHtml, readable } from './escape.ts';
import { shownKnobs } from './shownKnobs.ts';

type Row = readonly [term: string, value: string];

/** Headline figures, and how much the run spent. */
export function summaryTiles(report: RunReport): string {
  const { summary } = report;
  const saved = 1 - summary.bandwidthKbps / summary.referenceBandwidthKbps;
  const tiles: [label: string, value: string, note: string][] = [
    ['Accuracy', readable(summary.accuracy), 'mean F1 against the most expensive configuration'],
    [
      'Bandwidth',
      `${readable(summary.bandwidthKbps)} kbps`,
      bandwidthNote(summary.referenceBandwidthKbps, saved),
    ],
    ['Detector time', `${readable(summary.gpuMsPerSecond)} ms/s`, 'as measured by the clock'],
    [
      'Over budget',
      `${summary.overBudgetIntervals} of ${summary.intervals}`,
      'intervals more than 5 % above',
    ],
  ];
  return `<div class="tiles">${tiles
    .map(
      ([label, value, note]) =>
        `<div class="tile"><p>${escapeHtml(label)}</p><strong>${escapeHtml(value)}</strong><small>${escapeHtml(note)}</small></div>`,
    )
    .join('')}</div>`;
}

function bandwidthNote(referenceKbps: number, saved: number): string {
  const reference = `the most expensive configuration takes ${readable(referenceKbps)}`;
  return Number.isFinite(saved) ? `${reference}: ${Math.round(saved * 100)} % less` : reference;
}

export function summaryTable(report: RunReport): string {
  const { summary: s, environment: e } = report;
  return definitions('Summary', [
    ['Mean F1 against the most expensive configuration', readable(s.accuracy)],
    ['Mean F1 against the scene’s exact boxes', readable(s.accuracyTruth)],
    ['Mean bandwidth', `${readable(s.bandwidthKbps)} kbps`],
    ['Bandwidth of the most expensive configuration', `${readable(s.referenceBandwidthKbps)} kbps`],
    ['Detector time', `${readable(s.gpuMsPerSecond)} ms for each second of video`],
    [
      'Detector time that budgets see: passes × cost of a pass',
      `${readable(s.gpuAccountedMsPerSecond)} ms for each second of video`,
    ],
    ['Intervals over budget', `${s.overBudgetIntervals} of ${s.intervals}`],
    [
      'Intervals that a 2-second token bucket would not have let through',
      `${s.bucketViolations} of ${s.intervals}`,
    ],
    ['Inferences', readable(s.inferences)],
    ['Backward passes', readable(s.backwardPasses)],
    ['Encodes', readable(s.encodes)],
    ['DNNGrad sent back to the sensor, uncompressed', `${readable(s.feedbackKbps)} kbps`],
    ['Frames dropped', readable(s.droppedFrames)],
    ...(e.fallback === null ? [] : [['Backend not as asked for', e.fallback] as const]),
  ]);
}

export function environmentTable(report: Pick<RunReport, 'environment'>): string {
  const { environment: e } = report;
  const { name, inputWidth, inputHeight } = e.detector;
  return definitions('Environment', [
    ['Backend', e.backend],
    ['Adapter', e.adapter],
    ['Browser', e.browser],
    ['Threads', readable(e.threads)],
    ['Detector', `${name}, input ${inputWidth}×${inputHeight}`],
    ...Object.entries(e.versions),
  ]);
}

export function experimentTable(report: { readonly experiment: Partial<Experiment> }): string {
  return definitions(
    'Experiment',
    Object.entries(report.experiment).flatMap(([key, value]) => written(inWords(key), value)),
  );
}

/** "gpuMsPerSecond": "gpu ms per second". */
export const inWords = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A row for each value within a value, named by where it stands. */
function written(name: string, value: unknown): Row[] {
  if (value === null || value === undefined) return [[name, 'none']];
  if (typeof value === 'number') return [[name, readable(value)]];
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object') return [[name, JSON.stringify(value)]];
  const parts = Object.entries(value);
  if (parts.length === 0) return [[name, 'none']];
  if (!Array.isArray(value)) return parts.flatMap(([key, part]) => written(`${name}: ${inWords(key)}`, part));
  if (value.every((part) => typeof part === 'string')) return [[name, value.map(inWords).join(', ')]];
  return parts.flatMap(([key, part]) => written(`${name} ${Number(key) + 1}`, part));
}

/** A card with a row for each term. */
export function definitions(title: string, rows: readonly Row[]): string {
  const body = rows
    .map(([term, value]) => `<tr><th scope="row">${escapeHtml(term)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  return `<section class="card"><h2>${escapeHtml(title)}</h2><table>${body}</table></section>`;
}

type IntervalColumn = readonly [header: string, value: (i: IntervalRecord) => string];

const KNOB_UNITS: Readonly<Partial<Record<KnobName, string>>> = {
  frameRate: 'fps',
  keyFrameInterval: 's',
  pixelFilter: '%',
  areaFilter: '%',
  edgeFilter: '%',
};

const knobColumn = (name: KnobName): IntervalColumn => {
  const unit = KNOB_UNITS[name];
  return [
    unit === undefined ? KNOB_LABELS[name] : `${KNOB_LABELS[name]}, ${unit}`,
    ({ configuration: { [name]: value } }) => (typeof value === 'number' ? readable(value) : value),
  ];
};

const FIGURE_COLUMNS: readonly IntervalColumn[] = [
  ['Accuracy, F1', (i) => readable(i.accuracy)],
  ['Exact boxes, F1', (i) => readable(i.accuracyTruth)],
  ['Bandwidth, kbps', (i) => readable(i.bandwidthKbps)],
  ['Budget, kbps', (i) => readable(i.budget.bandwidthKbps)],
  ['Detector, ms', (i) => readable(i.gpuAccountedMs)],
  ['Budget, ms', (i) => readable(i.budget.gpuMsPerSecond)],
  ['Price of bandwidth', (i) => readable(i.prices.bandwidth)],
  ['Price of detector time', (i) => readable(i.prices.gpu)],
];

export function intervalTable(report: RunReport): string {
  const columns: readonly IntervalColumn[] = [
    ['Second', (i) => readable(i.startSeconds)],
    ...shownKnobs(report).map(knobColumn),
    ...FIGURE_COLUMNS,
  ];
  const head = columns.map(([header]) => `<th scope="col">${escapeHtml(header)}</th>`).join('');
  const body = report.intervals
    .map((i) => `<tr>${columns.map(([, value]) => `<td>${escapeHtml(value(i))}</td>`).join('')}</tr>`)
    .join('');
  return (
    '<details class="card"><summary>Every interval as a table</summary>' +
    `<div class="scroll"><table class="numbers"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></details>`
  );
}
