/** Real footage: the lab asks once, fetches what was agreed to, checks it, keeps it, and goes on without it. */
import AxeBuilder from '@axe-core/playwright';
import { absent, asset } from './support/assets.ts';
import { expect, FAST, test as base, type Lab } from './support/lab.ts';
import { FOOTAGE_MODEL, PublicModels } from './support/publicModels.ts';

const CLIP = 'clips/plaza-pedestrians.mp4';
/** Holds what the street detector has no name for. */
const DOG_CLIP = 'clips/dog-and-woman.mp4';
const COCO = 'NanoDet (80 classes)';
const STREET = 'Street detector';

const test = base.extend<{ models: PublicModels }>({
  models: async ({ context }, provide) => {
    const models = new PublicModels();
    await models.listen(context);
    await provide(models);
  },
});

test.beforeEach(async ({ lab, models }) => {
  for (const name of [CLIP, DOG_CLIP, FOOTAGE_MODEL]) test.skip(asset(name) === undefined, absent(name));
  models.serve();
  await lab.page.addInitScript(collectLabels);
  await lab.open({ ...FAST, seconds: 1 });
});

declare global {
  interface Window {
    /** What was written on canvases. */
    labels: Set<string>;
  }
}

/** Runs in the page. */
function collectLabels(): void {
  window.labels = new Set();
  const prototype = CanvasRenderingContext2D.prototype;
  const write = Reflect.get(prototype, 'fillText') as (this: unknown, ...args: unknown[]) => void;
  Reflect.set(prototype, 'fillText', function (this: unknown, ...args: unknown[]) {
    window.labels.add(String(args[0]));
    write.apply(this, args);
  });
}

async function chooseClip(lab: Lab, name = 'first.mp4', clip = CLIP): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const buffer = await readFile(asset(clip) ?? '');
  await lab.by('source-menu').click();
  await lab.by('clip-input').setInputFiles({ name, mimeType: 'video/mp4', buffer });
}

async function chooseScene(lab: Lab): Promise<void> {
  await lab.by('source-menu').click();
  await lab.by('scene-preset').selectOption('plaza');
  await lab.page.keyboard.press('Escape');
}

/** The run's detector, as its report has it. */
async function ranOn(lab: Lab, source: string): Promise<unknown> {
  await expect(lab.by('source-menu')).toContainText(source);
  await lab.live();
  await expect(lab.by('run-state')).toHaveText('Ended');
  return (await lab.report()).experiment.detector;
}

test('asks before the first clip, and then no more', async ({ lab, models, page }) => {
  await lab.live();
  await chooseClip(lab, 'first.mp4', DOG_CLIP);
  const question = lab.by('consent');
  await expect(question).toContainText('Fetch a detector for real footage?');
  await expect(question).toContainText(COCO);
  for (const fact of ['2.15 MB', 'raw.githubusercontent.com', 'Apache-2.0', 'kept in this browser']) {
    await expect(question).toContainText(fact);
  }
  await expect(lab.by('consent-fetch')).toBeFocused();
  expect(models.asked).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="consent"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(lab.by('detector-menu')).toContainText(COCO);
  expect(await ranOn(lab, 'first.mp4')).toBe('nanodet-coco');
  const labels = await page.evaluate(() => [...window.labels]);
  expect(labels.some((label) => label.startsWith('dog'))).toBe(true);
  expect(models.asked).toEqual(['nanodet-m.json', 'nanodet-m.bin']);

  await chooseScene(lab);
  await expect(lab.by('detector-menu')).toContainText(STREET);
  expect(await ranOn(lab, 'Plaza')).toBe('default');

  // Without a network, from what is kept.
  models.goOffline();
  await chooseClip(lab, 'second.mp4');
  expect(await ranOn(lab, 'second.mp4')).toBe('nanodet-coco');
  expect(models.asked).toHaveLength(2);

  await lab.by('detector-menu').click();
  await expect(page.getByText(`Kept in this browser: ${COCO}, 2.15 MB.`)).toBeVisible();
  await lab.by('kept-remove').click();
  await expect(page.getByText('Nothing fetched is kept any more.')).toBeVisible();
  await lab.by('consent-forget').click();
  await page.keyboard.press('Escape');
  await chooseScene(lab);
  await expect(lab.by('detector-menu')).toContainText(STREET);
  await chooseClip(lab, 'third.mp4');
  await expect(question).toBeVisible();
});

