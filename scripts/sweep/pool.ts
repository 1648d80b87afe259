/** Shares jobs among workers. */

export type Ended = 'done' /** The worker is gone; another one takes the job. */ | 'lost';

/**
 * Every worker takes one job after the other, in order.
 * @param isReady may it start beside those that are running? It must where none is
 * @param run never rejects but to end everything
 * @returns jobs that no worker was left for
 */
export async function shareJobs<J, W>(
  jobs: readonly J[],
  workers: readonly W[],
  isReady: (job: J, running: readonly J[]) => boolean,
  run: (job: J, worker: W) => Promise<Ended>,
): Promise<J[]> {
  const waiting = [...jobs];
  const running = new Set<J>();
  let sleepers: (() => void)[] = [];
  const wake = (): void => {
    const woken = sleepers;
    sleepers = [];
    for (const resume of woken) resume();
  };
  const next = async (): Promise<J | null> => {
    for (;;) {
      const at = waiting.findIndex((job) => isReady(job, [...running]));
      const [job] = at < 0 ? [] : waiting.splice(at, 1);
      if (job !== undefined) {
        running.add(job);
        return job;
      }
      // One that is running may come back.
      if (running.size === 0) return null;
      await new Promise<void>((resume) => sleepers.push(resume));
    }
  };
  const work = async (worker: W): Promise<void> => {
    for (;;) {
      const job = await next();
      if (job === null) return;
      const ended = await run(job, worker);
      running.delete(job);
      if (ended === 'lost') waiting.unshift(job);
      wake();
      if (ended === 'lost') return;
    }
  };
  await Promise.all(workers.map(work));
  return waiting;
}
