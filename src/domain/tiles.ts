/**
 * Per-tile quality: the frame is a grid of tiles, of which some keep full quality and the others little of it.
 *
 * Which ones is a closed form (OneAdapt, SoCC 2023, section 4.3; the authors' code takes the top share of macroblocks): what a
 * tile's full quality is worth is the sum over it of the gradient's weight times the error that full quality removes, and the
 * tiles that are worth most keep it. Ours in addition: a tile is given up only where that pays, which is where it saves
 * enough bytes for its weighted error beside a coarser quantizer of the whole frame. The smaller the share that is asked
 * for, the less a tile has to save. And what is known of tiles is a second old, so none is given up unless much is promised and that
 * is seen to last: what would have been given up a second earlier must still save enough by what is known now ({@link predictedSaving}).
 */

/** Columns × rows. */
export const TILE_GRIDS = ['4x4', '8x5', '12x7', '16x9'] as const;
export type TileGrid = (typeof TILE_GRIDS)[number];

export const DEFAULT_TILE_GRID: TileGrid = '8x5';

/** Up to this share tiles are given up whether that pays or not, as the authors do. */
const UNCONDITIONAL_SHARE = 0.1;
/** How many times better than the quantizer a tile has to save at half the tiles; from nothing at the share above on it rises in a straight line. */
const ADVANTAGE_AT_HALF = 4 / 3;

/**
 * Shares of an interval's bytes below which a predicted saving, over that of a coarser quantizer, is not worth what the prediction may err (docs/tiles.md): of a choice on the second
 * that it was made for, which promises too much since it was made to look best there, and of an older choice, which is not.
 */
const LEAST_PROMISE = 0.12;
const LEAST_SAVING = 0.06;

/** By how much coarser the quantizer of a given-up tile is, of the largest: three rungs. */
const COARSER = 48 / 255;
/** Quantizers above this, of the largest, are so coarse that three rungs more leave a detector next to nothing to see (docs/tiles.md). */
const COARSEST = 144 / 255;

/**
 * How given-up tiles come to less quality where the others have this quantizer: they have a coarser one, in a pass of their own, or lose detail
 * before the encoder, which then has one pass for all.
 * @param largest that the encoder knows
 */
export const losesDetail = (quantizer: number, largest: number): boolean =>
  quantizer / largest > COARSEST + 1e-9;

/** @param largest that the encoder knows */
export const lowQuantizer = (quantizer: number, largest: number): number =>
  Math.min(largest, quantizer + Math.round(COARSER * largest));

const advantageAt = (share: number): number =>
  (ADVANTAGE_AT_HALF * Math.max(0, share - UNCONDITIONAL_SHARE)) / (0.5 - UNCONDITIONAL_SHARE);

export interface GridShape {
  readonly columns: number;
  readonly rows: number;
}

export function gridShape(grid: TileGrid): GridShape {
  const [columns = 1, rows = 1] = grid.split('x').map(Number);
  return { columns, rows };
}

/** Tiles, counted row by row from the top left, that a person has taken from the closed form. */
export interface TilePins {
  /** Always at full quality. */
  readonly full: readonly number[];
  /** Always at low quality. */
  readonly low: readonly number[];
}

export const NO_PINS: TilePins = { full: [], low: [] };

/** What an interval showed about its tiles, row by row from the top left. */
export interface TileWorth {
  /** Weighted error that full quality removes from the tile, per candidate detection. */
  readonly values: readonly number[];
  /** Of the interval with all tiles at full quality, estimated. */
  readonly bytes: number;
  /** Of these what giving the tile up saves. */
  readonly savedBytes: readonly number[];
  /** What the quantizer pays: bytes saved for one unit of weighted error. */
  readonly bytesPerError: number;
  /** Was low quality that of {@link losesDetail}? Of the other one it tells nothing. */
  readonly filtered: boolean;
}

/** What decides about an interval's tiles. */
export interface TilePlan {
  readonly grid: TileGrid;
  /** As the last second showed it; null while nothing is known: all tiles keep full quality. */
  readonly worth: TileWorth | null;
  /** As the second before showed it, against which one sees whether worth lasts; null where it is not known. */
  readonly before: TileWorth | null;
  readonly pins: TilePins;
}

/** After a cut nothing is known: what was learnt is of another picture. */
export const forgotten = (plan: TilePlan): TilePlan => ({ ...plan, worth: null, before: null });

export const allTiles = (grid: TileGrid): boolean[] => {
  const { columns, rows } = gridShape(grid);
  return new Array<boolean>(columns * rows).fill(true);
};

