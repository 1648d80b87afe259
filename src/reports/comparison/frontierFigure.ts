/** The accuracy-bandwidth plane of a comparison as inline SVG for report.html: a mark a policy, and what the grid knows. */
import type { Outcome } from '../../domain/hindsight.ts';
import { escapeHtml, readable } from '../html/escape.ts';
import type { Hindsight } from './hindsightFigures.ts';
import { MARKS, type Look } from './looks.ts';
import { bandwidthAxis, bent, labelsOf, lowerEnd } from './plane.ts';

export interface Reached extends Outcome {
  readonly name: string;
  readonly look: Look;
}

const WIDTH = 560;
const HEIGHT = 300;
const LEFT = 52;
const RIGHT = 110;
const TOP = 24;
const BOTTOM = 40;
const LABEL_HEIGHT = 13;

export function frontierFigure(
  reached: readonly Reached[],
  hindsight: Hindsight | null,
  budgetKbps: number | null,
): string {
  const curves: readonly (readonly [name: string, className: string, outcomes: readonly Outcome[]])[] =
    hindsight
      ? [
          ['Hull of the statics', 'faint', hindsight.hull],
          ['Oracle', 'faint clairvoyant', hindsight.oracle],
          ['Oracle, split halves', 'faint split', hindsight.splitHalf],
        ]
      : [];
  // What nobody came near would press the policies into a corner: the curves go on beyond the plot.
  const told: readonly Outcome[] = [
    ...reached,
    ...(hindsight?.within ? Object.values(hindsight.within) : []),
  ];
  const xs = bandwidthAxis(told.map(({ bandwidthKbps }) => bandwidthKbps).concat(budgetKbps ?? []));
  const low = lowerEnd(told);
  const x = (kbps: number): number =>
    round(LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(kbps / xs.low)) / Math.log(xs.high / xs.low));
  const y = (f1: number): number => round(TOP + ((HEIGHT - TOP - BOTTOM) * (1 - f1)) / (1 - low));
  const labels = labelsOf(
    reached,
    reached.map((outcome) => ({ x: x(outcome.bandwidthKbps), y: y(outcome.accuracy) })),
    { left: LEFT, right: WIDTH - RIGHT, top: TOP, bottom: HEIGHT - BOTTOM },
    LABEL_HEIGHT,
  );
  const ticks = Array.from({ length: 5 }, (_, i) => low + ((1 - low) * i) / 4);
  const path = (outcomes: readonly Outcome[]): string =>
    bent(outcomes, xs)
      .map((o, i) => `${i === 0 ? 'M' : 'L'}${x(o.bandwidthKbps)} ${y(o.accuracy)}`)
      .join('');
  const said = reached.map(
    ({ name, accuracy, bandwidthKbps }) => `${name} ${readable(accuracy)} at ${readable(bandwidthKbps)} kbps`,
  );
  const svg = [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`F1 against bandwidth: ${said.join('; ')}.`)}">`,
    '<text class="tick" x="0" y="12">F1</text>',
    `<text class="tick" x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">kbps, logarithmic</text>`,
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/>` +
        `<text class="tick" x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${readable(tick)}</text>`,
    ),
    ...xs.ticks.map(
      (tick) =>
        `<text class="tick" x="${x(tick)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${readable(tick)}</text>`,
    ),
    ...(budgetKbps === null
      ? []
      : [`<path class="line c-bound" d="M${x(budgetKbps)} ${TOP}V${HEIGHT - BOTTOM}"/>`]),
    `<svg x="${LEFT}" y="${TOP - 2}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM + 2}" viewBox="${LEFT} ${TOP - 2} ${WIDTH - LEFT - RIGHT} ${HEIGHT - TOP - BOTTOM + 2}">`,
    ...curves.map(([, className, outcomes]) => `<path class="line ${className}" d="${path(outcomes)}"/>`),
    '</svg>',
    ...(hindsight?.within
      ? [
          `<path class="mark faint hollow" transform="translate(${x(hindsight.within.bestStatic.bandwidthKbps)} ${y(hindsight.within.bestStatic.accuracy)})" d="${MARKS.chameleon}"><title>Best static within the budget</title></path>`,
        ]
      : []),
    ...reached.map(({ name, look, accuracy, bandwidthKbps }, i) => {
      const tip = `${name}\nF1 ${readable(accuracy)}\n${readable(bandwidthKbps)} kbps`;
      const { row = null, side = 1 } = labels[i] ?? {};
      return (
        `<path class="mark c-policy-${look}" transform="translate(${x(bandwidthKbps)} ${y(accuracy)})" d="${MARKS[look]}"><title>${escapeHtml(tip)}</title></path>` +
        (row === null
          ? ''
          : `<text class="label" x="${x(bandwidthKbps) + side * 9}" y="${row + 4}"${side < 0 ? ' text-anchor="end"' : ''}>${escapeHtml(name)}</text>`)
      );
    }),
    '</svg>',
  ].join('');
  const legend = curves.map(([name]) => name);
  const note =
    legend.length === 0
      ? 'Means over the run, a mark a policy.'
      : `Means over the run, a mark a policy. Lines: ${legend.join(' (solid), ').replace('Oracle (solid)', 'oracle (long dashes)').replace('Oracle, split', 'oracle on split')} (dots); hollow: the best static within the budget.`;
  return `<figure class="card"><figcaption><h3>Accuracy against bandwidth</h3><p class="scale">${escapeHtml(note)}</p></figcaption>${svg}</figure>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
