/** Sums over the cells of a coarse grid: what heat maps and the 16×16 distortion are made of. */
import type { Size } from '../domain/size.ts';

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/**
 * Mean of a per-pixel value over cells of `cell` × `cell` pixels; cells at the right and lower edge may be smaller.
 * @param valueAt value of the pixel with this index (row by row)
 */
export function poolMean(size: Size, cell: number, valueAt: (pixel: number) => number): Grid {
  const columns = Math.ceil(size.width / cell);
  const rows = Math.ceil(size.height / cell);
  const values = new Float32Array(columns * rows);
  for (let y = 0, pixel = 0; y < size.height; y += 1) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0; x < size.width; x += 1, pixel += 1) {
      const at = row + Math.floor(x / cell);
      values[at] = (values[at] ?? 0) + valueAt(pixel);
    }
  }
  for (let row = 0, at = 0; row < rows; row += 1) {
    const height = Math.min(cell, size.height - row * cell);
    for (let column = 0; column < columns; column += 1, at += 1) {
      const width = Math.min(cell, size.width - column * cell);
      values[at] = (values[at] ?? 0) / (width * height);
    }
  }
  return { columns, rows, values };
}
