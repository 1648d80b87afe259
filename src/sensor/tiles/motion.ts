/** Where a picture moves, tile by tile: that is where delta frames spend their bytes. */
import { gridShape, type TileGrid } from '../../domain/tiles.ts';
import type { Luma } from '../frameFilter/luma.ts';

/**
 * @param captures of an interval, in order
 * @returns a tile the sum of grey levels by which its pixels change from one to the next, row by row
 */
export function tileMotion(captures: readonly Luma[], grid: TileGrid): number[] {
  const { columns, rows } = gridShape(grid);
  const motion = new Array<number>(columns * rows).fill(0);
  for (const [i, now] of captures.slice(1).entries()) {
    const { width, height } = now.size;
    const before = captures[i]?.values;
    for (let y = 0, pixel = 0; y < height; y += 1) {
      const row = Math.floor((y * rows) / height) * columns;
      for (let x = 0; x < width; x += 1, pixel += 1) {
        const tile = row + Math.floor((x * columns) / width);
        motion[tile] = (motion[tile] ?? 0) + Math.abs((now.values[pixel] ?? 0) - (before?.[pixel] ?? 0));
      }
    }
  }
  return motion;
}
