/** Which pixels keep full quality, as an image whose opacity says how much. */
import type { GridShape } from '../../domain/tiles.ts';

/** Cells of the mask along a tile's side. */
const CELLS_PER_TILE = 4;

/**
 * Opacity of the mask's cells, 0 … 255, row by row: {@link CELLS_PER_TILE} cells along a tile. Kept tiles are opaque to their
 * edge and one cell beyond it; enlarged with smoothing, what follows is a soft edge, since a hard one would cost bytes.
 */
export function maskCells(kept: readonly boolean[], { columns, rows }: GridShape): Uint8ClampedArray {
  const [width, height] = [columns * CELLS_PER_TILE, rows * CELLS_PER_TILE];
  const cells = new Uint8ClampedArray(width * height);
  kept.forEach((isKept, tile) => {
    if (!isKept) return;
    const [left, top] = [(tile % columns) * CELLS_PER_TILE, Math.floor(tile / columns) * CELLS_PER_TILE];
    for (let y = Math.max(0, top - 1); y < Math.min(height, top + CELLS_PER_TILE + 1); y += 1) {
      const right = Math.min(width, left + CELLS_PER_TILE + 1);
      cells.fill(255, y * width + Math.max(0, left - 1), y * width + right);
    }
  });
  return cells;
}

/** The same as an image to be drawn over the whole frame. */
export function maskImage(kept: readonly boolean[], shape: GridShape): OffscreenCanvas {
  const canvas = new OffscreenCanvas(shape.columns * CELLS_PER_TILE, shape.rows * CELLS_PER_TILE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gave no 2-D canvas to filter tiles with. Reload the page.');
  const image = context.createImageData(canvas.width, canvas.height);
  maskCells(kept, shape).forEach((opacity, cell) => (image.data[4 * cell + 3] = opacity));
  context.putImageData(image, 0, 0);
  return canvas;
}
