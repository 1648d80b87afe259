/** Progress of a sweep on stderr, in seconds of video. */
import { leftText, renewedLine } from '../experiment/renewedLine.ts';

export interface SweepProgress {
  started(job: string): void;
  /** @param done seconds of the job */
  at(job: string, done: number): void;
  ended(job: string, sentence: string): void;
  /** It is done by another browser, from its beginning. */
  returned(job: string): void;
  note(text: string): void;
  end(): void;
}

/** Off a terminal a line that renews itself is written no more often than this, milliseconds. */
const QUIET_MS = 30_000;

/**
 * @param total seconds of all jobs that are to be done
 * @param lengths seconds of each
 * @param now milliseconds
 */
export function sweepProgress(
  out: NodeJS.WriteStream,
  total: number,
  lengths: ReadonlyMap<string, number>,
  now: () => number = () => performance.now(),
): SweepProgress {
  const { renew, note, end } = renewedLine(out);
  const lengthOf = (job: string): number => lengths.get(job) ?? 0;
  const running = new Map<string, number>();
  const startedAt = now();
  let finished = 0;
  let toldAt = -Infinity;
  const show = (): void => {
    if (!out.isTTY && now() - toldAt < QUIET_MS) return;
    toldAt = now();
    const done = [...running.values()].reduce((sum, seconds) => sum + seconds, finished);
    const parts = [...running].map(([job, seconds]) => `${job} ${seconds}/${lengthOf(job)} s`);
    const spent = (now() - startedAt) / 1000;
    renew([...parts, ...(done > 0 ? [leftText((spent / done) * (total - done))] : [])].join(', '));
  };
  return {
    started: (job) => void running.set(job, 0),
    at: (job, done) => {
      running.set(job, done);
      show();
    },
    ended: (job, sentence) => {
      running.delete(job);
      finished += lengthOf(job);
      note(sentence);
    },
    returned: (job) => void running.delete(job),
    note,
    end,
  };
}
