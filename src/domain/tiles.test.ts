import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseTiles,
  cyclePin,
  gridShape,
  NO_PINS,
  stateOfTile,
  TILE_GRIDS,
  type TilePlan,
  type TileWorth,
} from './tiles.ts';

const countOf = (grid: TilePlan['grid']): number => gridShape(grid).columns * gridShape(grid).rows;

/** Giving any tile up pays: the quantizer saves nothing. */
const paying = (values: readonly number[]): TileWorth => ({
  values,
  savedBytes: values.map(() => 1),
  bytesPerError: 0,
});

const plans = fc.constantFrom(...TILE_GRIDS).chain((grid) =>
  fc
    .record({
      values: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
        minLength: countOf(grid),
        maxLength: countOf(grid),
      }),
      pinned: fc.uniqueArray(fc.nat(countOf(grid) - 1), { maxLength: 10 }),
      cut: fc.nat(10),
      share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    })
    .map(({ values, pinned, cut, share }) => ({
      plan: { grid, worth: paying(values), pins: { full: pinned.slice(0, cut), low: pinned.slice(cut) } },
      values,
      share,
    })),
);

const tilesWhere = (kept: readonly boolean[], wanted: boolean): number[] =>
  [...kept.keys()].filter((tile) => kept[tile] === wanted);

describe('chosen tiles', () => {
  it('are the share that is worth most, and pins are respected', () => {
    fc.assert(
      fc.property(plans, ({ plan, values, share }) => {
        const kept = chooseTiles(plan, share);
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
      { grid: '4x4', worth: null, pins },
      { grid: '4x4', worth, pins },
    ] as const) {
      expect(tilesWhere(chooseTiles(plan, 1), false)).toEqual([3]);
    }
    expect(chooseTiles({ grid: '4x4', worth: null, pins: NO_PINS }, 0.2).every(Boolean)).toBe(true);
  });

  it('are also those that save no more for their error than the quantizer would', () => {
    const values = Array.from({ length: 16 }, (_, tile) => tile);
    const savedBytes = values.map(() => 100);
    const keptAt = (bytesPerError: number): number[] =>
      tilesWhere(
        chooseTiles({ grid: '4x4', worth: { values, savedBytes, bytesPerError }, pins: NO_PINS }, 0.25),
        true,
      );
    expect(keptAt(0)).toEqual([12, 13, 14, 15]);
    expect(keptAt(1e9)).toEqual(values.slice(1));
    const some = keptAt(60);
    expect(some.length).toBeGreaterThan(4);
    expect(some.length).toBeLessThan(15);
    expect(some).toEqual(values.slice(16 - some.length));
  });

  it('have to save the more the more tiles stay, and nothing at the least share', () => {
    const values = Array.from({ length: 16 }, (_, tile) => tile);
    const worth = { values, savedBytes: values.map(() => 100), bytesPerError: 30 };
    const at = (share: number): number =>
      tilesWhere(chooseTiles({ grid: '4x4', worth, pins: NO_PINS }, share), true).length;
    expect(at(0.2)).toBe(3);
    const counts = [0.2, 0.35, 0.5, 0.75, 1].map(at);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(at(0.75)).toBeGreaterThan(12);
  });

  it('include a tile without value where giving it up saves nothing', () => {
    const worth = {
      values: new Array<number>(16).fill(0),
      savedBytes: new Array<number>(16).fill(0),
      bytesPerError: 1,
    };
    expect(chooseTiles({ grid: '4x4', worth, pins: NO_PINS }, 0).every(Boolean)).toBe(true);
  });
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
