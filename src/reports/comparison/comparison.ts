/** Building, writing and reading the report of a comparison. */
import type { Comparison, ComparisonReport, ContenderRun, GridPoint } from '../../domain/comparison.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { SCHEMA_VERSION } from '../../domain/interval.ts';
import { everyKnob } from '../../domain/knob.ts';
import { withoutUndefined } from '../exact.ts';
import { withAllKnobsCompared } from '../older.ts';
import { readVersioned, type ReportedRun } from '../report.ts';
import { sentenceOf } from '../sentence.ts';
import { comparisonSchema } from './comparisonSchema.ts';

/** What a comparison has shown so far. */
export interface Compared {
  readonly runs: readonly ContenderRun[];
  readonly configurations: readonly Configuration[];
  readonly grid: readonly (readonly GridPoint[])[];
}

/** @param run with every default of the experiment filled in, the cost of a pass among them */
export const buildComparison = (
  run: ReportedRun,
  comparison: Comparison,
  compared: Compared,
): ComparisonReport => ({
  schemaVersion: SCHEMA_VERSION,
  environment: run.environment,
  ladders: everyKnob((name) => run.knobs[name].values),
  comparison: { ...comparison, experiment: run.experiment },
  ...compared,
});

/** report.json as text. */
export const comparisonJson = (report: ComparisonReport): string => `${JSON.stringify(report, null, 1)}\n`;

/** Is this the JSON of a comparison's report, right or wrong? */
export const isComparison = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'comparison' in json;

/**
 * Reads the report of a comparison.
 * @param text its JSON, or the HTML that carries it
 * @throws Error in one sentence: not a report, another schema version, or which value is wrong
 */
export function parseComparison(text: string): ComparisonReport {
  const json = readVersioned(text);
  const result = comparisonSchema.safeParse(json);
  if (!result.success) throw new Error(sentenceOf(result.error, 'The report', json));
  return withAllKnobsCompared(withoutUndefined(result.data));
}
