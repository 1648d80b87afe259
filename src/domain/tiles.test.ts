import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesWith,
  chooseTiles,
  cyclePin,
  forgotten,
  gridShape,
  losesDetail,
  lowQuantizer,
  NO_PINS,
  predictedSaving,
  stateOfTile,
  TILE_GRIDS,
  type TilePlan,
  type TileWorth,
} from './tiles.ts';

/** Where the worth was learnt as it is to be used. */
const chosen = (plan: TilePlan, share: number): boolean[] => chooseTiles(plan, share, false);

const countOf = (grid: TilePlan['grid']): number => gridShape(grid).columns * gridShape(grid).rows;

/** Giving any tile up pays: the quantizer saves nothing. */
const paying = (values: readonly number[]): TileWorth => ({
  values,
  bytes: values.length,
  savedBytes: values.map(() => 1),
  bytesPerError: 0,
  filtered: false,
});

/** A second like the one before. */
const lasting = (worth: TileWorth): TilePlan => ({ grid: '4x4', worth, before: worth, pins: NO_PINS });

const plans = fc.constantFrom(...TILE_GRIDS).chain((grid) =>
  fc
    .record({
      values: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
        minLength: countOf(grid),
        maxLength: countOf(grid),
      }),
      pinned: fc.uniqueArray(fc.nat(countOf(grid) - 1), { maxLength: 10 }),
      cut: fc.nat(10),
      share: fc.double({ min: 0, max: 0.9, noNaN: true }),
    })
    .map(({ values, pinned, cut, share }) => {
      // Of so few bytes that any tile is worth giving up.
      const worth = { ...paying(values), bytes: 1 };
      const pins = { full: pinned.slice(0, cut), low: pinned.slice(cut) };
      return { plan: { grid, worth, before: worth, pins }, values, share };
    }),
);

const tilesWhere = (kept: readonly boolean[], wanted: boolean): number[] =>
  [...kept.keys()].filter((tile) => kept[tile] === wanted);

describe('chosen tiles', () => {
  it('are the share that is worth most, and pins are respected', () => {
    fc.assert(
      fc.property(plans, ({ plan, values, share }) => {
        const kept = chosen(plan, share);
        expect(kept).toHaveLength(values.length);
        const { full, low } = plan.pins;
        for (const tile of full) expect(kept[tile]).toBe(true);
        for (const tile of low) expect(kept[tile]).toBe(false);
        const isFree = (tile: number): boolean => !full.includes(tile) && !low.includes(tile);
        const worst = Math.min(
          ...tilesWhere(kept, true)
            .filter(isFree)
            .map((tile) => values[tile] ?? 0),
        );
        for (const tile of tilesWhere(kept, false).filter(isFree)) {
          expect(values[tile]).toBeLessThanOrEqual(worst);
        }
        const wanted = Math.round(share * values.length);
        const most = Math.max(wanted, full.length);
        expect(tilesWhere(kept, true)).toHaveLength(Math.min(most, values.length - low.length));
      }),
    );
  });

  it('are all while nothing is known, and at a share of 1, but for those pinned low', () => {
    const pins = { full: [], low: [3] };
    const worth = paying(new Array<number>(16).fill(0));
    for (const plan of [
      { grid: '4x4', worth: null, before: null, pins },
      { grid: '4x4', worth, before: worth, pins },
    ] as const) {
      expect(tilesWhere(chosen(plan, 1), false)).toEqual([3]);
    }
    const nothing = { grid: '4x4', worth: null, before: null, pins: NO_PINS } as const;
    expect(chosen(nothing, 0.2).every(Boolean)).toBe(true);
  });

  it('are also those that save no more for their error than the quantizer would', () => {
    const values = Array.from({ length: 16 }, (_, tile) => tile);
    // One tile alone is worth giving up.
    const savedBytes = values.map((value) => (value === 0 ? 400 : 100));
    const keptAt = (bytesPerError: number): number[] =>
      tilesWhere(
        chosen(lasting({ values, bytes: 1900, savedBytes, bytesPerError, filtered: false }), 0.35),
        true,
      );
    expect(keptAt(0)).toEqual(values.slice(10));
    expect(keptAt(1e9)).toEqual(values.slice(1));
    const some = keptAt(20);
    expect(some.length).toBeGreaterThan(6);
    expect(some.length).toBeLessThan(15);
    expect(some).toEqual(values.slice(16 - some.length));
  });

  it('have to save the more the more tiles stay, and nothing at the least share', () => {
    const values = Array.from({ length: 16 }, (_, tile) => tile);
    const worth = {
      values,
      bytes: 1600,
      savedBytes: values.map(() => 100),
      bytesPerError: 30,
      filtered: false,
    };
    const at = (share: number): number => tilesWhere(chosen(lasting(worth), share), true).length;
    expect(at(0.1)).toBe(2);
    const counts = [0.1, 0.35, 0.5, 0.75, 1].map(at);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(at(0.75)).toBeGreaterThan(12);
  });

  it('include a tile without value where giving it up saves nothing', () => {
    const worth = {
      values: new Array<number>(16).fill(0),
      bytes: 1600,
      savedBytes: new Array<number>(16).fill(0),
      bytesPerError: 1,
      filtered: false,
    };
    expect(chosen(lasting(worth), 0).every(Boolean)).toBe(true);
  });
});

