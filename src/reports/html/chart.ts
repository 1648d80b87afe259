/**
 * A line chart over the intervals of a run as inline SVG: no script, readable in print, tooltips by `<title>`.
 * Colours come from the page's style sheet by class, so that one picture serves light and dark.
 */
import type { KnobName } from '../../domain/knob.ts';
import type { Look } from '../comparison/looks.ts';
import { escapeHtml, readable } from './escape.ts';
import { wholeTicks } from './ticks.ts';

export interface Series {
  readonly name: string;
  /** One value an interval; null leaves a gap. */
  readonly values: readonly (number | null)[];
  /** Its colour and dashes, those of the lab's page. */
  readonly colour:
    'accuracy' | 'exact' | 'use' | 'measured' | 'bound' | 'price' | 'price-gpu' | KnobName | `policy-${Look}`;
}

export interface YTick {
  readonly at: number;
  readonly label: string;
}

export interface ChartSpec {
  readonly title: string;
  /** What the y axis counts, written above it: "kbps". */
  readonly unit: string;
  /** Start of each interval, seconds. */
  readonly starts: readonly number[];
  readonly series: readonly Series[];
  /** The outermost are the ends of the axis. */
  readonly yTicks: readonly YTick[];
  /** All ticks are above 0 where it is; a value below the lowest of them is drawn at that one. */
  readonly isLogarithmic?: true;
  /** Writes a value in tooltips. */
  readonly format: (value: number) => string;
}

const WIDTH = 560;
const HEIGHT = 210;
const LEFT = 64;
const RIGHT = 12;
const TOP = 24;
const BOTTOM = 26;
/** Above this many intervals the tooltips are left out: the file would be mostly tooltips. */
const MAX_TOOLTIPS = 600;

/** A figure with heading, legend and the chart. */
export function chart(spec: ChartSpec): string {
  const legend = spec.series.map((s) => `<li class="key c-${s.colour}">${escapeHtml(s.name)}</li>`).join('');
  const heading = `<figcaption><h3>${escapeHtml(spec.title)}</h3><ul class="legend">${legend}</ul></figcaption>`;
  return `<figure class="card">${heading}${svg(spec)}</figure>`;
}

function svg(spec: ChartSpec): string {
  const { starts, series, yTicks } = spec;
  const first = starts[0] ?? 0;
  const last = (starts.at(-1) ?? 0) + 1;
  const ends = yTicks.map((t) => t.at);
  const along = (value: number): number =>
    spec.isLogarithmic ? Math.log(Math.max(Math.min(...ends), value)) : value;
  const low = along(Math.min(...ends));
  const high = along(Math.max(...ends));
  const x = (seconds: number): number =>
    LEFT + ((WIDTH - LEFT - RIGHT) * (seconds - first)) / Math.max(1e-9, last - first);
  const y = (value: number): number =>
    TOP + (HEIGHT - TOP - BOTTOM) * (1 - (along(value) - low) / Math.max(1e-9, high - low));
  const label = `${spec.title}: ${series.map((s) => describe(s, spec.format)).join('; ')}.`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">`,
    `<text class="tick" x="0" y="12">${escapeHtml(spec.unit)}</text>`,
    ...yTicks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(tick.at))}" y2="${round(y(tick.at))}"/>` +
        `<text class="tick" x="${LEFT - 6}" y="${round(y(tick.at) + 4)}" text-anchor="end">${escapeHtml(tick.label)}</text>`,
    ),
    ...wholeTicks(first, last).map(
      (tick) =>
        `<text class="tick" x="${round(x(tick))}" y="${HEIGHT - 8}" text-anchor="middle">${tick} s</text>`,
    ),
    ...series.map((s) => `<path class="line c-${s.colour}" d="${path(s, starts, x, y)}"/>`),
    ...(starts.length > MAX_TOOLTIPS ? [] : starts.map((_, i) => tooltip(spec, i, x))),
    '</svg>',
  ].join('');
}

type Scale = (value: number) => number;

/** An interval's value holds until the next one begins, so that the line has steps. */
const endOf = (starts: readonly number[], i: number): number => starts[i + 1] ?? (starts[i] ?? 0) + 1;

function path(series: Series, starts: readonly number[], x: Scale, y: Scale): string {
  let drawing = false;
  return starts
    .map((start, i) => {
      const value = series.values[i] ?? null;
      if (value === null || !Number.isFinite(value)) {
        drawing = false;
        return '';
      }
      const at = round(y(value));
      const begin = drawing ? `V${at}` : `M${round(x(start))} ${at}`;
      drawing = true;
      return `${begin}H${round(x(endOf(starts, i)))}`;
    })
    .join('');
}

function tooltip(spec: ChartSpec, i: number, x: Scale): string {
  const start = spec.starts[i] ?? 0;
  const lines = spec.series.map((s) => {
    const value = s.values[i] ?? null;
    return `${s.name}: ${value === null ? '–' : spec.format(value)}`;
  });
  const text = escapeHtml([`Second ${readable(start)}`, ...lines].join('\n'));
  const width = round(x(endOf(spec.starts, i)) - x(start));
  return `<rect class="hit" x="${round(x(start))}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - BOTTOM}"><title>${text}</title></rect>`;
}

function describe(series: Series, format: (value: number) => string): string {
  const values = series.values.filter((v): v is number => v !== null);
  if (values.length === 0) return `${series.name}, no values`;
  const end = values.at(-1) ?? 0;
  return `${series.name} from ${format(Math.min(...values))} to ${format(Math.max(...values))}, last ${format(end)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
