/** The truth is measured in the page, and stands there as in the report, which opens again with it. */
import { DEFAULT_KNOBS } from '../src/domain/knob.ts';
import { samplesOf } from '../src/reports/fidelity/fidelity.ts';
import { signed } from '../src/ui/format.ts';
import { objections } from './support/axe.ts';
import { expect, FASTEST, test, type Lab } from './support/lab.ts';

/** The columns of the true changes in the table of the newest measured interval. */
const shownChanges = (lab: Lab): Promise<string[][]> =>
  lab
    .by('trust-interval-table')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [2, 3].map((column) => row.children[column]?.textContent.trim() ?? '')),
    );

test('measures while it is switched on, by keyboard too, and reports what it shows', async ({
  lab,
  page,
}) => {
  await lab.open({ ...FASTEST, kbps: 300 });
  await lab.live(1);
  await lab.by('tab-ascent').focus();
  await page.keyboard.press('ArrowRight');
  await expect(lab.by('tab-trust')).toBeFocused();
  await lab.by('truth').focus();
  await page.keyboard.press('Enter');
  await expect(lab.by('truth')).toHaveAttribute('aria-pressed', 'true');
  await expect(lab.by('measuring-badge')).toBeVisible();
  await expect(lab.by('trust-status')).toContainText(/\d of \d steps/);
  await expect(lab.by('trust-interval')).toHaveText(/Interval \d/);

  await lab.by('truth').click();
  await expect(lab.by('measuring-badge')).toBeHidden();
  const before = await lab.intervalCount();
  await lab.intervals(before + 2);
  await lab.by('pause').click();
  await expect(lab.by('run-state')).toHaveText('Paused');

  for (const colorScheme of ['dark', 'light'] as const) {
    // Colours that are on their way to others are no colours of the page.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await objections(page)).toEqual([]);
  }
  const json = await lab.exported('json');
  const { intervals } = await lab.report();
  const measured = intervals.filter(({ fidelity }) => fidelity !== undefined);
  expect(measured.length).toBeGreaterThan(0);
  expect(measured.length).toBeLessThan(intervals.length);
  const steps = measured.at(-1)?.fidelity?.steps ?? [];
  expect(new Set(steps.map(({ knob }) => knob))).toEqual(new Set(DEFAULT_KNOBS));

  await lab.by('trust-toggle').click();
  const expected = steps.map(({ offset, accuracyGain, utilityGain }) => [
    signed(offset * accuracyGain, 3),
    signed(offset * utilityGain, 4),
  ]);
  expect(await shownChanges(lab)).toEqual(expected);
  const own = samplesOf(intervals).filter(({ knob }) => knob === 'quantizer');
  const row = lab.by('trust-run-table').locator('tr[data-knob="quantizer"][data-estimator="distortion@8"]');
  await expect(row.locator('td').last()).toHaveText(String(own.length));
  expect(await objections(page)).toEqual([]);

  await page.goto('about:blank');
  await lab.open();
  await lab.openReport(json);
  await lab.by('tab-trust').click();
  await lab.by('trust-toggle').click();
  expect(await shownChanges(lab)).toEqual(expected);
  expect((await lab.report()).intervals).toEqual(intervals);
  expect(lab.errors).toEqual([]);
});