/** What every tile saves is known; what it is worth changes from second to second. */
const worths = fc.record({
  values: fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 16, maxLength: 16 }),
  savedBytes: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 16, maxLength: 16 }),
  bytesPerError: fc.double({ min: 0, max: 100, noNaN: true }),
  bytes: fc.constant(3200),
  filtered: fc.constant(false),
});
const shares = fc.constantFrom(0.35, 0.5, 1);

describe('tiles are given up only where that is seen to last', () => {
  it('so that by what is known now this choice saves 12 % of the bytes, and the one of a second before 6 %', () => {
    fc.assert(
      fc.property(worths, worths, shares, (worth, before, share) => {
        const kept = chosen({ grid: '4x4', worth, before, pins: NO_PINS }, share);
        if (kept.every(Boolean)) return;
        const earlier = chosen(lasting(before), share);
        expect(predictedSaving(worth, kept)).toBeGreaterThanOrEqual(0.12);
        // It may have been held back then, which says nothing of its tiles.
        if (!earlier.every(Boolean)) expect(predictedSaving(worth, earlier)).toBeGreaterThanOrEqual(0.06);
      }),
    );
  });

  it('and then they are those of the last second alone, whatever the one before had chosen', () => {
    fc.assert(
      fc.property(worths, worths, shares, (worth, before, share) => {
        const kept = chosen({ grid: '4x4', worth, before, pins: NO_PINS }, share);
        if (!kept.every(Boolean)) expect(kept).toEqual(chosen(lasting(worth), share));
      }),
    );
  });

  it('not where what was worth little a second ago is worth much now', () => {
    const at = (...worthy: number[]): TileWorth => ({
      values: Array.from({ length: 16 }, (_, tile) => (worthy.includes(tile) ? 10 : 0)),
      bytes: 3200,
      savedBytes: new Array<number>(16).fill(100),
      bytesPerError: 50,
      filtered: false,
    });
    const keptAfter = (before: TileWorth | null, share = 0.35): number[] =>
      tilesWhere(chosen({ grid: '4x4', worth: at(0, 1, 4, 5), before, pins: NO_PINS }, share), true);
    expect(keptAfter(at(0, 1, 4, 5))).toHaveLength(6);
    expect(keptAfter(at(0, 1, 4))).toHaveLength(6);
    expect(keptAfter(at(10, 11, 14, 15))).toHaveLength(16);
    expect(keptAfter(null)).toHaveLength(16);
    // The least share is taken as it is asked for.
    expect(keptAfter(null, 0.1)).toHaveLength(2);
    expect(keptAfter(at(10, 11, 14, 15), 0.1)).toHaveLength(2);
  });

  it('not where less than 6 % would still be saved by what a second earlier was to be given up', () => {
    // Tiles 6 to 15 are worthless now, and tiles 0 to 9 were a second earlier.
    const values = (from: number): number[] =>
      Array.from({ length: 16 }, (_, tile) => (tile >= from && tile < from + 10 ? 0 : 1));
    const keptOf = (bytesPerError: number): boolean[] => {
      const savedBytes = new Array<number>(16).fill(100);
      const worthOf = (from: number): TileWorth => ({
        values: values(from),
        bytes: 5000,
        savedBytes,
        bytesPerError,
        filtered: false,
      });
      return chosen({ grid: '4x4', worth: worthOf(6), before: worthOf(0), pins: NO_PINS }, 0.35);
    };
    // By now it saves 4·100 + 6·(100 − bytesPerError) of 5000 bytes: 6 % at 116.7.
    expect(tilesWhere(keptOf(110), false)).toHaveLength(10);
    expect(tilesWhere(keptOf(120), false)).toHaveLength(0);
  });

  it('not where less than 12 % of the bytes are promised', () => {
    const keptOf = (bytes: number): boolean[] => {
      const worth = {
        values: new Array<number>(16).fill(0),
        bytes,
        savedBytes: new Array<number>(16).fill(100),
        bytesPerError: 1,
        filtered: false,
      };
      return chosen(lasting(worth), 0.35);
    };
    // Ten of sixteen tiles are given up, 1000 bytes.
    expect(tilesWhere(keptOf(8300), false)).toHaveLength(10);
    expect(tilesWhere(keptOf(8400), false)).toHaveLength(0);
  });

  it('not by what was learnt where low quality was made in the other way, or before a cut', () => {
    const worth = paying(new Array<number>(16).fill(0));
    const low = (plan: TilePlan, share: number, filtered: boolean): number =>
      tilesWhere(chooseTiles(plan, share, filtered), false).length;
    expect([low(lasting(worth), 0.35, false), low(lasting(worth), 0.35, true)]).toEqual([10, 0]);
    expect(low(lasting({ ...worth, filtered: true }), 0.35, true)).toBe(10);
    expect(low(lasting(worth), 0.1, true)).toBe(0);
    const pins = { full: [], low: [5] };
    expect(low(forgotten({ ...lasting(worth), pins }), 0.1, false)).toBe(1);
  });

  it('not for a few bytes, but for tiles that a person gives up', () => {
    const worth = { ...paying(new Array<number>(16).fill(0)), bytes: 16_000 };
    const kept = (pins: TilePlan['pins']): number[] =>
      tilesWhere(chosen({ ...lasting(worth), pins }, 0.5), false);
    expect(kept(NO_PINS)).toEqual([]);
    expect(kept({ full: [], low: [7] })).toEqual([7]);
  });
});

