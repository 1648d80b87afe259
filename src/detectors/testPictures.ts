/** For tests: pictures to detect in, and the shared assets where they exist. */
import type { Size } from '../domain/size.ts';
import { openClip } from '../sources/clip.ts';

/** URL of a shared asset (scripts/sharedAssets.ts), or null, with a line that says so, where it is absent. */
export async function sharedAsset(path: string): Promise<string | null> {
  const url = new URL(`/shared-assets/${path}`, globalThis.location.href).href;
  const { ok } = await fetch(url, { method: 'HEAD' });
  if (!ok) console.info(`Skipped: ../shared/assets/${path} is absent.`);
  return ok ? url : null;
}

/** A street-like picture of boxes on a gradient with some texture, RGBA. */
export function drawnPicture({ width, height }: Size): Uint8ClampedArray {
  const context = contextOf({ width, height });
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, '#9bb7d4');
  sky.addColorStop(1, '#4a4a4c');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 40; i += 1) {
    context.fillStyle = `hsl(${(i * 67) % 360} ${20 + ((i * 13) % 60)}% ${20 + ((i * 29) % 60)}%)`;
    const [x, y] = [((i * 0.37) % 1) * width, (0.3 + ((i * 0.23) % 0.6)) * height];
    context.fillRect(x, y, width * (0.02 + (i % 5) * 0.015), height * (0.03 + (i % 4) * 0.03));
  }
  return context.getImageData(0, 0, width, height).data;
}

/** One frame of a clip, scaled to a size, RGBA. */
export async function clipFrame(url: string, seconds: number, size: Size): Promise<Uint8ClampedArray> {
  const clip = await openClip(await (await fetch(url)).blob(), url);
  const shown = await clip.frameAt(seconds);
  if (!shown) throw new Error(`The clip ${url} ends before ${seconds} s.`);
  const context = contextOf(size);
  context.drawImage(shown.frame, 0, 0, size.width, size.height);
  shown.frame.close();
  clip.close();
  return context.getImageData(0, 0, size.width, size.height).data;
}

function contextOf({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser gave no 2D canvas.');
  return context;
}
