/**
 * Is a frame still the picture that a DNNGrad was taken on? Both are compared as the detector saw them, so that nothing
 * has to be measured at the camera: the mean luma of 16×16 blocks, which neither quantizer nor resolution moves much.
 *
 * Frames five seconds apart of clips whose camera stands still differ by 3 to 12 grey levels, at most by 22; a cut or a
 * moving camera by 24 to 67 (the clips of the test assets, at 30×18 blocks).
 */
import type { Size } from '../domain/size.ts';
import { poolMean, type Grid } from './pooling.ts';

const BLOCK_PIXELS = 16;
const NEW_CONTENT_GREY_LEVELS = 23;

/** @param rgba width·height·4 bytes */
export const blockLuma = (rgba: Uint8ClampedArray, size: Size): Grid =>
  poolMean(
    size,
    BLOCK_PIXELS,
    (pixel) =>
      0.299 * (rgba[4 * pixel] ?? 0) +
      0.587 * (rgba[4 * pixel + 1] ?? 0) +
      0.114 * (rgba[4 * pixel + 2] ?? 0),
  );

/** @param then of the frame that the gradient was taken on */
export function isNewContent(then: Grid, now: Grid): boolean {
  // Another input size looks at the same content.
  if (then.values.length !== now.values.length) return false;
  const sum = now.values.reduce((total, value, i) => total + Math.abs(value - (then.values[i] ?? 0)), 0);
  return sum / Math.max(1, now.values.length) > NEW_CONTENT_GREY_LEVELS;
}
