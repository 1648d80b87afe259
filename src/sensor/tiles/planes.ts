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
/** BT.709's luma of red, green and blue. */
const [RED, GREEN, BLUE] = [0.2126, 0.7152, 0.0722] as const;
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

/** @param rgba at `size`, 4 bytes a pixel */
export function planesOf(rgba: Uint8ClampedArray, size: Size): Planes {
  const { width, height } = size;
  const data = new Uint8ClampedArray(1.5 * width * height);
  const [, u, v] = layoutOf(size);
  for (let pixel = 0, at = 0; at < rgba.length; pixel += 1, at += 4)
    data[pixel] = RED * (rgba[at] ?? 0) + GREEN * (rgba[at + 1] ?? 0) + BLUE * (rgba[at + 2] ?? 0);
  for (let y = 0, place = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, place += 1) {
      const at = 4 * (y * width + x);
      const below = at + 4 * width;
      const mean = (channel: number): number =>
        ((rgba[at + channel] ?? 0) +
          (rgba[at + 4 + channel] ?? 0) +
          (rgba[below + channel] ?? 0) +
          (rgba[below + 4 + channel] ?? 0)) /
        4;
      const [red, blue] = [mean(0), mean(2)];
      const luma = RED * red + GREEN * mean(1) + BLUE * blue;
      data[u.offset + place] = 128 + (blue - luma) / (2 * (1 - BLUE));
      data[v.offset + place] = 128 + (red - luma) / (2 * (1 - RED));
    }
  }
  return { size, data: new Uint8Array(data.buffer) };
}

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
