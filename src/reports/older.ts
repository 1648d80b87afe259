/** Reports of builds that had fewer knobs and options: what they do not name stood where it rests. */
import type { ComparisonReport, Contender } from '../domain/comparison.ts';
import { topConfiguration, type Configuration, type Knobs } from '../domain/configuration.ts';
import { CODECS } from '../domain/experiment.ts';
import {
  INTERVAL_SECONDS,
  type IntervalRecord,
  type RunReport,
  type RunSummary,
} from '../domain/interval.ts';
import { everyKnob } from '../domain/knob.ts';
import { ladders } from '../domain/ladders.ts';
import { serverChoice } from '../domain/serverKnobs.ts';
import { bucketViolations } from '../domain/tokenBucket.ts';
import { isObject } from './jsonc.ts';

/** As a file holds it. */
export type WrittenReport = Omit<RunReport, 'ladders' | 'intervals' | 'summary'> & {
  readonly summary: Omit<RunSummary, 'bucketViolations'>;
  readonly ladders: Partial<RunReport['ladders']>;
  readonly intervals: readonly (Omit<IntervalRecord, 'configuration'> & {
    readonly configuration: Partial<Configuration>;
  })[];
};

/** Before there was a choice, OneAdapt took a backward pass every interval, for the next interval's sake. */
const FORMER_OPTIONS = { backwardShare: null, lag: 'next', calibrated: false };

/** A parsed report.json whose policies say what they left out because there was no choice then. */
export function withFormerOptions(json: unknown): unknown {
  if (!isObject(json) || !isObject(json.experiment)) return json;
  const { experiment } = json;
  const filled = (holder: unknown): unknown =>
    isObject(holder) && isObject(holder.policy) && holder.policy.name === 'oneadapt'
      ? { ...holder, policy: { ...FORMER_OPTIONS, ...holder.policy } }
      : holder;
  const edits = Array.isArray(experiment.edits) ? { edits: experiment.edits.map(filled) } : {};
  return { ...json, experiment: { ...(filled(experiment) as object), ...edits } };
}

/** Where every knob of a report can stand, as far as its file does not say. */
function knobsOf({ experiment, environment }: Pick<RunReport, 'experiment' | 'environment'>): Knobs {
  // Size and quantizer range do not matter: every report has ladders of resolution and quantizer.
  const { codec, detector } = experiment;
  const { inputWidth: width, inputHeight: height } = environment.detector;
  const server = serverChoice(detector, { width, height });
  return ladders({ width: 640, height: 384 }, 255, { rest: codec, usable: CODECS }, server);
}

/** The report with every knob in its ladders and configurations. */
export function withAllKnobs(report: WrittenReport): RunReport {
  const knobs = knobsOf(report);
  const rest = topConfiguration(knobs);
  const intervals = report.intervals.map((interval) => ({
    ...interval,
    configuration: { ...rest, ...interval.configuration },
  }));
  return {
    ...report,
    intervals,
    summary: { ...report.summary, bucketViolations: bucketViolations(intervals, INTERVAL_SECONDS) },
    ladders: { ...everyKnob((name) => knobs[name].values), ...report.ladders },
  };
}

/** As a file holds it. */
export type WrittenComparison = Omit<ComparisonReport, 'ladders' | 'runs' | 'configurations'> & {
  readonly ladders: Partial<RunReport['ladders']>;
  readonly runs: readonly {
    readonly contender: Contender;
    readonly intervals: WrittenReport['intervals'];
  }[];
  readonly configurations: readonly Partial<Configuration>[];
};

/** The comparison with every knob in its ladders and configurations. */
export function withAllKnobsCompared(report: WrittenComparison): ComparisonReport {
  const knobs = knobsOf({ ...report, experiment: report.comparison.experiment });
  const rest = topConfiguration(knobs);
  return {
    ...report,
    runs: report.runs.map(({ contender, intervals }) => ({
      contender,
      intervals: intervals.map((interval) => ({
        ...interval,
        configuration: { ...rest, ...interval.configuration },
      })),
    })),
    configurations: report.configurations.map((configuration) => ({ ...rest, ...configuration })),
    ladders: { ...everyKnob((name) => knobs[name].values), ...report.ladders },
  };
}
