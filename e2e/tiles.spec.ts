/** Tiles: their values as a heat map, pinned by click and by keyboard; the report repeats the pins. */
import { expect, FASTEST, test } from './support/lab.ts';

test('tiles are shown, pinned and counted, and pins go into address and report', async ({ lab, page }) => {
  await lab.open({ ...FASTEST, kbps: 400, policy: 'static', quantizer: 128, tiles: 10, tileGrid: '8x5' });
  await lab.live(2);
  await lab.by('layer-select').selectOption('tiles');
  const kept = async (): Promise<number> => Number.parseInt(await lab.by('tiles-kept').innerText(), 10);
  await expect.poll(kept).toBeLessThan(40);
  const picker = lab.by('tile-picker');
  await expect(picker).toHaveAccessibleName('Tiles, 8 columns by 5 rows');

  const box = await picker.boundingBox();
  if (!box) throw new Error('The tiles are not on the page.');
  await picker.click({ position: { x: box.width / 16, y: box.height / 10 } });
  await expect(page).toHaveURL(/pinFull=0(&|$)/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/pinLow=9(&|$)/);
  await expect(picker).toContainText('Column 2, row 2: pinned to low quality');
  await lab.intervals((await lab.intervalCount()) + 2);
  await lab.by('pause').click();
  const { experiment } = await lab.report();
  expect(
    experiment.edits.some(({ tilePins }) => tilePins?.low.includes(9) && tilePins.full.includes(0)),
  ).toBe(true);
  await page.reload();
  await lab.live(1);
  await lab.by('layer-select').selectOption('tiles');
  await picker.focus();
  await expect(picker).toContainText('Column 1, row 1: pinned to full quality');
  await lab.by('clear-pins').click();
  await expect(lab.by('clear-pins')).toBeHidden();
  await expect(page).not.toHaveURL(/pin(Full|Low)=/);
  expect(lab.errors).toEqual([]);
});
