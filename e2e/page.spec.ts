/** The page opens, something moves at once, and the scene then runs live on WebGPU. */
import { expect, test } from './support/lab.ts';

const KNOBS = ['resolution', 'quantizer', 'frameRate'] as const;

/** A person sees something within three seconds; where others use the cores too it takes longer, milliseconds. */
const FIRST_SIGHT_MS = 10_000;

test('shows a recorded run or the preparation at once, and reports no errors', async ({ lab }) => {
  await lab.open();
  await expect(lab.by('recorded-badge').or(lab.by('preparing')).first()).toBeVisible({
    timeout: FIRST_SIGHT_MS,
  });
  await lab.live();
  await expect(lab.by('run-state')).toHaveText('Running');
  expect(lab.errors).toEqual([]);
});

test('runs the scene on WebGPU with boxes, heat maps and AccGrads', async ({ lab, page }) => {
  await lab.open({ backend: 'webgpu' });
  await lab.live(2);
  await expect(lab.by('backend')).toHaveAttribute('data-backend', 'webgpu');
  await expect(lab.by('recorded-badge')).toBeHidden();

  for (const knob of KNOBS) await expect(lab.by(`accgrad-${knob}`)).toHaveText(/\d/);

  await lab.by('pause').click();
  await expect(lab.by('run-state')).toHaveText('Paused');
  const stage = lab.by('stage');
  const canvas = stage.locator('canvas[data-picture]');
  for (const layer of ['dnnGrad', ...KNOBS.map((knob) => `product:${knob}`)]) {
    await lab.by('layer-select').selectOption(layer);
    await stage.locator('.stage-pointer').hover();
    await expect(stage.locator('.pointer-value'), `heat map ${layer}`).toHaveText(/\d/);
  }

  await lab.by('layer-select').selectOption('none');
  const picture = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  const boxes = lab.by('boxes-now');
  if ((await boxes.getAttribute('aria-pressed')) === 'false') await boxes.click();
  const withBoxes = await picture();
  await boxes.click();
  await expect.poll(picture, { message: 'boxes drawn' }).not.toBe(withBoxes);

  const { intervals, environment } = await lab.report();
  expect(environment.backend).toBe('webgpu');
  expect(intervals.some((interval) => interval.utility > 0)).toBe(true);
  expect(intervals.some((interval) => (interval.accuracyTruth ?? 0) > 0)).toBe(true);

  const before = await lab.intervalCount();
  await lab.by('step').click();
  await lab.intervals(before + 1);
  await expect(lab.by('run-state')).toHaveText('Paused');
  await lab.by('play').click();
  await expect(lab.by('run-state')).toHaveText('Running');
  await expect(page.locator('body')).not.toBeEmpty();
  expect(lab.errors).toEqual([]);
});
