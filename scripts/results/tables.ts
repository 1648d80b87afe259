/** docs/results.md: what every policy needs at equal F1, wins and losses alike. */
import path from 'node:path';
import { readable } from '../../src/reports/html/escape.ts';
import type { DetectorSpec, SceneContent, SourceSpec } from '../../src/domain/experiment.ts';
import { budgetText } from '../sweep/jobs.ts';
import { policyOutcomes } from '../sweep/means.ts';
import type { Cell, CellFigures, Results } from '../sweep/results.ts';
import { groupsOf, sourceGroup, type Group } from './groups.ts';
import { needText, percent, savingText, table } from './markdown.ts';
import { needAt, oneStaticAt, onSource, savingOf } from './need.ts';

export const LEVELS = [0.85, 0.9, 0.95] as const;
/** Single sources and comparisons between two are told at this one. */
const MIDDLE = 0.9;

export interface Told {
  /** By which the document was written. */
  readonly command: string;
  /** Machine on which it was measured. */
  readonly machine: string;
  /** What a person has to say of it, Markdown; null: nothing. */
  readonly notes: string | null;
}

export function resultsMarkdown(results: Results, told: Told): string {
  const whole = finishedJobs(results);
  return `${[
    '# Against the field',
    `Written by \`${told.command}\`; do not edit by hand.`,
    made(results, told),
    HOW,
    ...(told.notes === null ? [] : [told.notes.trim()]),
    ...bytes(whole),
    ...detectorTime(whole),
    '## What was reached, and what it was charged',
    reached(whole),
    ...failures(results),
  ].join('\n\n')}\n`;
}

const jobOf = ({ source, seed }: Pick<Cell, 'source' | 'seed'>): string => `${source}, seed ${seed}`;

/** Without the sources and seeds on which anything failed: means have to be over the same frames for all. */
function finishedJobs(results: Results): Results {
  const failed = new Set(results.cells.flatMap((cell) => ('error' in cell ? [jobOf(cell)] : [])));
  const cells = results.cells.filter((cell) => !failed.has(jobOf(cell)));
  const sources = results.sweep.sources.filter(({ name }) => cells.some(({ source }) => source === name));
  return {
    ...results,
    ...{ cells, hindsight: results.hindsight.filter((one) => !failed.has(jobOf(one))) },
    sweep: { ...results.sweep, sources },
  };
}

const HOW = `Each policy is run at each of its budgets (or prices); what it reaches is a point of accuracy and bandwidth, and between two points time can
be shared, so the upper hull of its points says what it needs for an F1. ≤ and ≥ stand where its cheapest point is above that F1 already, – where
none of its points reaches it, · where nothing can be said. F1 is against the same detector on the most expensive configuration. Every policy is charged for all
that it does; bandwidth holds probe traffic and second rounds. Statics and oracles are read off a grid and charged nothing. “Looking back, all known” begins at the source's
best static, is told after every second what each place of the grid would have given on it, and takes for the next what has been worth most so far: about what there is to win on that grid for a scheme that only reacts.
The mean of several sources gives each the same weight; “one static” holds one place of the grid on all of them, or shares its time between two.`;

/** A brought model by its card, or by its folder, since their files are all called alike. */
const nameOf = (detector: DetectorSpec): string =>
  typeof detector === 'string'
    ? detector
    : (detector.card?.label ?? detector.model.replace(/\/model\.json$/, '').replace(/^.*\//, ''));

const contentText = (content: Partial<SceneContent>): string =>
  Object.entries(content)
    .map(([slider, value]) => `${slider} ${value}`)
    .join(', ');

function sourceText(source: SourceSpec): string {
  switch (source.kind) {
    case 'playlist':
      return source.items.map((item) => `${sourceText(item.source)} ${item.seconds} s`).join(', then ');
    case 'scene': {
      const content = contentText(source.content ?? {});
      return content === '' ? source.preset : `${source.preset} (${content})`;
    }
    case 'clip':
      return path.basename(source.file);
    case 'webcam':
      return 'a camera';
  }
}

function made({ commits, sweep, environments, command, gpuCosts }: Results, { machine }: Told): string {
  const browsers = [...new Set(environments.map(({ browser }) => browser))];
  const backends = [
    ...new Set(
      environments.map(
        ({ backend, threads }) => `${backend} on ${threads} thread${threads === 1 ? '' : 's'}`,
      ),
    ),
  ];
  return [
    `- Commit ${commits.join(', ')}; \`${command}\``,
    `- Machine: ${machine}; ${backends.join('; ')}; ${browsers.join('; ')}`,
    `- Detectors: ${gpuCosts
      .map(
        ({ detector, gpuCost }) =>
          `${nameOf(detector)} (charged ${readable(gpuCost.inferenceMs)} ms a frame and ${readable(gpuCost.backwardMs)} ms a backward pass)`,
      )
      .join('; ')}`,
    `- ${sweep.seeds.length} seed${sweep.seeds.length === 1 ? '' : 's'}, ${sweep.sources.length} sources:`,
    ...sweep.sources.map(({ name, source, ...own }) => {
      // A playlist is as long as its items say.
      const seconds = own.seconds === undefined && source.kind !== 'playlist' ? sweep.seconds : own.seconds;
      const length = typeof seconds === 'number' ? `, ${seconds} s` : '';
      return `  - ${name}${length}: ${sourceText(source)}`;
    }),
  ].join('\n');
}

