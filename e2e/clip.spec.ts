/** A clip of one's own, by upload. */
import { absent, asset } from './support/assets.ts';
import { expect, FAST, test } from './support/lab.ts';
import { recordClip } from './support/recordClip.ts';

test('runs a recorded WebM to its end', async ({ lab, browser }) => {
  const buffer = await recordClip(browser, 3.5);
  await lab.open(FAST);
  await lab.by('source-menu').click();
  await lab.by('clip-input').setInputFiles({ name: 'street.webm', mimeType: 'video/webm', buffer });
  await lab.stayWithStreet();
  await expect(lab.by('source-menu')).toContainText('street.webm');
  await lab.live();
  await expect(lab.by('run-state')).toHaveText('Ended');
  const { experiment, intervals } = await lab.report();
  expect(experiment.source).toEqual({ kind: 'clip', file: 'street.webm' });
  expect(intervals.length).toBeGreaterThanOrEqual(3);
  expect(intervals.every((interval) => interval.accuracyTruth === null)).toBe(true);
});

const STREET = 'clips/street-traffic.mp4';

test('runs a real street', async ({ lab }) => {
  const file = asset(STREET);
  test.skip(file === undefined, absent(STREET));
  await lab.open({ ...FAST, seconds: 2 });
  await lab.by('source-menu').click();
  await lab.by('clip-input').setInputFiles(file ?? '');
  await lab.stayWithStreet();
  await lab.live(2);
  await expect(lab.by('run-state')).toHaveText('Ended');
});