test('without a network the run goes on with the street detector, and tries again', async ({
  lab,
  models,
}) => {
  models.goOffline();
  await chooseClip(lab);
  await lab.by('consent-fetch').click();
  const notice = lab.notice('nanodet-m.json could not be fetched from raw.githubusercontent.com');
  await expect(notice).toContainText('the street detector runs instead');
  await expect(notice).toContainText('misses most of what real footage shows');
  expect(await ranOn(lab, 'first.mp4')).toBe('default');
  await expect(lab.by('detector-menu')).toContainText(STREET);
  await expect(lab.notice('street')).toHaveCount(1);

  models.serve();
  await lab.by('remedy-fetchAgain').click();
  await expect(notice).toBeHidden();
  await expect(lab.by('detector-menu')).toContainText(COCO);
  expect(await ranOn(lab, 'first.mp4')).toBe('nanodet-coco');
});

test('bytes that were tampered with are not used', async ({ lab, models }) => {
  models.tamper();
  await chooseClip(lab);
  await lab.by('consent-fetch').click();
  const notice = lab.notice('nanodet-m.bin from raw.githubusercontent.com is another file than the one');
  await expect(notice).toContainText(/1887474 bytes with SHA-256 283fdb466f36… were expected/);
  await expect(notice).toContainText('the street detector runs instead');
  expect(await ranOn(lab, 'first.mp4')).toBe('default');
  // Nothing of it was kept.
  const kept = await lab.page.evaluate(async () => {
    const requests = await (await caches.open('oneadapt-models-1')).keys();
    return requests.map(({ url }) => url).filter((url) => !url.startsWith(location.origin));
  });
  expect(kept).toEqual([]);
});

test('a refusal holds, and the notice says what is missing', async ({ lab, models }) => {
  await chooseClip(lab);
  await lab.stayWithStreet();
  expect(await ranOn(lab, 'first.mp4')).toBe('default');
  await expect(lab.notice('has learnt the built-in street alone')).toBeVisible();
  await expect(lab.by('remedy-useCoco')).toBeVisible();
  await chooseClip(lab, 'second.mp4');
  expect(await ranOn(lab, 'second.mp4')).toBe('default');
  await expect(lab.by('consent')).toBeHidden();
  expect(models.asked).toEqual([]);
});

test('closing the question decides for this time only', async ({ lab, models }) => {
  await chooseClip(lab);
  await expect(lab.by('consent')).toBeVisible();
  await lab.page.keyboard.press('Escape');
  expect(await ranOn(lab, 'first.mp4')).toBe('default');
  await chooseClip(lab, 'second.mp4');
  await expect(lab.by('consent')).toBeVisible();
  expect(models.asked).toEqual([]);
});

test('a download says how far it is, and is left by choosing something else', async ({ lab, models }) => {
  await lab.live();
  models.hang();
  await chooseClip(lab);
  await lab.by('consent-fetch').click();
  await expect(lab.by('preparing')).toHaveText(`Fetching ${COCO}, 0.3 of 2.1 MB`);
  const worker = lab.page.workers().find((w) => w.url().includes('serverWorker'));
  const isLeft = worker?.waitForEvent('close');
  expect(isLeft).toBeDefined();
  await chooseScene(lab);
  await isLeft;
  expect(await ranOn(lab, 'Plaza')).toBe('default');
});

test('an address that names its detector is not asked about', async ({ lab, models }) => {
  await lab.open({ ...FAST, seconds: 1, detector: 'street-nano' });
  await chooseClip(lab);
  expect(await ranOn(lab, 'first.mp4')).toBe('street-nano');
  await expect(lab.by('consent')).toBeHidden();
  expect(models.asked).toEqual([]);
});
