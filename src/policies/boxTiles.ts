/** Which tiles of a frame boxes lie on. */
import type { Box } from '../domain/detection.ts';
import { gridShape, type TileGrid } from '../domain/tiles.ts';

/** The nearest that the lab has to the macroblocks of the published schemes. */
export const FINEST_GRID: TileGrid = '16x9';

/**
 * Columns and rows that a stretch of the frame touches, as [first, last]; it may reach over the frame's edge.
 * @param count of tiles along this side
 */
function touched(from: number, length: number, count: number): [first: number, last: number] {
  const clamp = (tile: number): number => Math.min(count - 1, Math.max(0, tile));
  // A box that ends on a tile's edge does not touch the next tile.
  return [clamp(Math.floor(from * count)), clamp(Math.ceil((from + length) * count) - 1)];
}

/**
 * @param boxes in fractions of the frame
 * @param margin tiles by which a box reaches further on every side
 * @returns one a tile, row by row from the top left
 */
export function tilesUnder<B extends Box>(
  grid: TileGrid,
  boxes: readonly B[],
  margin: (box: B) => number,
): boolean[] {
  const { columns, rows } = gridShape(grid);
  const tiles = new Array<boolean>(columns * rows).fill(false);
  for (const box of boxes) {
    const more = margin(box);
    const [left, right] = touched(box.x, box.width, columns);
    const [top, bottom] = touched(box.y, box.height, rows);
    for (let row = Math.max(0, top - more); row <= Math.min(rows - 1, bottom + more); row += 1) {
      for (
        let column = Math.max(0, left - more);
        column <= Math.min(columns - 1, right + more);
        column += 1
      ) {
        tiles[row * columns + column] = true;
      }
    }
  }
  return tiles;
}
