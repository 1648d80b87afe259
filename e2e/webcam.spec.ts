/** A webcam, played by Chromium from a file. */
import { browserArguments } from '../scripts/findBrowser.ts';
import { cameraClip } from './support/camera.ts';
import { expect, FAST, test } from './support/lab.ts';

const FAKE_CAMERA = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${cameraClip()}`,
];

test.describe('with a camera', () => {
  test.use({
    launchOptions: async ({ launchOptions }, provide) => {
      await provide({ ...launchOptions, args: [...browserArguments(), ...FAKE_CAMERA] });
    },
  });

  test('runs live and counts what it drops', async ({ lab }) => {
    await lab.open({ backend: 'wasm' });
    await lab.by('source-menu').click();
    await lab.by('webcam-start').click();
    await expect(lab.by('source-menu')).toContainText('Webcam');
    await lab.live(3);
    const { experiment, intervals } = await lab.report();
    expect(experiment).toMatchObject({ source: { kind: 'webcam' }, clock: 'live' });
    for (const interval of intervals) {
      expect(interval.bytes).toBeGreaterThan(0);
      expect(interval.measuredFrames).toBeGreaterThan(0);
    }
    expect(lab.errors).toEqual([]);
  });
});

test.describe('with a camera that is refused', () => {
  test.use({
    launchOptions: async ({ launchOptions }, provide) => {
      const refuse = ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
      await provide({ ...launchOptions, args: [...browserArguments(), ...refuse] });
    },
  });

  test('says so, and what runs goes on', async ({ lab }) => {
    await lab.open(FAST);
    await lab.live();
    await lab.by('source-menu').click();
    await lab.by('webcam-start').click();
    await expect(lab.notice(/^The camera was refused\. .*\.$/)).toBeVisible();
    const before = await lab.intervalCount();
    await lab.intervals(before + 1);
  });
});
