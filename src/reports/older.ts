/** Reports of builds that had fewer knobs: what they do not name stood where it rests. */
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import { CODECS } from '../domain/experiment.ts';
import type { IntervalRecord, RunReport } from '../domain/interval.ts';
import { everyKnob } from '../domain/knob.ts';
import { ladders } from '../domain/ladders.ts';

/** As a file holds it. */
export type WrittenReport = Omit<RunReport, 'ladders' | 'intervals'> & {
  readonly ladders: Partial<RunReport['ladders']>;
  readonly intervals: readonly (Omit<IntervalRecord, 'configuration'> & {
    readonly configuration: Partial<Configuration>;
  })[];
};

/** The report with every knob in its ladders and configurations. */
export function withAllKnobs(report: WrittenReport): RunReport {
  // Size and quantizer range do not matter: every report has ladders of resolution and quantizer.
  const knobs = ladders({ width: 640, height: 384 }, 255, { rest: report.experiment.codec, usable: CODECS });
  const rest = topConfiguration(knobs);
  return {
    ...report,
    ladders: { ...everyKnob((name) => knobs[name].values), ...report.ladders },
    intervals: report.intervals.map((interval) => ({
      ...interval,
      configuration: { ...rest, ...interval.configuration },
    })),
  };
}
