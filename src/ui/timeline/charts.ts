/** The small multiples of the timeline: one entry a chart, its series in drawing order. */
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { fixed, price, quantity } from '../format.ts';
import type { TermName } from '../help/glossary.ts';
import type { Row } from './rows.ts';

export interface Series {
  readonly key: keyof Row;
  readonly label: string;
  /** CSS custom property that holds its colour. */
  readonly colour: string;
  readonly dash?: string;
  readonly isBound?: boolean;
}

export interface Chart {
  readonly id: string;
  readonly term: TermName;
  readonly title: string;
  readonly unit: string;
  /** Fixed ends of the axis; the data's otherwise. */
  readonly domain: readonly [number | 'floor', number | 'auto'];
  readonly series: readonly Series[];
  readonly over?: 'isOverBandwidth' | 'isOverGpu';
  readonly write: (value: number) => string;
}

/** What a chart of a resource has: its use and, dashed, its budget. */
const againstBudget = (
  use: keyof Row,
  label: string,
  budget: keyof Row,
): Pick<Chart, 'domain' | 'series' | 'write'> => ({
  domain: [0, 'auto'],
  series: [
    { key: budget, label: 'budget', colour: '--data-bound', dash: '5 3', isBound: true },
    { key: use, label, colour: '--data-use' },
  ],
  write: quantity,
});

const KNOB_LINES: Readonly<Record<KnobName, Pick<Series, 'colour' | 'dash'>>> = {
  resolution: { colour: '--data-resolution' },
  quantizer: { colour: '--data-quantizer', dash: '6 2.5' },
  frameRate: { colour: '--data-framerate', dash: '2 2.5' },
  keyFrameInterval: { colour: '--data-keyframes', dash: '8 2 2 2' },
  codec: { colour: '--data-codec', dash: '4 2' },
  colour: { colour: '--data-chroma', dash: '1 2' },
  pixelFilter: { colour: '--data-pixelfilter', dash: '5 2 1 2' },
  areaFilter: { colour: '--data-areafilter', dash: '3 1.5' },
  edgeFilter: { colour: '--data-edgefilter', dash: '10 3' },
  inputSize: { colour: '--data-inputsize', dash: '10 2' },
  member: { colour: '--data-member', dash: '6 2 1 2' },
  enhancement: { colour: '--data-enhancement', dash: '3 3' },
  tiles: { colour: '--data-tiles', dash: '7 2 1 2 1 2' },
};

/** @param knobs whose positions are drawn */
export const chartsOf = (knobs: readonly KnobName[]): readonly Chart[] => [
  {
    id: 'accuracy',
    term: 'accuracy',
    title: 'Accuracy',
    unit: 'F1',
    domain: ['floor', 1],
    series: [
      { key: 'accuracyTruth', label: 'vs exact', colour: '--data-exact', dash: '1.5 3' },
      { key: 'accuracy', label: 'vs reference', colour: '--data-accuracy' },
    ],
    write: (value) => fixed(value, 3),
  },
  {
    id: 'bandwidth',
    term: 'bandwidth',
    title: 'Bandwidth',
    unit: 'kbps',
    over: 'isOverBandwidth',
    ...againstBudget('kbps', 'sent', 'kbpsBudget'),
  },
  {
    id: 'gpu',
    term: 'gpu',
    title: 'Detector',
    unit: 'ms/s',
    over: 'isOverGpu',
    ...againstBudget('gpu', 'spent', 'gpuBudget'),
  },
  {
    id: 'knobs',
    term: 'position',
    title: 'Knobs',
    unit: 'position',
    domain: [0, 1],
    series: knobs.map((key) => ({ key, label: KNOB_LABELS[key].toLowerCase(), ...KNOB_LINES[key] })),
    write: (value) => fixed(value, 2),
  },
  {
    id: 'prices',
    term: 'price',
    title: 'Prices',
    unit: '',
    domain: [0, 'auto'],
    series: [
      { key: 'priceBandwidth', label: 'bandwidth', colour: '--data-price' },
      { key: 'priceGpu', label: 'detector', colour: '--data-price-gpu', dash: '5 3' },
    ],
    write: price,
  },
];
