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
  it('passes at once, then every fifth interval where a pass costs 2.3 of ten inferences and 5 % are allowed', () => {
    const ran = passes(0.05, new Array<number>(20).fill(10), () => false);
    expect(ran.flatMap((pass, i) => (pass ? [i] : []))).toEqual([0, 5, 10, 15]);
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
