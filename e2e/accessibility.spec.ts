/** axe-core finds nothing to object to, in light and in dark: many tuned knobs, the others unfolded, tiles with pins. */
import { KNOB_NAMES } from '../src/domain/knob.ts';
import { objections } from './support/axe.ts';
import { expect, FASTEST, test } from './support/lab.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page with many knobs, ${colorScheme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme });
    await lab.open({ ...FASTEST, seconds: 1, knobs: KNOB_NAMES.slice(3).join(','), pinFull: 3, pinLow: 9 });
    await lab.live(1);
    await expect(lab.by('run-state')).toHaveText('Ended');
    await lab.by('more-knobs').click();
    await lab.by('layer-select').selectOption('tiles');
    await expect(lab.by('tile-picker')).toBeVisible();
    expect(await objections(page)).toEqual([]);
    // However many knobs are tuned, they are scrolled to within their panel.
    expect(await lab.overflow()).toEqual([0, 0]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await lab.overflow())[0]).toBe(0);
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
