/** docs/tiles.md: what every way saves against the plain encode at equal accuracy. */
import type { Trial, TrialInterval } from '../../src/engine/tileTrials/trial.ts';
import { DEFAULT_WAY, GRIDS, LEVELS, MORE_WAYS, PLAIN, WAYS, type Way } from './plan.ts';
import { bytesAt, rateCurve, savingBetween, type RateCurve, type RatePoint } from './rateCurve.ts';

export interface Measured {
  readonly name: string;
  /** What it was measured with: that of other lengths or builds is not put beside it. */
  readonly seconds: number;
  readonly commit: string;
  readonly trials: readonly Trial[];
  readonly intervals: readonly TrialInterval[];
}

/** Curves that share less of F1 than this cannot be compared. */
const LEAST_SPREAD = 0.02;
/** Savings within so many standard errors of 0 may be none. */
const SURE_ERRORS = 2;

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);

/** In a run's first second nothing is known of the tiles, in the second one not yet whether that lasts. */
const UNINFORMED_SECONDS = 2;

/** Below this no standard error can be told. */
const LEAST_SECONDS = 2;

/** Those that count; of a clip that is too short for that, all but the first. */
function secondsOf({ intervals }: Measured): number[] {
  const all = [...new Set(intervals.map(({ interval }) => interval))];
  const informed = all.filter((second) => second >= UNINFORMED_SECONDS);
  return informed.length >= LEAST_SECONDS ? informed : all.filter((second) => second > 0);
}

function pointOf(
  { trials, intervals }: Measured,
  way: Way,
  quantizer: number,
  seconds: readonly number[],
): RatePoint & { kept: number } {
  const at = trials.findIndex((trial) => trial.name === way.name && trial.quantizer === quantizer);
  const own = intervals.filter(({ trial, interval }) => trial === at && seconds.includes(interval));
  return {
    bytes: mean(own.map(({ bytes }) => bytes)),
    accuracy: mean(own.map(({ accuracy }) => accuracy)),
    kept: mean(own.map(({ kept }) => kept)),
  };
}

const curveOf = (measured: Measured, way: Way, seconds: readonly number[]): RateCurve =>
  rateCurve(way.quantizers.map((quantizer) => pointOf(measured, way, quantizer, seconds)));

interface Saving {
  readonly share: number;
  /** Its standard error, by leaving out one second after the other (jackknife); null where only one counts. */
  readonly error: number | null;
}

const wasTried = ({ trials }: Measured, way: Way): boolean => trials.some(({ name }) => name === way.name);

/** Against the plain encode at the same quantizers; null where the source cannot say. */
function savingOf(measured: Measured, way: Way): Saving | null {
  const plain = { ...PLAIN, quantizers: way.quantizers };
  const over = (seconds: readonly number[]): number | null =>
    savingBetween(curveOf(measured, plain, seconds), curveOf(measured, way, seconds), LEAST_SPREAD);
  const seconds = secondsOf(measured);
  const share = over(seconds);
  if (share === null) return null;
  const without = seconds.flatMap((left) => over(seconds.filter((second) => second !== left)) ?? []);
  const middle = mean(without);
  const spread = mean(without.map((one) => (one - middle) ** 2));
  return { share, error: without.length < 2 ? null : Math.sqrt((without.length - 1) * spread) };
}

const percent = (share: number): string =>
  `${Math.round(100 * share)}`.replace(/^-0$/, '0').replace('-', '−');

const errorOf = ({ error }: Saving): string => (error === null ? '?' : percent(error));

/** Finer than in the tables, since it is sorted by. */
const tenths = (share: number): string => (100 * share).toFixed(1).replace('-', '−').replace('−0.0', '0.0');

