/** Two layers of a frame as one picture. */
import type { Size } from '../../domain/size.ts';
import { gridShape, type TileGrid } from '../../domain/tiles.ts';

/**
 * @param above shown where a tile is kept, with hard edges
 * @param below shown elsewhere
 * @param size of the picture
 */
export function composed(
  below: CanvasImageSource,
  above: CanvasImageSource,
  kept: readonly boolean[],
  grid: TileGrid,
  size: Size,
): OffscreenCanvas {
  const top = layerOf(size);
  top.drawImage(above, 0, 0, size.width, size.height);
  top.globalCompositeOperation = 'destination-in';
  top.imageSmoothingEnabled = false;
  top.drawImage(exactMask(kept, grid), 0, 0, size.width, size.height);
  const output = layerOf(size);
  output.drawImage(below, 0, 0, size.width, size.height);
  output.drawImage(top.canvas, 0, 0);
  return output.canvas;
}

function layerOf({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gave no 2-D canvas. Reload the page.');
  context.imageSmoothingQuality = 'medium';
  return context;
}

/** One opaque pixel for each kept tile. */
function exactMask(kept: readonly boolean[], grid: TileGrid): OffscreenCanvas {
  const { columns, rows } = gridShape(grid);
  const canvas = new OffscreenCanvas(columns, rows);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gave no 2-D canvas. Reload the page.');
  kept.forEach((isKept, tile) => {
    if (isKept) context.fillRect(tile % columns, Math.floor(tile / columns), 1, 1);
  });
  return canvas;
}
