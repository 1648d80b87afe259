/** Grey pictures, which the frame filter compares. */
import { scaleSize, type Size } from '../../domain/size.ts';

export interface Luma {
  readonly size: Size;
  /** 0…255, row by row. */
  readonly values: Float32Array;
}

/** Width of the plane that the filter looks at, pixels: a frame costs it a few milliseconds, whatever the camera's size. */
const LUMA_WIDTH = 160;

export const lumaSize = (capture: Size): Size => scaleSize(capture, Math.min(1, LUMA_WIDTH / capture.width));

/** BT.601 weights, as OpenCV's grey, by which Reducto's thresholds were chosen. */
const WEIGHTS = [0.299, 0.587, 0.114] as const;

/** @param rgba 4 bytes a pixel */
export function lumaOf(rgba: Uint8ClampedArray, size: Size): Luma {
  const values = new Float32Array(size.width * size.height);
  for (let i = 0, at = 0; i < values.length; i += 1, at += 4) {
    const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
    values[i] = WEIGHTS[0] * red + WEIGHTS[1] * green + WEIGHTS[2] * blue;
  }
  return { size, values };
}

/** A separable filter with weights of odd length; beyond the border the outermost pixel goes on. */
export function filtered({ size, values }: Luma, weights: readonly number[]): Luma {
  const { width, height } = size;
  const radius = (weights.length - 1) / 2;
  const along = (
    source: Float32Array,
    step: number,
    length: number,
    lines: number,
    line: number,
  ): Float32Array => {
    const target = new Float32Array(source.length);
    for (let l = 0; l < lines; l += 1) {
      for (let i = 0; i < length; i += 1) {
        let sum = 0;
        for (let tap = -radius; tap <= radius; tap += 1) {
          const from = Math.min(length - 1, Math.max(0, i + tap));
          sum += (weights[tap + radius] ?? 0) * (source[l * line + from * step] ?? 0);
        }
        target[l * line + i * step] = sum;
      }
    }
    return target;
  };
  const rows = along(values, 1, width, height, width);
  return { size, values: along(rows, width, height, width, 1) };
}
