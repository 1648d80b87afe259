/** axe-core finds nothing to object to, in light and in dark, while preparing and with a run. */
import AxeBuilder from '@axe-core/playwright';
import { expect, FASTEST, test } from './support/lab.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page with a run, ${colorScheme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme });
    await lab.open({ ...FASTEST, seconds: 2 });
    await lab.live(2);
    await expect(lab.by('run-state')).toHaveText('Ended');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`),
    ).toEqual([]);
  });
}

test('the controls can be reached and used by keyboard', async ({ lab, page }) => {
  await lab.open({ ...FASTEST });
  await lab.live();
  await page.keyboard.press('Space');
  await expect(lab.by('run-state')).toHaveText('Paused');
  const before = await lab.intervalCount();
  await page.keyboard.press('s');
  await lab.intervals(before + 1);
  await page.keyboard.press('?');
  await expect(lab.by('help-sheet')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lab.by('help-sheet')).toBeHidden();
});
