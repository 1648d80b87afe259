import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBackwardSchedule } from './backwardSchedule.ts';

const COST = { inferenceMs: 20, backwardMs: 46 };

/** Runs a schedule; the content is new where the list says so. */
function passes(
  share: number | null,
  inferences: readonly number[],
  isNew: (i: number) => boolean,
): boolean[] {
  const schedule = createBackwardSchedule(share);
  return inferences.map((count, i) => {
    const due = schedule.next();
    const pass = due === 'always' || (due === 'onNewContent' && isNew(i));
    schedule.ran(count, pass ? 1 : 0, COST);
    return pass;
  });
}

describe('the schedule of backward passes', () => {
  it('passes at once, and every fifth interval from the tenth on where a pass costs 2.3 of ten inferences and 5 % are allowed', () => {
    const ran = passes(0.05, new Array<number>(25).fill(10), () => false);
    // 10 ms are earned an interval: the first 46 are paid after five, the second 46 saved after ten.
    expect(ran.flatMap((pass, i) => (pass ? [i] : []))).toEqual([0, 10, 15, 20]);
  });

  it('has taken no more than its share once the first pass is paid for, while the content stays', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.array(fc.nat(10)), (share, counts) => {
        let [spent, earned] = [0, 0];
        passes(share, counts, () => false).forEach((pass, i) => {
          spent += pass ? COST.backwardMs : 0;
          earned += share * (counts[i] ?? 0) * COST.inferenceMs;
          expect(spent).toBeLessThanOrEqual(Math.max(earned, COST.backwardMs) + 1e-9);
        });
      }),
    );
  });

  it('tries again in every interval until there was something to differentiate', () => {
    const schedule = createBackwardSchedule(0.05);
    for (const passed of [0, 0, 1]) {
      expect(schedule.next()).toBe('always');
      schedule.ran(10, passed, COST);
    }
    expect(schedule.next()).not.toBe('always');
  });

  it('passes every interval where the authors’ form is asked for', () => {
    expect(passes(null, [10, 1, 0, 10], () => false)).toEqual([true, true, true, true]);
  });

  it('passes on new content, into debt by one more pass and no further', () => {
    const ran = passes(0.05, new Array<number>(6).fill(10), (i) => i >= 2);
    expect(ran).toEqual([true, false, true, false, false, true]);
  });

  it('never takes more than its share and two passes, whatever the content does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.nat(10), fc.boolean()), { maxLength: 60 }),
        (share, intervals) => {
          const counts = intervals.map(([count]) => count);
          const ran = passes(share, counts, (i) => intervals[i]?.[1] ?? false);
          const spent = ran.filter((pass) => pass).length * COST.backwardMs;
          const earned = share * counts.reduce((a, b) => a + b, 0) * COST.inferenceMs;
          expect(spent).toBeLessThanOrEqual(earned + 2 * COST.backwardMs + 1e-9);
        },
      ),
    );
  });
});
