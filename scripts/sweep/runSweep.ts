/** Does the jobs of a sweep in as many browsers as there are, and keeps each at once when it is finished. */
import type { GpuCost } from '../../src/domain/experiment.ts';
import { passCost } from '../../src/domain/gpuCost.ts';
import { sentenceOf } from '../../src/domain/sentenceOf.ts';
import type { ComparisonResult, HeadlessEvent } from '../../src/headless/task.ts';
import { buildComparison } from '../../src/reports/index.ts';
import { BrowserLost, driveBrowser } from '../experiment/driveBrowser.ts';
import { serve, type InputFiles } from '../experiment/findFiles.ts';
import type { LabServer } from '../labServer.ts';
import type { BrowserPlace } from './browsers.ts';
import { costKind, jobKey, withCost, type Job } from './jobs.ts';
import { digestsOf, keepCosts, keepJob, readCosts, readJob } from './keep.ts';
import { shareJobs, type Ended } from './pool.ts';
import { sweepProgress } from './progress.ts';
import type { FinishedJob, JobOutcome } from './results.ts';

export interface SweepRun {
  readonly jobs: readonly Job[];
  readonly filesOf: ReadonlyMap<Job, InputFiles>;
  readonly out: string;
  readonly commit: string;
  /** What the lab is made of. */
  readonly lab: string;
  readonly browsers: readonly BrowserPlace[];
  readonly server: LabServer;
  readonly signal: AbortSignal;
}

/** Taken for a clip that runs to its end, for the time left alone, seconds. */
const UNKNOWN_SECONDS = 20;

const nameOf = ({ source, seed }: Job): string => `${source}, seed ${seed}`;
const secondsOf = ({ comparison }: Job): number => comparison.experiment.seconds ?? UNKNOWN_SECONDS;
const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * @returns every job with what came of it, in their order
 * @throws Error in a sentence where no browser is left, or the signal's reason; what was finished is kept
 */
export async function runSweep(run: SweepRun): Promise<JobOutcome[]> {
  const { jobs, out, signal } = run;
  const outcomes = new Map<Job, FinishedJob | string>();
  const digests = new Map<string, string>();
  let costs = await readCosts(out);

  const settled = (job: Job): Job => withCost(job, costs[costKind(job)] ?? null);
  const isPriced = (job: Job): boolean => settled(job).comparison.experiment.gpuCost !== null;
  const keyOf = async (job: Job): Promise<string> =>
    jobKey(settled(job), run.lab, await digestsOf(filesOf(run, job), digests));
  const lookUp = async (job: Job): Promise<boolean> => {
    const kept = isPriced(job) ? await readJob(out, await keyOf(job)) : null;
    if (kept) outcomes.set(job, kept);
    return kept !== null;
  };

  const left: Job[] = [];
  for (const job of jobs) if (!(await lookUp(job))) left.push(job);
  const progress = sweepProgress(
    process.stderr,
    left.reduce((sum, job) => sum + secondsOf(job), 0),
    new Map(jobs.map((job) => [nameOf(job), secondsOf(job)])),
  );
  if (left.length < jobs.length)
    progress.note(`${jobs.length - left.length} of ${countOf(jobs.length, 'job')} were finished before.`);

  const finish = async (job: Job, result: Extract<ComparisonResult, { ok: true }>): Promise<void> => {
    const { gpuCost } = result.info.experiment;
    if (!isPriced(job) && gpuCost) {
      costs = { ...costs, [costKind(job)]: gpuCost };
      await keepCosts(out, costs);
    }
    const finished = finishedJob(settled(job), result, run.commit);
    await keepJob(out, await keyOf(job), finished);
    outcomes.set(job, finished);
  };

  const attempt = async (job: Job, browser: BrowserPlace): Promise<Ended> => {
    const name = nameOf(job);
    progress.started(name);
    try {
      const result = await driveBrowser({
        url: `${run.server.url}headless.html`,
        entry: 'runComparison',
        task: { comparison: settled(job).comparison, ...serve(filesOf(run, job), run.server) },
        signal,
        onEvent: (event) => show(event, name, progress),
        open: browser.open,
      });
      if (!result.ok) throw new Error(result.error);
      await finish(job, result);
      progress.ended(name, `${name}: finished, ${outcomes.size} of ${jobs.length}.`);
    } catch (error) {
      if (signal.aborted) throw error;
      const sentence = sentenceOf(error);
      if (browser.isRemote && error instanceof BrowserLost) {
        progress.returned(name);
        progress.note(`${browser.name} is no longer used: ${sentence}`);
        return 'lost';
      }
      outcomes.set(job, sentence);
      progress.ended(name, `${name} failed: ${sentence}`);
    }
    return 'done';
  };

  try {
    const undone = await shareJobs(left, run.browsers, startsBeside(isPriced), attempt);
    if (undone.length > 0)
      throw new Error(
        `No browser is left for ${countOf(undone.length, 'job')}. What is finished is kept: call again with browsers that are there.`,
      );
  } finally {
    progress.end();
  }
  return jobs.map((job) => ({ job, outcome: outcomes.get(job) ?? 'It was not done.' }));
}

const filesOf = (run: SweepRun, job: Job): InputFiles =>
  run.filesOf.get(job) ?? { clips: [], modelFiles: [] };

/** The first job of a detector measures what its passes cost, and the others wait for that. */
const startsBeside =
  (isPriced: (job: Job) => boolean) =>
  (job: Job, running: readonly Job[]): boolean =>
    isPriced(job) || running.every((other) => costKind(other) !== costKind(job));

function finishedJob(
  { source, seed, comparison }: Job,
  { info, intervals, configurations, grid }: Extract<ComparisonResult, { ok: true }>,
  commit: string,
): FinishedJob {
  const cost: GpuCost = info.experiment.gpuCost ?? { inferenceMs: 0, backwardMs: 0 };
  return {
    ...buildComparison(info, comparison, {
      runs: comparison.contenders.map((contender, place) => ({
        contender,
        intervals: intervals[place] ?? [],
      })),
      configurations,
      grid,
    }),
    sweep: {
      ...{ source, seed, commit },
      inferenceMs: configurations.map((at) => passCost(info.knobs, at, cost).inferenceMs),
    },
  };
}

function show(event: HeadlessEvent, name: string, progress: ReturnType<typeof sweepProgress>): void {
  if (event.kind === 'compared') progress.at(name, event.intervalIndex + 1);
  else if (event.kind === 'notice') progress.note(`${name}: ${event.message}`);
}
