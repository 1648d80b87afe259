/** The page's experiment as `npm run experiment` takes it: in virtual time, of a length, with files by their paths. */
import type { Experiment } from '../../domain/experiment.ts';
import { clipFiles } from '../../domain/playlist.ts';

/** Shorter runs show little of an ascent, seconds. */
const LEAST_SECONDS = 10;

export interface ForCommandLine {
  readonly experiment: Experiment;
  /** Full sentence on what has to be filled in by hand; null where nothing has. */
  readonly remark: string | null;
}

/**
 * @param intervals that the page has recorded of it: the command line runs as long
 * @throws Error in a sentence for a webcam, which the command line has not
 */
export function forCommandLine(draft: Experiment, intervals: number): ForCommandLine {
  const { source, detector } = draft;
  if (source.kind === 'webcam') {
    throw new Error('The command line has no webcam. Choose a scene or a clip, then export the experiment.');
  }
  const files = [
    ...clipFiles(source).map((file) => `the path of ${file} as "file"`),
    ...(typeof detector === 'string' || /^https?:/.test(detector.model)
      ? []
      : [`the path of ${detector.model} as "model"`]),
  ];
  const seconds = draft.seconds ?? Math.max(LEAST_SECONDS, intervals);
  return {
    experiment: { ...draft, clock: 'virtual', seconds },
    remark:
      files.length === 0
        ? null
        : `A page knows only the names of files. Write ${files.join(' and ')} into experiment.json, or put it into their folder.`,
  };
}
