/**
 * What a tile's full quality is worth to the detector and what it costs.
 *
 * Its value is Σ over its pixels of G16·(error at low quality − error at full quality), the distortion form of AccGrad
 * (accGrad.ts) kept apart by tile. The authors' code does this for every macroblock with errors at quantizers 36 and 24; here
 * low quality is the coarser quantizer of a tile that is given up. An encoder does not say which tile took how many bytes, so
 * what is saved when all are given up is shared out by how much each tile's picture changes. Ours: so is the comparison
 * with the quantizer, from the same frame encoded one step away.
 */
import { gridShape, type TileGrid, type TileWorth } from '../domain/tiles.ts';
import { BLOCK_PIXELS, differenceAt, weightedError, type Gradient, type Rgba } from './accGrad.ts';
import type { Grid } from './pooling.ts';

/** One frame as a key frame, at the detector's input size. */
export interface EncodedPicture {
  readonly pixels: Rgba;
  readonly bytes: number;
}

export interface TilePictures {
  /** Every tile given up, and none. */
  readonly low: EncodedPicture;
  readonly full: EncodedPicture;
  /** No tile given up, the quantizer one step away. */
  readonly step: EncodedPicture;
  readonly original: Rgba;
}

/** Errors below this are none. */
const LEAST_ERROR = 1e-12;
/** Less is not left of the bytes of a tile that is given up, whatever one key frame says. */
const LEAST_SHARE = 0.1;

/** Of one frame alone, as a key frame. */
export type KeyFrameWorth = Omit<TileWorth, 'filtered'>;

/**
 * Of one frame alone, as a key frame.
 * @param weights G16 of the gradient (blockWeights)
 * @returns null where there is nothing to be found, and so no gradient to weigh tiles with
 */
export function tileWorth(
  gradient: Gradient,
  weights: Grid,
  { low, full, step, original }: TilePictures,
  grid: TileGrid,
): KeyFrameWorth | null {
  if (gradient.count === 0) return null;
  const { columns, rows } = gridShape(grid);
  const { width, height } = gradient.size;
  const atLow = differenceAt(low.pixels, original);
  const atFull = differenceAt(full.pixels, original);
  const between = differenceAt(low.pixels, full.pixels);
  const values = new Array<number>(columns * rows).fill(0);
  const changes = new Array<number>(columns * rows).fill(0);
  let change = 0;
  for (let y = 0, pixel = 0; y < height; y += 1) {
    const row = Math.floor((y * rows) / height) * columns;
    const blockRow = Math.floor(y / BLOCK_PIXELS) * weights.columns;
    for (let x = 0; x < width; x += 1, pixel += 1) {
      const tile = row + Math.floor((x * columns) / width);
      const weight = weights.values[blockRow + Math.floor(x / BLOCK_PIXELS)] ?? 0;
      values[tile] = (values[tile] ?? 0) + (weight * (atLow(pixel) - atFull(pixel))) / gradient.count;
      changes[tile] = (changes[tile] ?? 0) + between(pixel);
      change += between(pixel);
    }
  }
  const errorOf = ({ pixels }: EncodedPicture): number =>
    weightedError(gradient, weights, pixels, original) / gradient.count;
  const [fine, coarse] = full.bytes > step.bytes ? [full, step] : [step, full];
  return {
    values,
    bytes: full.bytes,
    savedBytes: changes.map((part) => ((full.bytes - low.bytes) * part) / Math.max(1, change)),
    bytesPerError: (fine.bytes - coarse.bytes) / Math.max(LEAST_ERROR, errorOf(coarse) - errorOf(fine)),
  };
}

/** What an interval was sent as, tile by tile from the top left. */
export interface SentTiles {
  /** Key frames in it, on average over a key frame's period. */
  readonly keyFrames: number;
  /** Of its delta frames together. */
  readonly deltaBytes: number;
  /** Which tiles had full quality in it. */
  readonly kept: readonly boolean[];
  /** How much each tile's picture changed from capture to capture, in any unit. */
  readonly motion: readonly number[];
  /** Domain/tiles.ts has what it means. */
  readonly filtered: boolean;
}

/**
 * From a key frame's bytes to the interval's, most of which are in delta frames: those go where something moves. Giving a moving
 * tile up is taken to save the same share of its bytes in them as of a key frame's in the mean over all tiles, and a coarser quantizer the same share too.
 */
export function overInterval(
  worth: KeyFrameWorth,
  { keyFrames, deltaBytes, kept, motion, filtered }: SentTiles,
): TileWorth {
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const lowShare = 1 - sum(worth.savedBytes) / Math.max(1, worth.bytes);
  const moved = sum(motion);
  const partOf = (tile: number): number =>
    moved > 0 ? (motion[tile] ?? 0) / moved : 1 / worth.values.length;
  const sentShare = sum(kept.map((isKept, tile) => partOf(tile) * (isKept ? 1 : lowShare)));
  const fullDeltaBytes = deltaBytes / Math.max(LEAST_SHARE, sentShare);
  const bytes = keyFrames * worth.bytes + fullDeltaBytes;
  return {
    ...worth,
    filtered,
    bytes,
    savedBytes: worth.savedBytes.map(
      (saved, tile) => keyFrames * saved + (1 - lowShare) * partOf(tile) * fullDeltaBytes,
    ),
    bytesPerError: (worth.bytesPerError * bytes) / Math.max(1, worth.bytes),
  };
}
