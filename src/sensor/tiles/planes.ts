/**
 * Pictures as the encoder sees them, I420. What a decoder shows can be encoded again from these without a change, which over RGB it
 * cannot: rounding there and back moves nearly every pixel by a level, on which an encoder spends bytes.
 */
import type { Size } from '../../domain/size.ts';
import { gridShape, type TileGrid } from '../../domain/tiles.ts';

export interface Planes {
  /** Even sides. */
  readonly size: Size;
  /** Y, then U and V at half the width and height. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What Chromium makes of RGB before it encodes. */
const COLOUR_SPACE: VideoColorSpaceInit = {
  primaries: 'bt709',
  transfer: 'iec61966-2-1',
  matrix: 'bt709',
  fullRange: true,
};
/** BT.709 in full range, in 65,536ths, of red, green and blue: each row of the first sums to one, of the others to none. */
const LUMA = [13_933, 46_871, 4732] as const;
const BLUENESS = [-7509, -25_259, 32_768] as const;
const REDNESS = [32_768, -29_763, -3005] as const;
/** Smallest block of VP9 and AV1 by which edges between tiles are placed, pixels. */
const BLOCK_PIXELS = 8;

/** Where each plane begins, and its width. */
const layoutOf = ({ width, height }: Size): readonly [PlaneLayout, PlaneLayout, PlaneLayout] => {
  const luma = width * height;
  return [
    { offset: 0, stride: width },
    { offset: luma, stride: width / 2 },
    { offset: 1.25 * luma, stride: width / 2 },
  ];
};

/**
 * In whole numbers and a pixel a word, since every frame with tiles goes this way.
 * @param rgba at `size`, 4 bytes a pixel
 */
export function planesOf(rgba: Uint8ClampedArray, size: Size): Planes {
  const { width, height } = size;
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  const data = new Uint8ClampedArray(1.5 * width * height);
  const [, u, v] = layoutOf(size);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    data[at] =
      (LUMA[0] * (word & 255) + LUMA[1] * ((word >>> 8) & 255) + LUMA[2] * ((word >>> 16) & 255) + 32_768) >>
      16;
  }
  for (let y = 0, place = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, place += 1) {
      const at = y * width + x;
      const a = words[at] ?? 0;
      const b = words[at + 1] ?? 0;
      const c = words[at + width] ?? 0;
      const d = words[at + width + 1] ?? 0;
      // Red and blue of four pixels are added at once, 16 bits apart.
      const outer = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
      const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255);
      const red = outer & 0xffff;
      const blue = outer >>> 16;
      data[u.offset + place] =
        128 + ((BLUENESS[0] * red + BLUENESS[1] * green + BLUENESS[2] * blue + 131_072) >> 18);
      data[v.offset + place] =
        128 + ((REDNESS[0] * red + REDNESS[1] * green + REDNESS[2] * blue + 131_072) >> 18);
    }
  }
  return { size, data: new Uint8Array(data.buffer) };
}

/** One grey, that of no signal. */
export const greyOf = (size: Size): Planes => ({
  size,
  data: new Uint8Array(1.5 * size.width * size.height).fill(128),
});

/** The caller closes the frame. */
export const frameOfPlanes = ({ size, data }: Planes, timestampMicros: number): VideoFrame =>
  new VideoFrame(data, {
    format: 'I420',
    codedWidth: size.width,
    codedHeight: size.height,
    timestamp: timestampMicros,
    layout: [...layoutOf(size)],
    colorSpace: COLOUR_SPACE,
  });

/** @returns null where the decoder keeps its frames in another format */
export async function planesOfFrame(frame: VideoFrame): Promise<Planes | null> {
  if (frame.format !== 'I420' || !frame.visibleRect) return null;
  const { width, height } = frame.visibleRect;
  const size = { width, height };
  const data = new Uint8Array(1.5 * width * height);
  await frame.copyTo(data, { layout: [...layoutOf(size)] });
  return { size, data };
}

/**
 * Two pictures of one size as one, with hard edges along the encoder's blocks.
 * @param above shown where a tile is kept
 * @param below shown elsewhere
 */
export function planesByTile(below: Planes, above: Planes, kept: readonly boolean[], grid: TileGrid): Planes {
  const { size } = below;
  const { columns, rows } = gridShape(grid);
  const data = below.data.slice();
  const edge = (part: number, parts: number, length: number): number =>
    part === parts ? length : BLOCK_PIXELS * Math.round((part * length) / parts / BLOCK_PIXELS);
  kept.forEach((isKept, tile) => {
    if (!isKept) return;
    const [column, row] = [tile % columns, Math.floor(tile / columns)];
    const [left, right] = [edge(column, columns, size.width), edge(column + 1, columns, size.width)];
    const [top, bottom] = [edge(row, rows, size.height), edge(row + 1, rows, size.height)];
    layoutOf(size).forEach(({ offset, stride }, plane) => {
      const shrink = plane === 0 ? 1 : 2;
      for (let y = top / shrink; y < bottom / shrink; y += 1) {
        const line = offset + y * stride;
        const [from, to] = [line + left / shrink, line + right / shrink];
        data.set(above.data.subarray(from, to), from);
      }
    });
  });
  return { size, data };
}