/**
 * The tiles that keep full quality by one second's worth alone, as {@link chooseTiles} but that no saving is asked for. Pinned
 * tiles count toward the share and are all among them.
 */
export function closedForm(
  worth: TileWorth,
  { grid, pins }: Pick<TilePlan, 'grid' | 'pins'>,
  share: number,
): boolean[] {
  const kept = allTiles(grid);
  const count = kept.length;
  const value = (tile: number): number => worth.values[tile] ?? 0;
  const pays = (tile: number): boolean =>
    (worth.savedBytes[tile] ?? 0) > advantageAt(share) * worth.bytesPerError * Math.max(0, value(tile));
  const isFree = (tile: number): boolean => !pins.full.includes(tile) && !pins.low.includes(tile);
  const free = [...kept.keys()].filter(isFree).sort((a, b) => value(b) - value(a) || a - b);
  const wanted = share >= 1 ? count : Math.max(0, Math.round(share * count) - pins.full.length);
  free.forEach((tile, rank) => (kept[tile] = rank < wanted || !pays(tile)));
  return kept;
}

/**
 * What giving tiles up saves beyond what a coarser quantizer would for the same weighted error.
 * @returns share of the interval's bytes; below 0: the quantizer saves more
 */
export function predictedSaving(
  { values, savedBytes, bytesPerError, bytes }: TileWorth,
  kept: readonly boolean[],
): number {
  const saved = kept.reduce((sum, isKept, tile) => {
    const gain = (savedBytes[tile] ?? 0) - bytesPerError * Math.max(0, values[tile] ?? 0);
    return isKept ? sum : sum + gain;
  }, 0);
  return saved / Math.max(1, bytes);
}

/** What the interval would have taken with these tiles at full quality. */
export const bytesWith = ({ savedBytes, bytes }: TileWorth, kept: readonly boolean[]): number =>
  kept.reduce((left, isKept, tile) => left - (isKept ? 0 : (savedBytes[tile] ?? 0)), bytes);

/**
 * The tiles that keep full quality: the share of them that is worth most, and those that it would not pay to give up. A tile
 * pays where it saves, for the same weighted error, so many times the bytes that the quantizer saves: 0 up to a share of 0.1, a
 * third at 0.2, 4/3 at 0.5.
 *
 * Above a share of 0.1 all tiles are kept unless, by the last second's worth, what is to be given up saves 12 % of the interval's bytes more
 * than a coarser quantizer would for the same error, and what the second before would have given up 6 %: that was chosen as blindly toward the last second as today's choice is toward
 * the next one. Where the camera moves, or little is to be saved, it does not.
 *
 * Pinned tiles count toward the share, but are kept or given up in any case; of equals the first is kept.
 * @param share of the tiles, 0 … 1; 1 keeps all that are not pinned low
 * @param filtered would given-up tiles lose detail ({@link losesDetail})?
 * @returns one a tile, row by row
 */
export function chooseTiles(plan: TilePlan, share: number, filtered: boolean): boolean[] {
  const { grid, before, pins } = plan;
  const worth = plan.worth?.filtered === filtered ? plan.worth : null;
  const chosen = worth && closedForm(worth, plan, share);
  const saves = (kept: readonly boolean[], least: number): boolean =>
    worth !== null && predictedSaving(worth, kept) >= least;
  const lasts = (): boolean => before !== null && saves(closedForm(before, plan, share), LEAST_SAVING);
  const holds = share <= UNCONDITIONAL_SHARE || (chosen !== null && saves(chosen, LEAST_PROMISE) && lasts());
  const kept = chosen && holds ? chosen : allTiles(grid);
  for (const tile of pins.low) if (tile < kept.length) kept[tile] = false;
  return kept;
}

const TILE_STATES = ['auto', 'full', 'low'] as const;
export type TileState = (typeof TILE_STATES)[number];

export const stateOfTile = ({ full, low }: TilePins, tile: number): TileState =>
  full.includes(tile) ? 'full' : low.includes(tile) ? 'low' : 'auto';

/** The pins with one tile moved on: auto → full → low → auto. */
export function cyclePin(pins: TilePins, tile: number): TilePins {
  const next = TILE_STATES[(TILE_STATES.indexOf(stateOfTile(pins, tile)) + 1) % TILE_STATES.length];
  const without = (list: readonly number[]): number[] => list.filter((other) => other !== tile);
  const withTile = (list: readonly number[]): number[] => [...without(list), tile].sort((a, b) => a - b);
  return {
    full: next === 'full' ? withTile(pins.full) : without(pins.full),
    low: next === 'low' ? withTile(pins.low) : without(pins.low),
  };
}