const hasRuns = (groups: readonly Group[]): boolean =>
  groups.some(({ ways }) => ways.some(({ isCharged, outcomes }) => isCharged && outcomes.length > 0));

/** All tables of bytes; none where every run is about detector time. */
function bytes(results: Results): string[] {
  const groups = groupsOf(results);
  if (!hasRuns(groups)) return [];
  return [
    '## Bytes at equal F1',
    ...groups.flatMap((group) => [`### ${group.title}`, atEqualF1(group, 'kbps')]),
    ...oursAgainst(results, groups),
    '## Each source',
    eachSource(results),
    ...againstOneStatic(results, groups[0]),
  ];
}

/** What every way needs, and what it saves of the one static's. */
function atEqualF1({ statics, ways }: Group, unit: string): string {
  const one = LEVELS.map((level) => needAt(statics, level));
  const rows = [{ label: 'One static for all', outcomes: statics, isCharged: false }, ...ways].map(
    ({ label, outcomes, isCharged }, row) => [
      isCharged ? `**${label}**` : label,
      ...LEVELS.flatMap((level, i) => {
        const need = needAt(outcomes, level);
        return [needText(need), row === 0 ? '' : savingText(savingOf(need, one[i] ?? null))];
      }),
    ],
  );
  return table(['', ...LEVELS.flatMap((level) => [`${unit} at F1 ${level}`, 'saves'])], rows);
}

/** What each OneAdapt saves of every other policy's bytes. */
function oursAgainst({ sweep }: Results, groups: readonly Group[]): string[] {
  const curvesOf = (isOurs: boolean): string[] => [
    ...new Set(
      sweep.policies
        .filter(({ policy }) => (policy.name === 'oneadapt') === isOurs)
        .map(({ curve }) => curve),
    ),
  ];
  const [ours, others] = [curvesOf(true), curvesOf(false)];
  if (ours.length === 0 || others.length === 0) return [];
  const rows = groups.flatMap(({ title, ways }) =>
    ours.map((label) => [
      `${title}: **${label}**`,
      ...others.map((other) => {
        const own = ways.find((way) => way.label === label)?.outcomes ?? [];
        const theirs = ways.find((way) => way.label === other)?.outcomes ?? [];
        return LEVELS.map((level) => savingText(savingOf(needAt(own, level), needAt(theirs, level)))).join(
          ' / ',
        );
      }),
    ]),
  );
  return [
    '## OneAdapt against every other policy',
    `Bytes saved at F1 ${LEVELS.join(' / ')}; below 0 it needs more.`,
    table(['', ...others], rows),
  ];
}

/** kbps at the middle F1 on every source, and what is saved of its own best static's. */
function eachSource(results: Results): string {
  const groups = results.sweep.sources.map(({ name }) => sourceGroup(results, name));
  const labels = [
    ...new Set(groups.flatMap(({ ways }) => ways.filter((way) => way.isCharged).map(({ label }) => label))),
  ];
  const rows = groups.map(({ title, statics, ways }) => {
    const own = needAt(statics, MIDDLE);
    const detector =
      results.sweep.sources.find(({ name }) => name === title)?.detector ?? results.sweep.detector;
    return [
      title,
      nameOf(detector),
      needText(own),
      ...labels.map((label) => {
        const need = needAt(ways.find((way) => way.label === label)?.outcomes ?? [], MIDDLE);
        return `${needText(need)} (${savingText(savingOf(need, own))})`;
      }),
    ];
  });
  return [
    `kbps at F1 ${MIDDLE}, in brackets what is saved of the best static of the same source.`,
    table(['source', 'detector', 'its best static', ...labels], rows),
  ].join('\n\n');
}

