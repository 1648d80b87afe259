/** Accuracy against bandwidth as an SVG file of its own, for light and dark. */
import { timeSharedHull, type Outcome } from '../../src/domain/hindsight.ts';
import { escapeHtml, readable } from '../../src/reports/html/escape.ts';
import { ticksTo } from '../../src/reports/html/ticks.ts';
import { budgetText } from './jobs.ts';
import type { PolicyOutcomes } from './means.ts';

export interface FrontierFigure {
  readonly title: string;
  /** A line under the title. */
  readonly note: string;
  readonly policies: readonly PolicyOutcomes[];
  /** Static configurations of the grid. */
  readonly statics: readonly Outcome[];
  /** What could have been had in hindsight, by rising bandwidth. */
  readonly frontiers: readonly { readonly label: string; readonly outcomes: readonly Outcome[] }[];
}

const WIDTH = 780;
const HEIGHT = 440;
const LEFT = 56;
const RIGHT = 236;
const TOP = 82;
const BOTTOM = 46;
const ROW = 20;
/** How far the axis goes beyond the dearest policy. */
const ROOM = 1.15;
const COLOURS = 8;

const STYLE = `
svg { color-scheme: light dark; --card: #fff; --ink: #1c2430; --soft: #5a6675; --line: #dde2e9;
  --p0: #0a58b8; --p1: #b4480a; --p2: #00745c; --p3: #7a3fb0; --p4: #a02463; --p5: #6b6300; --p6: #0b6f8f; --p7: #7a1f2b; }
@media (prefers-color-scheme: dark) { svg { --card: #1a2029; --ink: #e6ebf2; --soft: #9aa7b8; --line: #303947;
  --p0: #7ab6ff; --p1: #ff9c5f; --p2: #3ecfa3; --p3: #c79bf2; --p4: #ff8ac0; --p5: #d8cc4a; --p6: #6fd3f2; --p7: #ff8f9a; } }
text { font: 12px system-ui, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
.title { font-size: 16px; font-weight: 600; } .soft { fill: var(--soft); } .card { fill: var(--card); }
.grid { stroke: var(--line); } .curve { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.mark { fill: currentColor; stroke: var(--card); stroke-width: 1; }
.static { fill: var(--soft); fill-opacity: 0.35; } .soft-line { color: var(--soft); } .ink-line { color: var(--ink); stroke-dasharray: 6 4; }
.ink-line.second { stroke-dasharray: 1.5 3; }
${Array.from({ length: COLOURS }, (_, i) => `.p${i} { color: var(--p${i}); }`).join(' ')}
`;

/** Marks differ in shape as well as in colour; drawn around 0, 0. */
const SHAPES = [
  '<circle class="mark" r="4.5"/>',
  '<rect class="mark" x="-4.2" y="-4.2" width="8.4" height="8.4"/>',
  '<path class="mark" d="M0 -5.4L5.2 4H-5.2Z"/>',
  '<path class="mark" d="M0 -6L6 0L0 6L-6 0Z"/>',
  '<path class="mark" d="M0 5.4L5.2 -4H-5.2Z"/>',
] as const;

const round = (value: number): number => Math.round(value * 10) / 10;

