/** A model of one's own: what the lab proposes, what is corrected, what is remembered, and what cannot be read. */
import AxeBuilder from '@axe-core/playwright';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { absent, asset } from './support/assets.ts';
import { expect, FAST, test, type Lab } from './support/lab.ts';

const YOLO = 'models/yolov9n-wholebody25-256x320';
const CLIP = 'clips/plaza-pedestrians.mp4';
const NAMES = ['Body', 'Adult', 'Child', 'Male', 'Female'];

/** The files of a model as a chooser gives them. */
const filesOf = (folder: string): string[] => readdirSync(folder).map((name) => path.join(folder, name));

async function bring(
  lab: Lab,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
): Promise<void> {
  await lab.by('detector-menu').click();
  await lab.by('model-input').setInputFiles(files);
  await expect(lab.by('card-dialog')).toBeVisible();
}

/** Waits until the boxes are those of the card as it stands. */
const looked = (lab: Lab): Promise<void> =>
  expect(lab.by('card-found')).toHaveAttribute('data-computing', 'false');

/** Names of the boxes on the stage, as a pointer that goes over it reads them until one is found. */
async function namesOnStage(page: Page, wanted: RegExp): Promise<string> {
  const stage = page.locator('.stage-pointer');
  const area = await stage.boundingBox();
  if (!area) throw new Error('The stage is not to be seen.');
  const read: string[] = [];
  const [columns, rows] = [24, 14];
  for (let i = 0; i < columns * rows && !wanted.test(read.join(' ')); i += 1) {
    const [x, y] = [(i % columns) + 0.5, Math.floor(i / columns) + 0.5];
    await page.mouse.move(area.x + (x / columns) * area.width, area.y + (y / rows) * area.height);
    read.push(...(await stage.locator('.pointer-value').allTextContents()));
  }
  return read.join(' ');
}

