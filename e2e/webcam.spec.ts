/** A webcam, played by Chromium from a file. */
import { browserArguments } from '../scripts/findBrowser.ts';
import { cameraClip } from './support/camera.ts';
import { expect, test } from './support/lab.ts';

test.use({
  launchOptions: async ({ launchOptions, playwright }, provide) => {
    const file = await cameraClip(() => playwright.chromium.launch(launchOptions));
    const camera = [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ];
    await provide({ ...launchOptions, args: [...browserArguments(), ...camera] });
  },
});

test('a webcam runs live, and what is dropped is counted', async ({ lab }) => {
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
