/** What goes wrong is said in a sentence, and the page stays whole. */
import type { Locator } from '@playwright/test';
import { expect, FAST, test } from './support/lab.ts';

/** One or more full sentences, from first to last character. */
const SENTENCE = /^[A-Z“"'\d](.*\S)?[.!?]$/s;

/** A notice says something in sentences; its buttons stand beside them. */
const expectSentence = (notice: Locator): Promise<void> =>
  expect(notice.getByRole('paragraph')).toHaveText(SENTENCE);

test.beforeEach(async ({ lab }) => {
  await lab.open({ ...FAST, seconds: 1 });
  await expect(lab.by('stage')).toBeVisible();
});

test.afterEach(async ({ lab }) => {
  await expect(lab.by('stage')).toBeVisible();
  await expect(lab.by('source-menu')).toBeVisible();
});

test('a text that is named .mp4', async ({ lab }) => {
  await lab.by('source-menu').click();
  const buffer = Buffer.from('milk, bread, eggs '.repeat(200));
  await lab.by('clip-input').setInputFiles({ name: 'list.mp4', mimeType: 'video/mp4', buffer });
  await lab.stayWithStreet();
  await expectSentence(lab.notice('list.mp4 is not a video file that can be read'));
  await expect(lab.root).toHaveAttribute('data-state', 'failed');
  await lab.by('remedy-useScene').click();
  await lab.live();
});

test('a model without its weights, and one that is none', async ({ lab }) => {
  await lab.by('detector-menu').click();
  const json = Buffer.from(
    JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths: ['a.bin'], weights: [] }] }),
  );
  await lab
    .by('model-input')
    .setInputFiles({ name: 'model.json', mimeType: 'application/json', buffer: json });
  await expectSentence(lab.notice('A detector is its model.json together with all its .bin files'));

  await lab.by('detector-menu').click();
  await lab.by('model-input').setInputFiles([
    { name: 'model.json', mimeType: 'application/json', buffer: Buffer.from('{"a": 1}') },
    { name: 'a.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(8) },
  ]);
  await expect(lab.by('card-failure').getByRole('paragraph').first()).toHaveText(SENTENCE);
  await expect(lab.by('card-failure')).toContainText('model.json is JSON, but not a TensorFlow.js model');
  await lab.page.keyboard.press('Escape');
  await expect(lab.root).not.toHaveAttribute('data-state', 'failed');
});

test('a report of another version', async ({ lab }) => {
  const buffer = Buffer.from('{"schemaVersion": 99}');
  await lab.by('open-report').setInputFiles({ name: 'report.json', mimeType: 'application/json', buffer });
  await expectSentence(lab.notice('This report has schema version 99'));
});

test('a number that is too large, and one that is none', async ({ lab }) => {
  await lab.by('source-menu').click();
  const seed = lab.page.getByLabel('Seed');
  const said = lab.page.getByRole('status').filter({ hasText: /taken|not a number/ });
  await seed.fill('99999999999999');
  await seed.press('Enter');
  await expect(said).toHaveText(/^It can be 0 to \d+, so \d+ is taken\.$/);
  await seed.fill('many');
  await seed.press('Enter');
  await expect(said).toHaveText('“many” is not a number.');
  await lab.page.keyboard.press('Escape');
});

test('an address with a word that nothing reads', async ({ lab }) => {
  await lab.open({ ...FAST, seconds: 1, kbsp: 300 });
  await expectSentence(lab.notice('The address names kbsp, which is misspelt'));
});

test('an address that asks for nonsense', async ({ lab }) => {
  await lab.open({ ...FAST, seconds: 1, scene: 'moon', kbps: -5, knobs: 'resolution,colour' });
  await expectSentence(lab.by('notice').first());
  await lab.live();
});

test('a graphics process that dies: said, and the lab runs on WebGPU again', async ({ lab, browser }) => {
  await lab.open({ backend: 'webgpu' });
  await lab.live();
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  // The detector's device is replaced under the run. Where the scene was being drawn just then, the run ends.
  const deviceLost = lab.notice('The graphics device was lost').first();
  const sceneLost = lab.notice('The browser took the graphics context of the scene away').first();
  await expectSentence(deviceLost.or(sceneLost).first());
  if (await sceneLost.isVisible()) {
    await lab.by('remedy-retry').click();
    await lab.live(1);
  } else {
    await lab.intervals((await lab.intervalCount()) + 1);
  }
  await expect(lab.by('run-state')).toHaveText('Running');
});
