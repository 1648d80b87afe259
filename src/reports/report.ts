/** Building, writing and reading report.json. */
import type { Knobs } from '../domain/configuration.ts';
import type { Experiment, TimedEdit } from '../domain/experiment.ts';
import {
  SCHEMA_VERSION,
  summarise,
  type Environment,
  type IntervalRecord,
  type RunReport,
} from '../domain/interval.ts';
import { everyKnob } from '../domain/knob.ts';
import { withoutUndefined } from './exact.ts';
import { embeddedReport } from './embedded.ts';
import { withAllKnobs, withFormerOptions } from './older.ts';
import { reportSchema } from './reportSchema.ts';
import { sentenceOf } from './sentence.ts';

/** What is known of a run once it is ready; the engine's RunInfo is one. */
export interface ReportedRun {
  readonly experiment: Experiment;
  readonly environment: Environment;
  readonly knobs: Knobs;
}

/** What the experiment had planned beyond the run's end, and what was changed by hand or by plan until then. */
function editsOf(planned: readonly TimedEdit[], intervals: readonly IntervalRecord[]): TimedEdit[] {
  const made = intervals.flatMap(({ index, edits }) => edits.map((edit) => ({ interval: index, ...edit })));
  const end = (intervals.at(-1)?.index ?? -1) + 1;
  return [...made, ...planned.filter(({ interval }) => interval >= end)];
}

/**
 * The report of a run: its intervals, summed up. Changes that a hand made are part of its experiment, so that the report
 * says what ran and can be run again.
 */
export function buildReport(run: ReportedRun, intervals: readonly IntervalRecord[]): RunReport {
  return {
    schemaVersion: SCHEMA_VERSION,
    experiment: { ...run.experiment, edits: editsOf(run.experiment.edits, intervals) },
    environment: run.environment,
    ladders: everyKnob((name) => run.knobs[name].values),
    intervals,
    summary: summarise(intervals),
  };
}

/** report.json as text. */
export const reportJson = (report: RunReport): string => `${JSON.stringify(report, null, 2)}\n`;

/**
 * Reads a report.
 * @param text a report.json, or a report.html, which carries its report.json with it
 * @throws Error in one sentence: not a report, another schema version, or which value is wrong
 */
export function parseReport(text: string): RunReport {
  const json = readVersioned(text);
  const result = reportSchema.safeParse(withFormerOptions(json));
  if (!result.success) throw new Error(sentenceOf(result.error, 'The report', json));
  return withAllKnobs(withoutUndefined(result.data));
}

/**
 * The JSON of a report of this build's schema version, of a run or of a comparison.
 * @param text as {@link parseReport} takes it
 * @throws Error in one sentence: not a report, or another schema version
 */
export function readVersioned(text: string): unknown {
  const json = readJson(embeddedReport(text) ?? text);
  const version: unknown =
    typeof json === 'object' && json !== null && 'schemaVersion' in json ? json.schemaVersion : undefined;
  if (version === undefined) {
    throw new Error(
      'This file is not a OneAdapt Lab report: it has no "schemaVersion". Open a report.json or report.html.',
    );
  }
  if (version !== SCHEMA_VERSION) {
    throw new Error(
      `This report has schema version ${JSON.stringify(version)}, but this build reads version ${SCHEMA_VERSION}. ` +
        'Open it with the build of the lab that wrote it, or run its experiment again.',
    );
  }
  return json;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(
      'This file is not a OneAdapt Lab report: it is not JSON. Open a report.json or report.html.',
      {
        cause: error,
      },
    );
  }
}