export function frontierSvg({ title, note, policies, statics, frontiers }: FrontierFigure): string {
  const hull = timeSharedHull(statics);
  const reached = policies.map(({ label, outcomes }) => ({
    label,
    outcomes: outcomes.flatMap((outcome) => outcome ?? []).sort((a, b) => a.bandwidthKbps - b.bandwidthKbps),
  }));
  const points = reached.flatMap(({ outcomes }) => outcomes);
  const widest = Math.max(
    ...(points.length > 0 ? points : hull).map(({ bandwidthKbps }) => bandwidthKbps),
    1,
  );
  const xTicks = ticksTo(widest * ROOM, 6);
  const right = xTicks.at(-1) ?? widest;
  const shown = [...points, ...hull.filter(({ bandwidthKbps }) => bandwidthKbps <= right)];
  const yTicks = accuracyTicks(Math.min(...shown.map(({ accuracy }) => accuracy), 0.9));
  const bottom = yTicks[0] ?? 0;
  const x = (kbps: number): number => round(LEFT + ((WIDTH - LEFT - RIGHT) * kbps) / right);
  const y = (accuracy: number): number =>
    round(TOP + ((HEIGHT - TOP - BOTTOM) * (1 - accuracy)) / (1 - bottom));
  const at = ({ bandwidthKbps, accuracy }: Outcome): string => `${x(bandwidthKbps)} ${y(accuracy)}`;
  const curve = (outcomes: readonly Outcome[], look: string): string =>
    outcomes.length < 2 ? '' : `<path class="curve ${look}" d="M${outcomes.map(at).join('L')}"/>`;
  const tip = ({ bandwidthKbps, accuracy }: Outcome, what: string): string =>
    `<title>${escapeHtml(`${what}\n${readable(bandwidthKbps)} kbps, F1 ${accuracy.toFixed(3)}`)}</title>`;

  const background = [
    ...(statics.length > 0 ? [{ label: 'Statics, shared in time', look: 'soft-line', outcomes: hull }] : []),
    ...frontiers.map((frontier, i) => ({ ...frontier, look: `ink-line${i === 0 ? '' : ' second'}` })),
  ];
  const looks = reached.map((policy, i) => ({
    ...policy,
    look: `p${i % COLOURS}`,
    shape: SHAPES[(i + Math.floor(i / COLOURS)) % SHAPES.length] ?? SHAPES[0],
  }));
  const legend = [
    ...looks.map(
      ({ label, look, shape }, i) =>
        `<g class="${look}" transform="translate(${WIDTH - RIGHT + 34} ${TOP + 6 + i * ROW})"><path class="curve" d="M-12 0H12"/>${shape}<text x="20" y="4">${escapeHtml(label)}</text></g>`,
    ),
    ...background.map(
      ({ label, look }, i) =>
        `<g transform="translate(${WIDTH - RIGHT + 34} ${TOP + 16 + (looks.length + i) * ROW})"><path class="curve ${look}" d="M-12 0H12"/><text class="soft" x="20" y="4">${escapeHtml(label)}</text></g>`,
    ),
  ];
  const spoken = `${title}. ${reached
    .map(
      ({ label, outcomes }) =>
        `${label}: ${outcomes.map((o) => `F1 ${o.accuracy.toFixed(3)} at ${readable(o.bandwidthKbps)} kbps`).join(', ') || 'no figures'}`,
    )
    .join('; ')}.`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeHtml(spoken)}">`,
    `<style>${STYLE}</style>`,
    `<clipPath id="plot"><rect x="${LEFT}" y="${TOP - 8}" width="${WIDTH - LEFT - RIGHT + 8}" height="${HEIGHT - TOP - BOTTOM + 16}"/></clipPath>`,
    `<rect class="card" width="${WIDTH}" height="${HEIGHT}" rx="12"/>`,
    `<text class="title" x="18" y="28">${escapeHtml(title)}</text><text class="soft" x="18" y="47">${escapeHtml(note)}</text>`,
    ...yTicks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text class="soft" x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...xTicks.map(
      (tick) =>
        `<line class="grid" y1="${TOP}" y2="${HEIGHT - BOTTOM}" x1="${x(tick)}" x2="${x(tick)}"/><text class="soft" x="${x(tick)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${readable(tick)}</text>`,
    ),
    `<text class="soft" x="${LEFT - 38}" y="${TOP - 12}">F1</text>`,
    `<text class="soft" x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">kbps</text>`,
    '<g clip-path="url(#plot)">',
    ...statics
      .filter((o) => o.bandwidthKbps <= right && o.accuracy >= bottom)
      .map(
        (o) =>
          `<circle class="static" cx="${x(o.bandwidthKbps)}" cy="${y(o.accuracy)}" r="2.5">${tip(o, 'Static')}</circle>`,
      ),
    ...background.map(({ outcomes, look }) => curve(outcomes, look)),
    '</g>',
    ...looks.map(({ outcomes, look }) => curve(outcomes, look)),
    ...looks.flatMap(({ outcomes, look, shape }) =>
      outcomes.map(
        (o) =>
          `<g class="${look}" transform="translate(${at(o)})">${shape}${tip(o, `${o.policy}, ${budgetText(o.budget)}`)}</g>`,
      ),
    ),
    ...legend,
    '</svg>',
  ].join('\n')}\n`;
}

/** From a round number below the lowest accuracy to 1. */
function accuracyTicks(lowest: number): number[] {
  const step = lowest >= 0.8 ? 0.05 : lowest >= 0.4 ? 0.1 : 0.2;
  const steps = Math.max(1, Math.ceil((1 - Math.max(0, lowest)) / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, i) => Number((1 - (steps - i) * step).toFixed(2)));
}
