import { describe, expect, it } from 'vitest';
import { shareJobs, type Ended } from './pool.ts';

const soon = (): Promise<void> => new Promise((resume) => setTimeout(resume, 1));

describe('shareJobs', () => {
  it('does every job once, as many at a time as there are workers', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    const left = await shareJobs(
      [1, 2, 3, 4, 5],
      ['a', 'b'],
      () => true,
      async (job) => {
        most = Math.max(most, (now += 1));
        await soon();
        now -= 1;
        done.push(job);
        return 'done';
      },
    );
    expect(left).toEqual([]);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('gives a job that was lost to another worker, and says which ones nobody is left for', async () => {
    const log: string[] = [];
    const run = async (job: number, worker: string): Promise<Ended> => {
      log.push(`${worker}${job}`);
      await soon();
      return worker === 'bad' ? 'lost' : 'done';
    };
    expect(await shareJobs([1, 2], ['bad', 'good'], () => true, run)).toEqual([]);
    expect(log).toEqual(['bad1', 'good2', 'good1']);
    expect(await shareJobs([1, 2], ['bad', 'bad'], () => true, run)).toEqual([2, 1]);
  });

  it('lets a job wait until it may run beside the others', async () => {
    const running = new Set<string>();
    const together: string[] = [];
    await shareJobs(
      ['a1', 'a2', 'b1'],
      ['x', 'y'],
      (job, others) => others.every((other) => !other.startsWith(job.charAt(0))),
      async (job) => {
        running.add(job);
        together.push([...running].join(' '));
        await soon();
        running.delete(job);
        return 'done';
      },
    );
    expect(together.slice(0, 2)).toEqual(['a1', 'a1 b1']);
    expect(together).not.toContain('a1 a2');
    expect(together).toHaveLength(3);
  });
});