test.describe('a YOLOv9 of 25 classes without names', () => {
  const [model, clip] = [asset(YOLO), asset(CLIP)];
  test.skip(model === undefined, absent(YOLO));
  test.skip(clip === undefined, absent(CLIP));

  test('is recognised, corrected, used and remembered', async ({ lab, page }) => {
    await lab.open({ ...FAST, seconds: 1 });
    await lab.by('source-menu').click();
    await lab.by('clip-input').setInputFiles(clip ?? '');
    await lab.stayWithStreet();
    await lab.live(1);

    await bring(lab, filesOf(model ?? ''));
    await expect(lab.by('card-origin')).toContainText('Recognised as YOLO');
    await expect(lab.by('card-channels')).toHaveValue('BGR');
    await expect(lab.by('card-width')).toHaveValue('320');
    await looked(lab);
    await expect(lab.by('card-found')).toContainText(/\d+ boxes: .*class 0/);
    await expect(lab.by('card-time')).toContainText(/\d ms on wasm/);

    // The wrong colours are seen at once: other boxes than before.
    const proposed = await lab.by('card-found').textContent();
    await lab.by('card-normalisation').selectOption('unit');
    await expect(lab.by('card-found')).not.toHaveText(proposed ?? '');
    await looked(lab);
    await lab.by('card-reset').click();
    await looked(lab);

    // A size that does not fit is a sentence, and cannot be used.
    await lab.by('card-width').fill('100');
    await lab.by('card-width').press('Enter');
    await expect(lab.by('card-found')).toContainText(/\.$/m);
    await expect(lab.by('card-use')).toBeDisabled();
    await lab.by('card-reset').click();

    await lab.by('card-names').fill(NAMES.join('\n'));
    await lab.by('card-threshold').fill('0.3');
    await lab.by('card-threshold').press('Enter');
    await looked(lab);
    await expect(lab.by('card-found')).toContainText('Body');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).include('.card-dialog').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`),
        colorScheme,
      ).toEqual([]);
    }

    const saving = page.waitForEvent('download');
    await lab.by('card-save').click();
    const saved = JSON.parse(readFileSync(await (await saving).path(), 'utf8')) as { labels: string[] };
    expect(saved.labels.slice(0, 6)).toEqual([...NAMES, 'class 5']);

    await lab.by('card-use').click();
    await expect(lab.by('card-dialog')).toBeHidden();
    await expect(lab.by('detector-menu')).toBeFocused();
    await expect(lab.by('detector-menu')).toContainText('YOLO');
    await lab.live(1);
    await expect(lab.by('run-state')).toHaveText('Ended');
    const named = /Body|Adult|Male/;
    expect(await namesOnStage(page, named)).toMatch(named);
    const report = await lab.report();
    expect(report.experiment.detector).toMatchObject({
      model: 'model.json',
      card: { labels: saved.labels, threshold: 0.3, input: { channels: 'BGR' } },
    });
    expect(report.intervals.some(({ utility }) => utility > 0)).toBe(true);

    await page.reload();
    await bring(lab, filesOf(model ?? ''));
    await expect(lab.by('card-remembered')).toBeVisible();
    await expect(lab.by('card-names')).toHaveValue(new RegExp(`^${NAMES.join('\n')}`));
    await expect(lab.by('card-threshold')).toHaveValue('0.3');
    await lab.by('card-forget').click();
    await expect(lab.by('card-names')).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(lab.by('card-dialog')).toBeHidden();

    await lab.by('detector-menu').click();
    await lab.by('model-folder').setInputFiles(model ?? '');
    await expect(lab.by('card-dialog')).toContainText('yolov9n-wholebody25-256x320');
    await looked(lab);
    await expect(lab.by('card-remembered')).toBeHidden();
    expect(lab.errors).toEqual([]);
  });
});

test('a model that cannot be read says why, and what ran goes on', async ({ lab }) => {
  await lab.open({ ...FAST });
  await lab.live(1);
  const json = (text: string) => ({
    name: 'model.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  const shard = { name: 'a.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(8) };
  const topology = '"modelTopology": {"node": []}';
  const weights =
    '"weightsManifest": [{"paths": ["a.bin"], "weights": [{"name": "w", "shape": [9], "dtype": "float32"}]}]';
  const broken: readonly (readonly [string, RegExp])[] = [
    [`{${topology}, ${weights}}`, /weights are cut off: a\.bin \(8 bytes\).*\.$/],
    ['{"weightsManifest": 1}', /is JSON, but not a TensorFlow\.js model.*\.$/],
  ];
  for (const [text, sentence] of broken) {
    await bring(lab, [json(text), shard]);
    await expect(lab.by('card-failure').getByRole('paragraph').first()).toHaveText(sentence);
    await lab.page.keyboard.press('Escape');
    await expect(lab.by('card-dialog')).toBeHidden();
  }
  await lab.by('detector-menu').click();
  await lab.by('model-url').fill(new URL('./no/such/model.json', lab.page.url()).href);
  await lab.by('model-url').press('Enter');
  await expect(lab.by('card-failure')).toContainText('could not be fetched: the server answered 404');
  await lab.page.keyboard.press('Escape');

  await expect(lab.root).toHaveAttribute('data-state', 'running');
  await lab.intervals((await lab.intervalCount()) + 1);
  await expect(lab.by('detector-menu')).toContainText('Street detector');
});

const FACES = 'models/blazeface-back';

test('a dropped folder is a model too, and the dialog keeps the keyboard', async ({ lab, page }) => {
  const folder = asset(FACES);
  test.skip(folder === undefined, absent(FACES));
  await lab.open({ ...FAST, seconds: 1 });
  await lab.live(1);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder ?? ''], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 500, data });
  }
  await expect(lab.by('card-origin')).toContainText('Recognised as BlazeFace');
  await expect(lab.by('card-names')).toHaveValue('face');
  await looked(lab);
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.card-dialog') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(lab.by('detector-menu')).toBeFocused();
});

test('a model by address is read by the card beside it, and the address holds the corrected one', async ({
  lab,
  page,
}) => {
  await lab.open({ ...FAST, seconds: 1 });
  await lab.live(1);
  await lab.by('detector-menu').click();
  await lab.by('model-url').fill(new URL('./models/street-nano/model.json', page.url()).href);
  await lab.by('model-url').press('Enter');
  await expect(lab.by('card-origin')).toContainText('as the card.json beside it says');
  await looked(lab);
  await lab.by('card-label').fill('Mine');
  await lab.by('card-label').press('Enter');
  await lab.by('card-use').click();
  await expect(lab.by('detector-menu')).toContainText('Mine');
  await lab.live(1);
  await page.waitForURL(/card=/);
  await page.reload();
  await expect(lab.by('detector-menu')).toContainText('Mine');
  await lab.live(1);
  expect((await lab.report()).experiment.detector).toMatchObject({ card: { label: 'Mine', name: 'mine' } });
});
