/** For tests: a frame of the street that our own detectors were trained for, which training never saw. */
import type { TruthBox } from '../../domain/detection.ts';
import type { Size } from '../../domain/size.ts';
import { openScene } from './scene.ts';

/** Training keeps these seeds for judging (training/render.ts). */
const SEED = 950_900;

export interface StreetFrame {
  readonly truth: readonly TruthBox[];
  /** Scaled, RGBA. */
  pixels(size: Size): Uint8ClampedArray;
  close(): void;
}

export async function streetFrame(): Promise<StreetFrame> {
  const scene = openScene({ preset: 'crossing', seed: SEED });
  const shown = await scene.frameAt(7);
  scene.close();
  if (!shown) throw new Error('The scene ended, though it should be endless.');
  return {
    truth: shown.truth ?? [],
    pixels: ({ width, height }) => {
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (!context) throw new Error('This browser offers no 2d canvas.');
      context.drawImage(shown.frame, 0, 0, width, height);
      return context.getImageData(0, 0, width, height).data;
    },
    close: () => shown.frame.close(),
  };
}
