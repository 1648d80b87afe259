/** The charts of a report: accuracy, bandwidth and detector time against their budgets, knobs, gradients, prices. */
import { isInF1, type Experiment } from '../../domain/experiment.ts';
import type { IntervalRecord, RunReport } from '../../domain/interval.ts';
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { chart, type Series, type YTick } from './chart.ts';
import { readable } from './escape.ts';
import { shownKnobs } from './shownKnobs.ts';
import { ticksTo } from './ticks.ts';

/** What AccGrads and prices are counted in. */
function unitOf({ policy }: Experiment): string {
  const isF1 = policy.name === 'oneadapt' && isInF1(policy);
  return isF1 ? 'change of F1' : 'change of utility per candidate detection';
}

export function charts(report: RunReport): string {
  const { intervals } = report;
  const starts = intervals.map((i) => i.startSeconds);
  const of = (value: (i: IntervalRecord) => number | null): (number | null)[] => intervals.map(value);

  const amount = (title: string, unit: string, series: readonly Series[]): string =>
    chart({ title, unit, starts, series, yTicks: ticksFor(series), format: (v) => `${readable(v)} ${unit}` });

  const bound = (value: (i: IntervalRecord) => number | null): Series[] => {
    const values = of(value);
    return values.every((v) => v === null) ? [] : [{ name: 'Budget', values, colour: 'bound' }];
  };
  const truth = of((i) => i.accuracyTruth);

  const prices: Series[] = [
    { name: 'Bandwidth', values: of((i) => i.prices.bandwidth), colour: 'price' },
    { name: 'Detector time', values: of((i) => i.prices.gpu), colour: 'price-gpu' },
  ];

  return [
    chart({
      title: 'Accuracy',
      unit: 'F1',
      starts,
      series: [
        {
          name: 'Against the most expensive configuration',
          values: of((i) => i.accuracy),
          colour: 'accuracy',
        },
        ...(truth.some((v) => v !== null)
          ? [{ name: 'Against the scene’s exact boxes', values: truth, colour: 'exact' } as const]
          : []),
      ],
      yTicks: labelled([0, 0.25, 0.5, 0.75, 1]),
      format: readable,
    }),
    amount('Bandwidth', 'kbps', [
      { name: 'Sent', values: of((i) => i.bandwidthKbps), colour: 'use' },
      ...bound((i) => i.budget.bandwidthKbps),
    ]),
    amount('Detector time', 'ms/s', [
      { name: 'Accounted', values: of((i) => i.gpuAccountedMs), colour: 'use' },
      { name: 'Measured', values: of((i) => i.gpuMs), colour: 'measured' },
      ...bound((i) => i.budget.gpuMsPerSecond),
    ]),
    chart({
      title: 'Prices',
      unit: `${unitOf(report.experiment)}, per whole budget`,
      starts,
      series: prices,
      yTicks: ticksFor(prices),
      format: readable,
    }),
    ...shownKnobs(report).map((name) => knobChart(report, name, starts)),
    gradientChart(report, starts),
  ].join('');
}

/** Position of a knob on its ladder, which is the y axis. */
function knobChart(report: RunReport, name: KnobName, starts: readonly number[]): string {
  const ladder = report.ladders[name];
  const labels = ladder.map((value, at) => ({ at, label: String(value) }));
  const every = Math.ceil(labels.length / 7);
  return chart({
    title: KNOB_LABELS[name],
    unit: '',
    starts,
    series: [
      {
        name: 'Value, cheap below, expensive above',
        values: report.intervals.map((i) => {
          const index = ladder.indexOf(i.configuration[name]);
          return index < 0 ? null : index;
        }),
        colour: name,
      },
    ],
    yTicks: labels.flatMap((tick) => {
      if ((labels.length - 1 - tick.at) % every === 0) return [tick];
      return tick.at === 0 ? [{ at: 0, label: '' }] : [];
    }),
    format: (index) => String(ladder[Math.round(index)] ?? '–'),
  });
}

function gradientChart({ intervals, experiment }: RunReport, starts: readonly number[]): string {
  const series = KNOB_NAMES.flatMap((name): Series[] => {
    const values = intervals.map((i) => i.gradients[name]?.accGrad ?? null);
    return values.every((v) => v === null) ? [] : [{ name: KNOB_LABELS[name], values, colour: name }];
  });
  return chart({
    title: 'AccGrad: what a knob’s whole ladder would change',
    unit: `${unitOf(experiment)}, per full ladder`,
    starts,
    series,
    yTicks: ticksFor(series),
    format: readable,
  });
}

/** Ticks that hold all values, below zero too where there are such. */
export function ticksFor(series: readonly Series[]): YTick[] {
  const values = series.flatMap((s) => s.values.filter((v): v is number => v !== null));
  const top = values.reduce((a, b) => Math.max(a, b), 0);
  const bottom = values.reduce((a, b) => Math.min(a, b), 0);
  const up = ticksTo(Math.max(top, -bottom), 4);
  const [, step = 1] = up;
  const above = up.filter((tick) => tick < top + step - 1e-9 || tick === 0);
  const below = up.filter((tick) => tick > 0 && tick < -bottom + step - 1e-9).map((tick) => -tick);
  const all = [...below.reverse(), ...above];
  return labelled(all.length > 1 ? all : [0, step]);
}

export const labelled = (ticks: readonly number[]): YTick[] =>
  ticks.map((at) => ({ at, label: readable(at) }));
