/** A scatter plot with its regression through 0 as inline SVG, styled by the page's style sheet like the charts. */
import { axis, regression } from './axes.ts';
import { escapeHtml, readable } from './escape.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
  /** For the tooltip. */
  readonly label: string;
  /** Drawn hollow. */
  readonly hollow?: boolean;
}

export interface ScatterSpec {
  readonly title: string;
  /** A line under the title. */
  readonly note: string;
  readonly xName: string;
  readonly yName: string;
  readonly points: readonly Point[];
  /** Class of the colour, as in the style sheet: "c-quantizer". */
  readonly colour: string;
}

const WIDTH = 360;
const HEIGHT = 260;
const LEFT = 52;
const RIGHT = 12;
const TOP = 22;
const BOTTOM = 38;
const RADIUS = 3.5;

/** A figure with heading, note and the plot. */
export function scatter(spec: ScatterSpec): string {
  const { points } = spec;
  const xs = axis(points.map(({ x }) => x));
  const ys = axis(points.map(({ y }) => y));
  const x = (value: number): number =>
    LEFT + ((WIDTH - LEFT - RIGHT) * (value - xs.low)) / (xs.high - xs.low);
  const y = (value: number): number =>
    TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - ys.low) / (ys.high - ys.low));
  const label = `${spec.title}: ${points.length} points, ${spec.xName} against ${spec.yName}. ${spec.note}`;
  const line = regression(points, xs, ys);
  const marks = points.map((point) => {
    const fill = point.hollow === true ? 'fill="none" stroke="currentColor"' : 'fill="currentColor"';
    const tip = `${point.label}\n${spec.xName}: ${readable(point.x)}\n${spec.yName}: ${readable(point.y)}`;
    return `<circle class="${escapeHtml(spec.colour)}" cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="${RADIUS}" ${fill} fill-opacity="0.65"><title>${escapeHtml(tip)}</title></circle>`;
  });
  const fit = ([from, to]: NonNullable<typeof line>): string =>
    `<line class="fit" x1="${round(x(from[0]))}" y1="${round(y(from[1]))}" x2="${round(x(to[0]))}" y2="${round(y(to[1]))}"/>`;
  const svg = [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">`,
    `<text class="tick" x="0" y="12">${escapeHtml(spec.yName)}</text>`,
    `<text class="tick" x="${WIDTH - RIGHT}" y="${HEIGHT - 4}" text-anchor="end">${escapeHtml(spec.xName)}</text>`,
    ...ys.ticks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>` +
        `<text class="tick" x="${LEFT - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${readable(tick)}</text>`,
    ),
    ...xs.ticks.map(
      (tick) =>
        `<line class="grid" y1="${TOP}" y2="${HEIGHT - BOTTOM}" x1="${round(x(tick))}" x2="${round(x(tick))}"/>` +
        `<text class="tick" x="${round(x(tick))}" y="${HEIGHT - BOTTOM + 14}" text-anchor="middle">${readable(tick)}</text>`,
    ),
    ...(line === null ? [] : [fit(line)]),
    ...marks,
    '</svg>',
  ].join('');
  return `<figure class="card"><figcaption><h3>${escapeHtml(spec.title)}</h3><p class="scale">${escapeHtml(spec.note)}</p></figcaption>${svg}</figure>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
