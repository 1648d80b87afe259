/**
 * Given-up tiles by a filter before the encoder: scaled down and up again, so that they hold little that costs bytes, or black. At coarse
 * quantizers this shows a detector more for the bytes than a still coarser one; at fine ones two passes of the encoder do better (twoPasses.ts,
 * docs/tiles.md). AccMPEG's net learnt from it, and DDS sends its second round by it.
 */
import type { Size } from '../../domain/size.ts';
import { gridShape, type TileGrid } from '../../domain/tiles.ts';
import { createCopy } from '../pixels.ts';
import { maskImage } from './mask.ts';

export interface TileFilter {
  /**
   * @param frame as captured, of any size
   * @param kept the tiles that keep full quality, row by row
   * @param behind what given-up tiles show; the frame with little detail where left out
   * @returns the frame at the filter's size; its pixels are overwritten by the next call
   */
  apply(
    frame: CanvasImageSource,
    kept: readonly boolean[],
    grid: TileGrid,
    behind?: CanvasImageSource,
  ): OffscreenCanvas;
}

/** Factor by which given-up tiles are scaled down. */
export const SHRINK = 4;

/**
 * @param size of the encoded frame
 * @param shrink factor by which given-up tiles are scaled down
 */
export function createTileFilter(size: Size, shrink = SHRINK): TileFilter {
  const { width, height } = size;
  const small = canvasOf({ width: Math.ceil(width / shrink), height: Math.ceil(height / shrink) });
  small.globalCompositeOperation = 'copy';
  const sharp = canvasOf(size);
  const output = canvasOf(size);
  const unscaled = createCopy();
  return {
    apply(frame, kept, grid, behind) {
      const image = unscaled(frame);
      if (!behind) small.drawImage(image, 0, 0, small.canvas.width, small.canvas.height);
      output.globalCompositeOperation = 'copy';
      output.drawImage(behind ?? small.canvas, 0, 0, width, height);
      output.globalCompositeOperation = 'source-over';
      sharp.globalCompositeOperation = 'copy';
      sharp.drawImage(image, 0, 0, width, height);
      sharp.globalCompositeOperation = 'destination-in';
      sharp.drawImage(maskImage(kept, gridShape(grid)), 0, 0, width, height);
      output.drawImage(sharp.canvas, 0, 0);
      return output.canvas;
    },
  };
}

function canvasOf({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  // Kept in main memory: the same on every machine.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gave no 2-D canvas to filter tiles with. Reload the page.');
  context.imageSmoothingQuality = 'medium';
  return context;
}