/** Source by source against the one static, at the F1 that it reaches there. */
function againstOneStatic(results: Results, all: Group | undefined): string[] {
  const one = all && oneStaticAt(all.statics, MIDDLE);
  if (!one) return [];
  const groups = results.sweep.sources.map(({ name }) => sourceGroup(results, name));
  const labels = all.ways.filter((way) => way.isCharged).map(({ label }) => label);
  const rows = groups.flatMap(({ title, statics, ways }) => {
    const there = onSource(one, statics);
    if (!there) return [];
    const savings = labels.map((label) => {
      const need = needAt(ways.find((way) => way.label === label)?.outcomes ?? [], there.accuracy);
      return savingText(savingOf(need, { kbps: there.bandwidthKbps, isAtMost: false }));
    });
    return [[title, there.accuracy.toFixed(3), readable(there.bandwidthKbps), ...savings]];
  });
  return [
    `### Against the one static that is best for all at F1 ${MIDDLE}`,
    'What each saves of its bytes at the F1 that it reaches on that source.',
    table(['source', 'F1', 'kbps', ...labels], rows),
  ];
}

/** The same of detector time, where it alone has a budget or a price; of each source too. */
function detectorTime(results: Results): string[] {
  const groups = groupsOf(results, 'gpu').filter((group) => hasRuns([group]));
  if (groups.length === 0) return [];
  const each = results.sweep.sources
    .map(({ name }) => sourceGroup(results, name, 'gpu'))
    .filter((group) => hasRuns([group]));
  return [
    '## Detector time at equal F1',
    'Of the runs in which detector time alone has a budget or a price; bytes cost nothing there, for statics and policies alike.',
    ...[...groups, ...each].flatMap((group) => [
      `### ${group.title}: detector time`,
      atEqualF1(group, 'ms/s'),
    ]),
  ];
}

/** Every policy at each of its budgets, in the mean over all sources. */
function reached(results: Results): string {
  const figures = results.cells.filter((cell): cell is Cell & CellFigures => !('error' in cell));
  const rows = policyOutcomes(results).flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => {
      if (!outcome) return [];
      const budget = JSON.stringify(outcome.budget);
      const own = figures.filter(
        (cell) => cell.policy === outcome.policy && JSON.stringify(cell.budget) === budget,
      );
      const mean = (of: (cell: CellFigures) => number): number =>
        own.reduce((sum, cell) => sum + of(cell), 0) / Math.max(1, own.length);
      const rate = (of: (cell: CellFigures) => number): number =>
        mean((cell) => of(cell) / Math.max(1, cell.seconds));
      return [
        [
          outcome.policy,
          budgetText(outcome.budget),
          outcome.accuracy.toFixed(3),
          readable(outcome.bandwidthKbps),
          readable(outcome.gpuMsPerSecond),
          outcome.budget.bandwidthKbps === null
            ? ''
            : percent(outcome.violations / Math.max(1, outcome.seconds)),
          readable(rate(({ charges }) => charges.extraBytes * 8) / 1000),
          readable(rate(({ charges }) => charges.inferences)),
          readable(rate(({ charges }) => charges.extraInferences)),
          readable(rate(({ charges }) => charges.backwardPasses)),
          readable(rate(({ charges }) => charges.encodes)),
          readable(mean(({ charges }) => charges.feedbackKbps)),
          own.some(({ charges }) => charges.delayMs === null)
            ? 'without end'
            : readable(mean(({ charges }) => charges.delayMs ?? 0)),
        ],
      ];
    }),
  );
  const head = [
    ...['policy', 'budget', 'F1', 'kbps', 'detector ms/s', 'seconds over a 2 s bucket', 'of the kbps extra'],
    ...['inferences/s', 'of these extra', 'backward/s', 'encodes/s', 'feedback kbps', 'delay ms'],
  ];
  return table(head, rows);
}

function failures({ cells }: Results): string[] {
  const sentences = new Map(
    cells.flatMap((cell) => ('error' in cell ? [[jobOf(cell), cell.error] as const] : [])),
  );
  if (sentences.size === 0) return [];
  return [
    '## What failed',
    'These sources and seeds are in no table, with all that was run on their frames.',
    [...sentences].map(([job, sentence]) => `- ${job}: ${sentence}`).join('\n'),
  ];
}