function cell(measured: Measured, way: Way): string {
  if (!wasTried(measured, way)) return '';
  const saving = savingOf(measured, way);
  return saving === null ? '–' : `**${percent(saving.share)}** ± ${errorOf(saving)}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** F1 of the plain encode from the finest to the coarsest quantizer. */
function rangeOf(measured: Measured): string {
  const plain = curveOf(measured, PLAIN, secondsOf(measured));
  return [plain.at(-1), plain[0]].map((point) => point?.accuracy.toFixed(2) ?? '').join(' … ');
}

const titleOf = (way: Way): string => (way === DEFAULT_WAY ? `${way.name} (default)` : way.name);

function savingsTable(all: readonly Measured[], ways: readonly Way[]): string[] {
  const means = ways.map((way) => {
    const known = all.flatMap((measured) =>
      wasTried(measured, way) ? (savingOf(measured, way)?.share ?? []) : [],
    );
    return known.length === 0 ? '–' : `**${percent(mean(known))}**`;
  });
  return [
    row(['source', 'F1 of plain', ...ways.map(titleOf)]),
    row(['---', '---', ...ways.map(() => '--:')]),
    ...all.map((measured) =>
      row([measured.name, rangeOf(measured), ...ways.map((way) => cell(measured, way))]),
    ),
    row(['mean of those tried', '', ...means]),
  ];
}

/** What the default did at each quantizer. */
function pointsTable(all: readonly Measured[]): string[] {
  return [
    row(['source', 'quantizer', 'tiles kept', 'F1', 'bytes/s', 'plain bytes/s at this F1']),
    row(['---', '--:', '--:', '--:', '--:', '--:']),
    ...all.flatMap((measured) => {
      const seconds = secondsOf(measured);
      const plain = curveOf(measured, PLAIN, seconds);
      return LEVELS.map((quantizer) => {
        const point = pointOf(measured, DEFAULT_WAY, quantizer, seconds);
        return row([
          measured.name,
          String(quantizer),
          `${percent(point.kept)} %`,
          point.accuracy.toFixed(3),
          point.bytes.toFixed(0),
          bytesAt(plain, point.accuracy)?.toFixed(0) ?? '–',
        ]);
      });
    }),
  ];
}

export interface About {
  readonly commit: string;
  readonly command: string;
  /** A person's words on it, Markdown. */
  readonly notes: string | null;
}

/** What the default saves, in words. */
function inShort(all: readonly Measured[]): string[] {
  const savings = all.flatMap((measured) => {
    const saving = savingOf(measured, DEFAULT_WAY);
    return saving === null ? [] : [{ name: measured.name, ...saving }];
  });
  const named = (of: (one: Saving) => boolean): string => {
    const list = savings
      .filter(of)
      .map(
        ({ name, share, error }) => `${name} (${tenths(share)} ± ${error === null ? '?' : tenths(error)} %)`,
      );
    return list.length === 0 ? 'none' : list.join(', ');
  };
  const isSure = ({ share, error }: Saving): boolean =>
    error !== null && Math.abs(share) > SURE_ERRORS * error;
  const isLarge = ({ share }: Saving): boolean => share >= 0.1;
  const isSmall = (one: Saving): boolean => one.share > 0 && !isLarge(one);
  return [
    `- The default saves at least 10 %: ${named((one) => isLarge(one) && isSure(one))}.`,
    `- At least 10 %, but within twice its standard error: ${named((one) => isLarge(one) && !isSure(one))}.`,
    `- Less than 10 %: ${named((one) => isSmall(one) && isSure(one))}; within twice the standard error: ${named((one) => isSmall(one) && !isSure(one))}.`,
    `- Nothing, because all tiles are kept: ${named(({ share }) => share === 0)}.`,
    `- It **costs**: ${named((one) => one.share < 0 && isSure(one))}; within twice the standard error: ${named((one) => one.share < 0 && !isSure(one))}.`,
  ];
}

export function tilesMarkdown(all: readonly Measured[], { commit, command, notes }: About): string {
  const lengths = all.map(({ name, intervals }) => {
    const seconds = 1 + Math.max(...intervals.map(({ interval }) => interval));
    return `${name} ${seconds}`;
  });
  const more = all.filter((measured) => [...MORE_WAYS, ...GRIDS].some((way) => wasTried(measured, way)));
  return [
    '# What per-tile quality saves',
    '',
    `Written by \`${command}\` at commit ${commit}; do not edit by hand.`,
    '',
    'Bytes saved against the plain encode **at equal F1**, per cent ± standard error; below 0 it costs. The plain encode and the default at quantizers',
    `${LEVELS.join(', ')} give a curve of bytes and F1 each, made monotone; the other ways are tried at ${WAYS[1]?.quantizers.join(', ') ?? ''} and held against the plain`,
    'encode at the same. The figure is the mean difference of the bytes’ logarithm over the F1 that both curves reach (Bjøntegaard). A way that never gives',
    'a tile up has exactly 0. All bytes are VP9’s, one key frame a second, both passes or streams where there are two.',
    '',
    `Tiles are chosen as in a run: by the backward passes on what that way itself showed at the end of the seconds before. Seconds of`,
    `each source: ${lengths.join(', ')}; of these the first two are left out: in the first nothing is known, and in the`,
    'second the default keeps all tiles too, since it has not yet seen whether that lasts (with less than two seconds left, only the first is). Every other frame is detected, on the dashcams every one. F1 is against the same detector on the most expensive configuration. Scenes run with the default detector, people with yolov9n, the',
    'rest with CenterNet; resolutions are about 640 pixels wide. Finer quantizers than these are left out: F1 hardly depends on them.',
    '',
    '## In short',
    '',
    ...inShort(all),
    '',
    'The **standard error** leaves out one second after the other (jackknife). It is itself rough with so few seconds, and knows nothing of other',
    'times of day. Where F1 hardly moves with the bytes, a detection more or less is a large share of them.',
    '',
    ...(notes === null ? [] : [notes.trim(), '']),
    '## Ways',
    '',
    ...savingsTable(all, WAYS),
    '',
    ...[...WAYS, ...MORE_WAYS].map((way) => `- **${titleOf(way)}**: ${way.meaning}.`),
    '',
    'Tile encoders, one a tile, were measured before and cost 13 to 62 % by themselves.',
    '',
    '## More ways and grids, on some sources',
    '',
    ...savingsTable(more, [DEFAULT_WAY, ...MORE_WAYS, ...GRIDS]),
    '',
    '## The default in numbers',
    '',
    ...pointsTable(all),
    '',
  ].join('\n');
}
