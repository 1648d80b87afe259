/**
 * A file for Chromium's fake camera: a real clip as motion JPEG where one lies beside the project, otherwise a bright box
 * that walks over a grey ground.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { asset, PROJECT } from './assets.ts';

const CLIP = 'clips/plaza-pedestrians.mp4';
const WIDTH = 640;
const HEIGHT = 384;
const FPS = 10;
const FRAMES = 20;

/** One frame of the walking box as planar 4:2:0. */
function boxFrame(n: number): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT, 96);
  const left = 2 * Math.round((n * (WIDTH - 120)) / FRAMES / 2);
  for (let y = 140; y < 240; y += 1) luma.fill(220, y * WIDTH + left, y * WIDTH + left + 120);
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

function walkingBox(): Buffer {
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FPS}:1 Ip A1:1 C420\n`);
  return Buffer.concat([header, ...Array.from({ length: FRAMES }, (_, n) => boxFrame(n))]);
}

/** The clip's first frames, one JPEG after the other. */
async function motionJpeg(browser: Browser, clip: string): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    const jpegs = await page.evaluate(
      async ({ url, width, height, count, fps }) => {
        const video = document.createElement('video');
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const arrived = (event: string): Promise<unknown> =>
          new Promise((resolve) => video.addEventListener(event, resolve, { once: true }));
        const loaded = arrived('loadeddata');
        video.src = url;
        await loaded;
        const frames: string[] = [];
        for (let n = 0; n < count; n += 1) {
          const sought = arrived('seeked');
          video.currentTime = (n + 0.5) / fps;
          await sought;
          canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
          frames.push(canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '');
        }
        return frames;
      },
      {
        url: `data:video/mp4;base64,${readFileSync(clip).toString('base64')}`,
        width: WIDTH,
        height: HEIGHT,
        count: FRAMES,
        fps: FPS,
      },
    );
    return Buffer.concat(jpegs.map((jpeg) => Buffer.from(jpeg, 'base64')));
  } finally {
    await page.close();
  }
}

/**
 * Writes the file once.
 * @param launch starts a browser that can decode the clip
 * @returns its path
 */
export async function cameraClip(launch: () => Promise<Browser>): Promise<string> {
  const clip = asset(CLIP);
  const directory = path.join(PROJECT, 'node_modules', '.cache', 'oneadapt');
  const file = path.join(directory, clip === undefined ? 'camera.y4m' : 'camera.mjpeg');
  if (existsSync(file)) return file;
  mkdirSync(directory, { recursive: true });
  let bytes = walkingBox();
  if (clip !== undefined) {
    const browser = await launch();
    bytes = await motionJpeg(browser, clip).finally(() => browser.close());
  }
  const part = `${file}.${process.pid}`;
  writeFileSync(part, bytes);
  renameSync(part, file);
  return file;
}
