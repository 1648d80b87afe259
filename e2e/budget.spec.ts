/** A budget dragged while the run goes on: the bandwidth follows down, and the accuracy comes back up. */
import { BUDGET_TOLERANCE, type IntervalRecord } from '../src/domain/interval.ts';
import { expect, FASTEST, test } from './support/lab.ts';

/** Intervals within which the bandwidth has to be below a new budget. */
const SETTLING = 4;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** What ran while a budget was in force, oldest first. */
const under = (intervals: readonly IntervalRecord[], kbps: number): IntervalRecord[] =>
  intervals.filter((interval) => interval.budget.bandwidthKbps === kbps);

test('bandwidth follows a halved budget, accuracy a raised one', async ({ lab }) => {
  await lab.open({ ...FASTEST, kbps: 800 });
  await lab.live(7);
  await lab.setBandwidth(400);
  await lab.intervals((await lab.intervalCount()) + 11);
  await lab.setBandwidth(1600);
  await lab.intervals((await lab.intervalCount()) + 8);
  await lab.by('pause').click();

  const { intervals } = await lab.report();
  const [wide, narrow, widest] = [800, 400, 1600].map((kbps) => under(intervals, kbps));
  const settled = narrow?.slice(SETTLING) ?? [];
  expect(settled.length).toBeGreaterThanOrEqual(6);
  for (const interval of settled) {
    expect(interval.bandwidthKbps, `interval ${interval.index}`).toBeLessThanOrEqual(
      400 * (1 + BUDGET_TOLERANCE),
    );
  }
  expect(mean(settled.map((i) => i.bandwidthKbps))).toBeLessThan(
    mean(wide?.slice(SETTLING).map((i) => i.bandwidthKbps) ?? []),
  );
  const recovered = widest?.slice(SETTLING) ?? [];
  expect(mean(recovered.map((i) => i.accuracy))).toBeGreaterThan(mean(settled.map((i) => i.accuracy)));
});

test('without a budget no price is asked', async ({ lab }) => {
  await lab.open({ ...FASTEST, kbps: 'off' });
  await lab.live(3);
  await expect(lab.by('budget-bandwidth-off')).toBeChecked();
  await lab.by('pause').click();
  const { intervals } = await lab.report();
  expect(intervals.every((interval) => interval.prices.bandwidth === 0)).toBe(true);
});
