/** A camera that the browser does not give. */
import { browserArguments } from '../scripts/findBrowser.ts';
import { expect, FAST, test } from './support/lab.ts';

test.use({
  launchOptions: async ({ launchOptions }, provide) => {
    const refuse = ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
    await provide({ ...launchOptions, args: [...browserArguments(), ...refuse] });
  },
});

test('a refused camera is said, and what runs goes on', async ({ lab }) => {
  await lab.open(FAST);
  await lab.live();
  await lab.by('source-menu').click();
  await lab.by('webcam-start').click();
  await expect(lab.notice(/^The camera was refused\. .*\.$/)).toBeVisible();
  const before = await lab.intervalCount();
  await lab.intervals(before + 1);
});
