import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Source } from '../domain/source.ts';
import { openClip } from './clip.ts';
import { FORMATS, numberedClip, numberOn, watchFrames } from './clipFixture.ts';

const evenly = (count: number, fps: number): number[] => Array.from({ length: count }, (_, n) => n / fps);

/** Number shown at a time, or null after the end. */
async function numberAt(source: Source, seconds: number): Promise<number | null> {
  const shown = await source.frameAt(seconds);
  return shown && numberOn(shown.frame);
}

let frames: ReturnType<typeof watchFrames>;
beforeEach(() => {
  frames = watchFrames();
});
afterEach(async () => {
  await expect.poll(() => frames.open(), { message: 'frames left open' }).toBe(0);
  frames.stop();
});

describe('openClip', () => {
  test.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])('reads %s frame by frame', async (format) => {
    const source = await openClip(await numberedClip({ format, times: evenly(25, 10) }), `test.${format}`);
    expect(source).toMatchObject({ size: { width: 128, height: 96 }, live: false });
    expect(source.durationSeconds).toBeCloseTo(2.5, 1);
    for (let n = 0; n < 25; n += 1) expect(await numberAt(source, n / 10)).toBe(n);
    expect(await source.frameAt(2.5)).toBeNull();
    expect(await source.frameAt(2.6)).toBeNull();
    source.close();
  });

  test('shows the last frame that began at or before the time, at any frame rate', async () => {
    const times = [0, 0.04, 0.3, 0.35, 0.7, 1.2, 1.21];
    const source = await openClip(await numberedClip({ times }), 'uneven.mp4');
    for (let tick = 0; tick < 12; tick += 1) {
      const seconds = tick / 10;
      expect(await numberAt(source, seconds), `at ${seconds} s`).toBe(
        times.findLastIndex((t) => t <= seconds + 1e-6),
      );
    }
    source.close();
  });

  test('gives the same frame again for the same time, each copy closed by its receiver', async () => {
    const source = await openClip(await numberedClip({ times: evenly(5, 2), frameSeconds: 0.5 }), 'slow.mp4');
    for (const [seconds, n] of [
      [0, 0],
      [0.1, 0],
      [0.4, 0],
      [0.5, 1],
      [0.5, 1],
      [2.49, 4],
    ] as const) {
      expect(await numberAt(source, seconds)).toBe(n);
    }
    source.close();
  });

  test('counts time from the first frame, and jumps far ahead', async () => {
    const times = evenly(120, 10).map((t) => t + 3);
    const source = await openClip(await numberedClip({ times, format: 'mkv' }), 'late.mkv');
    expect(await numberAt(source, 0)).toBe(0);
    expect(await numberAt(source, 9.3)).toBe(93);
    expect(await numberAt(source, 9.4)).toBe(94);
    source.close();
  });

  test('turns a rotated clip upright', async () => {
    const source = await openClip(await numberedClip({ times: evenly(3, 10), rotation: 90 }), 'phone.mp4');
    expect(source.size).toEqual({ width: 96, height: 128 });
    const shown = await source.frameAt(0.1);
    expect(shown?.frame).toMatchObject({ displayWidth: 96, displayHeight: 128, codedWidth: 96 });
    shown?.frame.close();
    source.close();
  });

  test('says in a sentence what is wrong with a file', async () => {
    const text = new Blob(['This is a shopping list: milk, bread, eggs. '.repeat(50)]);
    await expect(openClip(text, 'list.mp4')).rejects.toThrow(
      /^The file list\.mp4 is not a video file .*Choose an MP4.*\.$/,
    );
    await expect(openClip(new Blob([]), 'empty.webm')).rejects.toThrow(
      /^The file empty\.webm is not a video file/,
    );
  });

  test.each(['mp4', 'mkv'] as const)('tells at which second a cut %s ends', async (format) => {
    const whole = await numberedClip({ format, times: evenly(60, 10), width: 320, height: 240 });
    const source = await openClip(whole.slice(0, Math.floor(whole.size * 0.6)), `cut.${format}`).catch(
      (error: unknown) => error as Error,
    );
    if (source instanceof Error) {
      expect(source.message).toMatch(/^cut\.\w+ is /);
      return;
    }
    const readAll = async (): Promise<void> => {
      for (let n = 0; n < 60; n += 1) (await source.frameAt(n / 10))?.frame.close();
    };
    await expect(readAll()).rejects.toThrow(/damaged or cut short: reading stopped at second [1-5]\.\d\d/);
    source.close();
  });

  test('frees frames that were decoded ahead when it is closed early', async () => {
    const source = await openClip(await numberedClip({ times: evenly(40, 10) }), 'early.mp4');
    expect(await numberAt(source, 0)).toBe(0);
    source.close();
    source.close();
    await expect(source.frameAt(0.1)).rejects.toThrow('is closed');
  });
});
