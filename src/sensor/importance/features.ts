/**
 * What the importance net sees of a frame: for each 16×16 block of the frame at 480×288 the luma around it, fine and coarse,
 * how textured it and its neighbours are, and its mean colour. The frame is looked at in half that size, so a block is 8×8 pixels of the picture.
 * `training/importance/features.py` makes the same in numpy.
 */
import type { Size } from '../../domain/size.ts';
import { lumaOf } from '../frameFilter/luma.ts';

export const PICTURE_SIZE: Size = { width: 240, height: 144 };
const BLOCK = 8;
export const BLOCKS = { columns: PICTURE_SIZE.width / BLOCK, rows: PICTURE_SIZE.height / BLOCK };

/** Side of the fine patch about a block, pixels of the picture: 24 of the frame at 480×288. */
const FINE = 12;
/** Side of the cells of the coarse patch, pixels of the picture, and how many there are along a side: 64 of the frame. */
const CELL = 4;
const COARSE = 8;
/** Blocks along a side of the neighbourhood whose texture is told. */
const AROUND = 5;
const COLOURS = 3;
export const FEATURES = FINE * FINE + COARSE * COARSE + AROUND * AROUND + COLOURS;

/** Grey levels to a unit of a feature. */
const GREY_LEVELS = 64;
const MIDDLE_GREY = 128;
/** The log of a variance of 55 grey levels, about the middle of what scenes have, and what makes a unit of a feature. */
const USUAL_TEXTURE = 4;

interface Plane {
  readonly size: Size;
  readonly values: Float32Array;
}

/**
 * Means over square cells of a value of the plane's places.
 * @param cell side of the cells, of which the plane's sides are multiples
 */
function cellMeans(
  { size: { width, height } }: Plane,
  cell: number,
  valueAt: (place: number, cell: number) => number,
): Plane {
  const columns = width / cell;
  const means = new Float32Array(columns * (height / cell));
  for (let y = 0, place = 0; y < height; y += 1) {
    const line = Math.floor(y / cell) * columns;
    for (let x = 0; x < width; x += 1, place += 1) {
      const to = line + Math.floor(x / cell);
      means[to] = (means[to] ?? 0) + valueAt(place, to) / (cell * cell);
    }
  }
  return { size: { width: columns, height: height / cell }, values: means };
}

/** ln(1 + variance) of the luma within each block. */
function textureOf(luma: Plane, greys: Float32Array): Plane {
  const variance = cellMeans(luma, BLOCK, (at, block) => ((luma.values[at] ?? 0) - (greys[block] ?? 0)) ** 2);
  return { ...variance, values: variance.values.map((value) => Math.log(value + 1)) };
}

/**
 * Writes a square of a plane, row by row, each value less `shift` and divided by `unit`; beyond the border the outermost one
 * goes on.
 */
function writePatch(
  { size: { width, height }, values }: Plane,
  square: { readonly left: number; readonly top: number; readonly side: number },
  { shift, unit }: { readonly shift: number; readonly unit: number },
  into: Float32Array,
): void {
  const { left, top, side } = square;
  for (let row = 0, at = 0; row < side; row += 1) {
    const line = Math.min(height - 1, Math.max(0, top + row)) * width;
    for (let column = 0; column < side; column += 1, at += 1) {
      const x = Math.min(width - 1, Math.max(0, left + column));
      into[at] = ((values[line + x] ?? 0) - shift) / unit;
    }
  }
}

/**
 * @param rgba of the frame at {@link PICTURE_SIZE}, 4 bytes a pixel
 * @returns {@link FEATURES} numbers a block, blocks row by row: luma of the fine patch and of the coarse one less the block's own
 *   mean in units of 64 grey levels; the logs of the luma's variance in 5×5 blocks about it, ÷ 4 less 1; its mean red,
 *   green and blue less 128 in units of 64
 */
export function featuresOf(rgba: Uint8ClampedArray): Float32Array {
  const luma = lumaOf(rgba, PICTURE_SIZE);
  const lumaAt = (at: number): number => luma.values[at] ?? 0;
  const coarse = cellMeans(luma, CELL, lumaAt);
  const greys = cellMeans(luma, BLOCK, lumaAt).values;
  const texture = textureOf(luma, greys);
  const colours = [0, 1, 2].map(
    (channel) => cellMeans(luma, BLOCK, (pixel) => rgba[4 * pixel + channel] ?? 0).values,
  );
  const features = new Float32Array(greys.length * FEATURES);
  for (const [block, grey] of greys.entries()) {
    const column = block % BLOCKS.columns;
    const row = (block - column) / BLOCKS.columns;
    let start = block * FEATURES;
    const write = (plane: Plane, side: number, scale: { shift: number; unit: number }): void => {
      const blockSide = plane.size.width / BLOCKS.columns;
      const margin = (side - blockSide) / 2;
      const square = { left: column * blockSide - margin, top: row * blockSide - margin, side };
      writePatch(plane, square, scale, features.subarray(start, start + side * side));
      start += side * side;
    };
    write(luma, FINE, { shift: grey, unit: GREY_LEVELS });
    write(coarse, COARSE, { shift: grey, unit: GREY_LEVELS });
    write(texture, AROUND, { shift: USUAL_TEXTURE, unit: USUAL_TEXTURE });
    for (const colour of colours) {
      features[start] = ((colour[block] ?? 0) - MIDDLE_GREY) / GREY_LEVELS;
      start += 1;
    }
  }
  return features;
}
