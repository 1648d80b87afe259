/** A webcam, played by Chromium from a file. */
import { browserArguments } from '../scripts/findBrowser.ts';
import { INTERVAL_SECONDS } from '../src/domain/interval.ts';
import { CAPTURE_FPS } from '../src/domain/ladders.ts';
import { cameraClip } from './support/camera.ts';
import { expect, test, type Lab } from './support/lab.ts';

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

declare global {
  interface Window {
    cameras: MediaStreamTrack[];
  }
}

/** Keeps what the page is given of cameras. */
function watchCameras(): void {
  window.cameras = [];
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.cameras.push(...stream.getTracks());
    return stream;
  };
}

const cameraStates = (lab: Lab): Promise<string[]> =>
  lab.page.evaluate(() => window.cameras.map(({ readyState }) => readyState));

test('a webcam runs live, what is dropped is counted, and the camera is let go when another source runs', async ({
  lab,
}) => {
  await lab.page.addInitScript(watchCameras);
  await lab.open({ backend: 'wasm' });
  await lab.by('source-menu').click();
  await lab.by('webcam-start').click();
  await lab.stayWithStreet();
  await expect(lab.by('source-menu')).toContainText('Webcam');
  await lab.live(3);
  const { experiment, intervals } = await lab.report();
  expect(experiment).toMatchObject({ source: { kind: 'webcam' }, clock: 'live' });
  let end = 0;
  for (const { bytes, droppedFrames, frames, measuredFrames, startSeconds } of intervals) {
    expect(bytes).toBeGreaterThan(0);
    expect(measuredFrames).toBeGreaterThan(0);
    expect(frames).toBeGreaterThanOrEqual(measuredFrames);
    // Every frame that the camera had since the last interval is either measured or counted as dropped.
    const due = Math.round((startSeconds + INTERVAL_SECONDS - end) * CAPTURE_FPS);
    expect(measuredFrames + droppedFrames).toBe(due);
    end = startSeconds + INTERVAL_SECONDS;
  }
  expect(await cameraStates(lab)).toEqual(['live']);
  await lab.by('source-menu').click();
  await lab.by('scene-preset').selectOption('plaza');
  await expect.poll(() => cameraStates(lab)).toEqual(['ended']);
  expect(lab.errors).toEqual([]);
});
