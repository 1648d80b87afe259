/** The table of every estimator over several runs of `npm run fidelity`, as Markdown: docs/estimators.md. */
import { KNOB_LABELS, KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { pearson } from '../../domain/correlation.ts';
import { CHARGED_ESTIMATORS } from './fidelity.ts';
import type { ReadFidelity } from './readFidelity.ts';

export interface FidelityRun {
  /** Of the directory that it lies in. */
  readonly name: string;
  readonly fidelity: ReadFidelity;
}

/** Where the figures come from. */
export interface Provenance {
  /** Commit of the lab, with a word where files were changed since. */
  readonly commit: string;
  /** The command that wrote the table. */
  readonly command: string;
  /** Sentences about the choice of runs that the figures do not tell. */
  readonly notes?: readonly string[];
}

/** Knobs that the lab's targets speak of. */
const PRINCIPAL: readonly KnobName[] = ['quantizer', 'resolution'];

/** Below this a step changes accuracy by chance: hardly anything is found on either side of it. */
const USABLE_ACCURACY = 0.5;
const LEAST_STEPS = 8;

const figure = (value: number | null, decimals = 2): string =>
  value === null ? '–' : value.toFixed(decimals).replace('-', '−');

/** Over the runs in which the figure exists; null where there is none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Half of the interval in which a correlation of 0 lies nineteen times in twenty (Fisher's z). */
const chance = (samples: number): number => (samples > 3 ? Math.tanh(1.96 / Math.sqrt(samples - 3)) : 1);

export function ablationMarkdown(
  runs: readonly FidelityRun[],
  { commit, command, notes = [] }: Provenance,
): string {
  const [first] = runs;
  if (!first) throw new Error('No run was named, so there is nothing to put into a table.');
  const { defaultEstimator } = first.fidelity;
  const names = runs.map(({ name }) => name);
  const estimators = [
    ...new Set(
      runs.flatMap(({ fidelity }) =>
        Object.values(fidelity.knobs).flatMap(({ estimators: found }) => Object.keys(found)),
      ),
    ),
  ].filter((name) => name !== 'default');
  const called = (name: string): string =>
    name === defaultEstimator
      ? `**${name}** (default)`
      : CHARGED_ESTIMATORS.includes(name)
        ? `${name} (charged)`
        : name;
  const correlation = (run: FidelityRun, knob: KnobName, name: string): number | null =>
    run.fidelity.knobs[knob]?.estimators[name]?.pearsonAccuracy ?? null;

  const measured = KNOB_NAMES.filter((knob) => runs.some(({ fidelity }) => fidelity.knobs[knob]));
  const tables = measured.map((knob) => {
    const rows = estimators.map((name) => {
      const all = runs.map((run) => correlation(run, knob, name));
      const of = (
        key: 'pearsonAccuracyUp' | 'spearmanAccuracy' | 'pearsonUtility' | 'signAgreement',
      ): string =>
        figure(meanOf(runs.map(({ fidelity }) => fidelity.knobs[knob]?.estimators[name]?.[key] ?? null)));
      return [
        called(name),
        ...all.map((r) => figure(r)),
        `**${figure(meanOf(all))}**`,
        of('pearsonAccuracyUp'),
        of('spearmanAccuracy'),
        of('pearsonUtility'),
        of('signAgreement'),
      ];
    });
    const constant = figure(
      meanOf(
        runs.map(({ fidelity }) => fidelity.knobs[knob]?.estimators.default?.constantSignAgreement ?? null),
      ),
    );
    const samples = runs.map(({ fidelity }) => fidelity.knobs[knob]?.estimators.default?.samples ?? 0);
    rows.push(['always “more is better” or its contrary', ...names.map(() => ''), '', '', '', '', constant]);
    rows.push(['steps measured', ...samples.map(String), '', '', '', '', '']);
    const head = ['estimator', ...names, 'mean', 'up alone', 'Spearman', 'with utility', 'signs right'];
    return `## ${KNOB_LABELS[knob]}\n\n${table(head, rows)}`;
  });

  const levels = [...new Set(runs.flatMap(({ fidelity }) => Object.keys(fidelity.level)))];
  const levelRows = levels.map((name) => {
    const all = runs.map(({ fidelity }) => fidelity.level[name]?.pearson ?? null);
    return [
      name === 'default' ? '**default**' : name,
      ...all.map((r) => figure(r)),
      `**${figure(meanOf(all))}**`,
    ];
  });
  levelRows.push([
    'mean accuracy of the walk, F1',
    ...runs.map(({ fidelity }) => figure(meanOf(fidelity.intervals.map(({ accuracy }) => accuracy)))),
    '',
  ]);

  /** Mean over runs and the principal knobs. */
  const headline = (name: string): number | null =>
    meanOf(runs.flatMap((run) => PRINCIPAL.map((knob) => correlation(run, knob, name))));
  /** The same where the detector still finds most of what it should; a run of too few such steps has no figure. */
  const usable = (name: string): number | null =>
    meanOf(runs.flatMap(({ fidelity }) => PRINCIPAL.map((knob) => usablePearson(fidelity, knob, name))));
  const ranked = estimators
    .map((name) => ({ name, value: headline(name) }))
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const best = (charged: boolean) => ranked.find(({ name }) => CHARGED_ESTIMATORS.includes(name) === charged);
  const [free, probed] = [best(false), best(true)];
  const level = meanOf(runs.map(({ fidelity }) => fidelity.level.default?.pearson ?? null));
  const steps = meanOf(
    runs.flatMap(({ fidelity }) =>
      PRINCIPAL.map((knob) => fidelity.knobs[knob]?.estimators.default?.samples ?? null),
    ),
  );
  const verdicts = [
    verdict(
      `the default estimate (${defaultEstimator})`,
      headline(defaultEstimator),
      0.6,
      usable(defaultEstimator),
    ),
    ...(free && free.name !== defaultEstimator
      ? [verdict(`the best without a probe (${free.name})`, free.value, 0.6, usable(free.name))]
      : []),
    ...(probed
      ? [verdict(`the best with charged probes (${probed.name})`, probed.value, 0.75, usable(probed.name))]
      : []),
    verdict('the level of loss', level, 0.8),
  ];

  const unitRows = measured.map((knob) => {
    const all = runs.map(({ fidelity }) => f1PerUnit(fidelity, knob, defaultEstimator));
    return [KNOB_LABELS[knob], ...all.map((value) => figure(value, 3)), `**${figure(medianOf(all), 3)}**`];
  });

  const costRows = runs.map(({ name, fidelity: { cost } }) => [
    name,
    figure(cost.backwardPerInference),
    figure(cost.gradientPassInInferences),
    figure(cost.backwardShare, 3),
    figure(cost.encodesPerFrame),
  ]);
  const [inferenceMs, backwardMs] = [
    runs.reduce((sum, { fidelity: { cost } }) => sum + cost.inferenceMs, 0),
    runs.reduce((sum, { fidelity: { cost } }) => sum + cost.backwardMs, 0),
  ];
  costRows.push([
    'all runs together',
    '',
    '',
    `**${inferenceMs === 0 ? '–' : figure(backwardMs / inferenceMs, 3)}**`,
    '',
  ]);
  const percent = (value: number | undefined): string =>
    value === undefined ? '–' : `${Math.round(100 * value)} %`;
  const probeRows = runs.map(({ name, fidelity: { cost } }) => [
    name,
    ...[cost.forwardProbe, cost.profiledReference].flatMap((probe) => [
      figure(probe?.inferences ?? null),
      figure(probe?.encodes ?? null),
      percent(probe?.bytesShare),
    ]),
    percent(cost.profiledProbe?.inferencesShare),
    figure(cost.profiledProbe?.encodesPerFrame ?? null),
    percent(cost.profiledProbe?.bytesShare),
  ]);
  const experiments = runs.map(
    ({ name, fidelity: { experiment } }) =>
      `echo '${JSON.stringify({
        source: experiment.source,
        detector: experiment.detector,
        knobs: experiment.knobs,
        seconds: experiment.seconds,
        backend: experiment.backend,
        seed: experiment.seed,
      })}' > runs/${name}.json\nnpm run fidelity -- runs/${name}.json --out runs/${name}`,
  );
  const range = chance(Math.round(steps ?? 0));

  return `# How well the estimators tell the truth

Written by \`${command}\` at commit ${commit}; do not edit by hand. ${first.fidelity.environment.browser.replace(/^.*?(Chrom\w+\/[\d.]+).*$/, '$1')}.

Every figure is Pearson's correlation between what an estimator said of a step and the true change of mean F1 over all
captured frames when that one knob really moves by it: the whole interval encoded, decoded and detected once more at the
neighbour. Steps up and down are taken together, both as gains towards more quality, so that nothing is earned by knowing
which way is up; “up alone” is what a run sees, whose probes go up wherever they can. The walk visits two knobs' ladders at a time, evenly and whatever the intervals show; the lowest rungs, where
a detector hardly sees anything, are part of it. The number behind the @ is the slope of the utility that is differentiated.

## In short

${verdicts.map((line) => `- ${line}`).join('\n')}

Bounds are targets that the lab set itself beforehand, means over the runs below and over quantizer and resolution. **Small samples:** ${runs.length} runs of
${Math.min(...runs.map(({ fidelity }) => fidelity.intervals.length))} to ${Math.max(...runs.map(({ fidelity }) => fidelity.intervals.length))} intervals. With about ${Math.round(steps ?? 0)} steps a run, a correlation of 0 lies within ±${range.toFixed(2)} nineteen times in twenty, and
differences between estimators below about ${(range / Math.sqrt(2 * runs.length)).toFixed(2)} in the mean are noise. The two steps of an interval share its frames, so the samples
are fewer than they look.
${notes.map((note) => `\n${note}\n`).join('')}
${tables.join('\n\n')}

## Level of loss

Correlation of the estimated loss with the true one, 1 − F1, over the intervals.

${table(['from', ...names, 'mean'], levelRows)}

## In F1

Mean true gain of F1 by a step over the mean of what the default estimate said of it, over intervals with F1 ≥ ${USABLE_ACCURACY}: what one unit of
the estimate is worth. Were the knobs on one scale, a column would hold the same figure throughout.

${table(['knob', ...names, 'median'], unitRows)}

## What it costs

From the accounts of the same runs: the walk is charged for gradients as the default policy would be. A gradient pass is forward
and backward together.

${table(['run', 'backward passes an inference', 'gradient pass in inferences', 'backward time by inference time', 'encodes a captured frame'], costRows)}

Probes cost on top of that, and the walk does not pay for them. A neighbour's stream is encoded and sent as far as the last probed
frame, since no frame can be decoded without those before it, and the detector looks at the probed frames alone; frames
that the interval itself sent are not paid for again where the knob leaves them as they are. That is a forward probe, for each knob
and interval. A profiled probe, and the combined one, take the same, and once for all knobs the reference: the most expensive
configuration's stream and a look at the same frames. Bytes are a share of what the interval itself sends; the last three
columns are such a probe of every tuned knob in every interval, together. Probes see the first, the middle and the last of the ten captured
frames over which the truth is a mean: a sample of the truth, dearly bought, and not an estimate from something else.

${table(['run', 'a neighbour: inferences', 'encodes', 'bytes', 'the reference: inferences', 'encodes', 'bytes', 'all: inferences by the run’s', 'encodes a captured frame', 'bytes by the run’s'], probeRows)}

## The runs

\`\`\`sh
mkdir -p runs
${experiments.join('\n')}
${command}
\`\`\`
`;
}

const verdict = (what: string, value: number | null, bound: number, usable: number | null = null): string =>
  `${what}: ${figure(value)}, ${value !== null && value >= bound ? 'reaches' : '**does not reach**'} the bound of ${bound}` +
  `${usable === null ? '' : `; over intervals with F1 ≥ ${USABLE_ACCURACY} alone ${figure(usable)}`}.`;

/** Steps of a knob in the intervals in which the detector still finds most of what it should; none where they are too few. */
function usableSteps({ intervals, samples }: ReadFidelity, knob: KnobName): ReadFidelity['samples'] {
  const usable = new Set(
    intervals.filter(({ accuracy }) => accuracy >= USABLE_ACCURACY).map(({ index }) => index),
  );
  const steps = samples.filter((sample) => sample.knob === knob && usable.has(sample.interval));
  return steps.length < LEAST_STEPS ? [] : steps;
}

/** F1 that a unit of an estimate is worth, by the means over a run; null where there are too few steps. */
function f1PerUnit(run: ReadFidelity, knob: KnobName, name: string): number | null {
  const steps = usableSteps(run, knob);
  const said = meanOf(steps.map(({ estimates }) => estimates[name] ?? null));
  const gained = meanOf(steps.map(({ accuracyGain }) => accuracyGain));
  return said === null || said === 0 || gained === null ? null : gained / said;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  const middle = known.length / 2;
  return meanOf(known.slice(Math.ceil(middle - 1), Math.floor(middle + 1)));
}

function usablePearson(run: ReadFidelity, knob: KnobName, name: string): number | null {
  const steps = usableSteps(run, knob);
  if (steps.length === 0) return null;
  return pearson(
    steps.map(({ estimates }) => estimates[name] ?? 0),
    steps.map(({ accuracyGain }) => accuracyGain),
  );
}