it('predicts the bytes, and the saving beyond the quantizer’s, of given-up tiles alone', () => {
  const worth = {
    values: [1, -5, 2, 9],
    bytes: 1000,
    savedBytes: [50, 20, 30, 80],
    bytesPerError: 10,
    filtered: false,
  };
  expect(predictedSaving(worth, [false, false, true, true])).toBeCloseTo((40 + 20) / 1000);
  expect(predictedSaving(worth, [true, true, true, false])).toBeCloseTo(-10 / 1000);
  expect(predictedSaving(worth, [true, true, true, true])).toBe(0);
  expect(bytesWith(worth, [false, false, true, true])).toBe(1000 - 50 - 20);
  expect(bytesWith(worth, [true, true, true, true])).toBe(1000);
});

it('a tile’s pin goes from its value to full, to low and back', () => {
  fc.assert(
    fc.property(fc.nat(143), fc.uniqueArray(fc.nat(143)), (tile, others) => {
      const start = { full: others.filter((other) => other !== tile), low: [] };
      const full = cyclePin(start, tile);
      const low = cyclePin(full, tile);
      expect(stateOfTile(full, tile)).toBe('full');
      expect(stateOfTile(low, tile)).toBe('low');
      expect(cyclePin(low, tile)).toEqual({ ...start, full: [...start.full].sort((a, b) => a - b) });
    }),
  );
});

it('a given-up tile has a quantizer coarser by three rungs, and less detail where that would be too coarse', () => {
  expect([48, 96, 240].map((quantizer) => lowQuantizer(quantizer, 255))).toEqual([96, 144, 255]);
  expect(lowQuantizer(12, 63)).toBe(24);
  const filtered = (largest: number, ...quantizers: number[]): boolean[] =>
    quantizers.map((quantizer) => losesDetail(quantizer, largest));
  expect(filtered(255, 32, 144, 160, 240)).toEqual([false, false, true, true]);
  expect(filtered(63, 35, 36)).toEqual([false, true]);
});
