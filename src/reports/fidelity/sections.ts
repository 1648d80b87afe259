/** The table of estimators and the scatter plots, as fidelity.html and a run's report.html show them. */
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { escapeHtml } from '../html/escape.ts';
import { scatter } from '../html/scatter.ts';
import {
  CHARGED_ESTIMATORS,
  estimatorFidelity,
  estimatorsOf,
  measuredKnobs,
  steeringEstimate,
  type EstimatorFidelity,
  type FidelityReport,
  type ProbeShare,
} from './fidelity.ts';

/** How the plots are to be read. */
export const LEGEND =
  'Gains are changes of mean F1 from the cheaper to the more expensive side of a step; filled marks are steps up from where the interval ran, hollow ones steps down; the dashed line is the regression through 0. Small samples: a correlation of 0 over 30 steps lies within ±0.36 nineteen times in twenty.';

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

export function fidelityTable(report: FidelityReport): string {
  const rows = measuredKnobs(report.samples).flatMap((knob) =>
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

const percent = (value: number | undefined): string =>
  value === undefined ? '–' : `${Math.round(100 * value)} %`;

/** What the estimates cost: the gradients as they were charged, the probes as they would have been. */
export function costTable({ cost }: Pick<FidelityReport, 'cost'>): string {
  const { forwardProbe, profiledReference, profiledProbe } = cost;
  const probe = ({ inferences, encodes, bytesShare }: ProbeShare): string =>
    `${figure(inferences)} inferences, ${figure(encodes)} encodes${bytesShare === undefined ? '' : `, ${percent(bytesShare)} of the bytes that an interval sends`}`;
  const rows: readonly (readonly [string, string])[] = [
    ['Backward passes for each inference', figure(cost.backwardPerInference)],
    ['Backward time by inference time', percent(cost.backwardShare)],
    ['Frames encoded for each captured one', figure(cost.encodesPerFrame)],
    ['A probe of a neighbour (charged estimators), each knob and interval', probe(forwardProbe)],
    ...(profiledReference
      ? [
          [
            'The reference’s frames, for profiledProbe and combinedProbe, each interval',
            probe(profiledReference),
          ] as const,
        ]
      : []),
    ...(profiledProbe
      ? [
          [
            'profiledProbe or combinedProbe of every knob in every interval, on top of the run',
            `${percent(profiledProbe.inferencesShare)} of its inferences, ${figure(profiledProbe.encodesPerFrame)} encodes a captured frame, ${percent(profiledProbe.bytesShare)} of its bytes`,
          ] as const,
        ]
      : []),
  ];
  const body = rows
    .map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  return `<section class="card"><h2>What the estimates cost</h2><div class="scroll"><table>${body}</table></div></section><p></p>`;
}

/** Scatter plots of one knob. @param estimators whose plots are drawn */
export const knobPlots = (report: FidelityReport, knob: KnobName, estimators: readonly string[]): string => {
  const own = report.samples.filter((sample) => sample.knob === knob);
  return estimators
    .map((estimator) => {
      const found = estimatorFidelity(own, estimator);
      return scatter({
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
      });
    })
    .join('');
};

export function levelPlots(report: FidelityReport): string {
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

/** What a run's report shows of the intervals whose truth was measured. */
export function fidelitySection(report: FidelityReport): string {
  const { experiment, intervals, samples } = report;
  const plots = (estimatorsFor: (knob: KnobName) => readonly string[]): string =>
    `<div class="grid2">${measuredKnobs(samples)
      .map((knob) => knobPlots(report, knob, estimatorsFor(knob)))
      .join('')}</div>`;
  const estimators = (knob: KnobName): string[] =>
    estimatorsOf(samples.filter((sample) => sample.knob === knob));
  const steering = steeringEstimate(experiment, estimatorsOf(samples));
  const lead = `What a step of each knob really changed, measured on ${intervals.length} intervals of this run (${samples.length} steps) and charged to nobody.`;
  return `<h2>How far AccGrad could be trusted</h2><p>${escapeHtml(`${lead} ${LEGEND}`)}</p>
${plots(() => (steering === null ? [] : [steering]))}
${fidelityTable(report)}
${costTable(report)}
<details class="card"><summary>Every other estimator</summary>${plots((knob) => estimators(knob).filter((name) => name !== steering))}</details><p></p>`;
}
