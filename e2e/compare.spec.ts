/** Policies are compared in the page on the same frames; what it shows is what it exports, and opens again without a run. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { parseComparison } from '../src/reports/index.ts';
import { figuresOf } from '../src/reports/comparison/figures.ts';
import { expect, FASTEST, test, type Lab } from './support/lab.ts';

const COMPARED = { ...FASTEST, kbps: 300, view: 'compare', compare: 'oneadapt,static', compareSeconds: 3 };

async function objections(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** The cells of the table of charges, row by row. */
const charges = (lab: Lab): Promise<string[][]> =>
  lab
    .by('figures-row')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));

test('three policies, ticked and compared by keyboard, shown, exported and opened again', async ({
  lab,
  page,
}) => {
  await lab.open(COMPARED);
  await lab.by('choose-eaar').focus();
  await page.keyboard.press('Space');
  await lab.by('compare-start').focus();
  await page.keyboard.press('Enter');
  await expect(lab.by('compare-state')).toHaveText('Ended');
  await expect(lab.by('compare-count')).toHaveText('3');

  await expect(lab.by('compare-of')).toContainText('3 intervals');
  const shown = await charges(lab);
  expect(shown.map(([name]) => name)).toEqual(['OneAdapt', 'Static', 'EAAR']);
  await expect(lab.by('lane')).toHaveCount(3);
  await expect(page.locator('.rival-at')).toHaveCount(3);
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion: colours that are still on their way are no colours.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await objections(page)).toEqual([]);
  }

  const report = parseComparison(await lab.exportedComparison());
  expect(report.runs.map(({ intervals }) => intervals.length)).toEqual([3, 3, 3]);
  expect(new Set(report.runs.flatMap(({ intervals }) => intervals[0]?.referenceBytes)).size).toBe(1);
  // All but the static one keep to the budget after a while; its F1 is 1 by definition.
  const figures = report.runs.map(({ intervals }) => figuresOf(intervals));
  expect(figures[1]?.accuracy).toBe(1);
  expect(shown.map(([, accuracy]) => accuracy?.slice(0, 5))).toEqual(
    figures.map(({ accuracy }) => accuracy.toFixed(3)),
  );

  await page.goto('about:blank');
  await lab.open({ ...FASTEST, view: 'compare', compare: 'none' });
  await lab.by('open-report').setInputFiles({
    name: 'report.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(report)),
  });
  await expect(lab.by('compare-state')).toHaveText('Report opened');
  await expect.poll(() => charges(lab)).toEqual(shown);
  await lab.by('sort-accuracy').click();
  expect((await charges(lab))[0]?.[0]).toBe('Static');
  await lab.by('frontier-as-table').click();
  await expect(lab.by('frontier-table').locator('tbody tr')).toHaveCount(3);
  await lab.by('timeline-as-table').click();
  await expect(lab.by('lines-table').locator('tbody tr')).toHaveCount(3);
  expect(await objections(page)).toEqual([]);
  expect(lab.errors).toEqual([]);
});
