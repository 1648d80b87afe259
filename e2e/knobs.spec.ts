/** A knob that is not tuned is set by hand, then given to the policy: its gradient and its heat map appear. */
import { expect, FASTEST, test } from './support/lab.ts';

test('a knob is activated in the page, by keyboard too, and its heat map is there', async ({ lab, page }) => {
  await lab.open({ ...FASTEST, kbps: 400 });
  await lab.live(2);
  await expect(lab.by('accgrad-colour')).toBeHidden();
  await expect(lab.by('layer-select').locator('option[value="inputGrad:colour"]')).toHaveCount(0);

  // With the usual knobs nothing of the page is beyond the screen.
  expect(await lab.overflow()).toEqual([0, 0]);
  const fold = lab.by('more-knobs');
  await expect(fold).toHaveText('10 more knobs');
  await expect(lab.by('set-codec')).toBeHidden();
  await fold.focus();
  await page.keyboard.press('Enter');
  await lab.by('set-codec').selectOption('av1');
  await expect(lab.by('knob-codec')).toHaveAttribute('data-value', 'av1');
  await expect(lab.by('off-rest-codec')).toBeHidden();
  await fold.click();
  await expect(lab.by('off-rest-codec')).toHaveText('Codec AV1');
  await expect(lab.by('off-rest-colour')).toBeHidden();
  await fold.click();

  await lab.by('tune-colour').focus();
  await page.keyboard.press('Enter');
  await expect(lab.by('tune-colour')).toBeFocused();
  await expect(lab.by('accgrad-colour')).toHaveText(/\d/);
  await expect(page).toHaveURL(/knobs=resolution%2Cquantizer%2CframeRate%2Ccolour/);
  await lab.by('layer-select').selectOption('inputGrad:colour');
  await lab.by('pause').click();
  const stage = lab.by('stage');
  await stage.locator('.stage-pointer').hover();
  await expect(stage.locator('.pointer-value')).toHaveText(/grey levels/);
  const { intervals, experiment } = await lab.report();
  expect(experiment.edits.some((edit) => edit.knobs?.includes('colour'))).toBe(true);
  expect(intervals.at(-1)?.gradients.colour?.flat).toBe(false);
  expect(intervals.at(-1)?.configuration.codec).toBe('av1');

  await lab.by('tune-colour').click();
  await expect(lab.by('accgrad-colour')).toBeHidden();
  await expect(lab.by('set-colour')).toBeVisible();

  // Where a knob goes into the closed fold, the keyboard goes on from the fold.
  await fold.click();
  await lab.by('tune-frameRate').focus();
  await page.keyboard.press('Enter');
  await expect(fold).toBeFocused();
  await expect(fold).toHaveText('11 more knobs');
  expect(lab.errors).toEqual([]);
});
