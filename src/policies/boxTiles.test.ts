import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allTiles } from '../domain/tiles.ts';
import { tilesUnder } from './boxTiles.ts';
import { box, where } from './testTrace.ts';

const none = (): number => 0;

it('takes the tiles that a box lies on, row by row', () => {
  // 16 × 9: from x = 0.26 · 16 = 4.2 to 5.8 in columns 4 and 5, from y = 0.34 · 9 = 3.1 to 3.96 in row 3 = tiles 48 to 63.
  expect(where(tilesUnder('16x9', [box(0.26, 0.34, 0.1)], none))).toEqual([52, 53]);
});

it('does not take a tile whose edge a box only touches', () => {
  // 4 × 4: the box is tile 5 exactly.
  expect(where(tilesUnder('4x4', [box(0.25, 0.25, 0.25)], none))).toEqual([5]);
});

it('goes one tile further where it is told to, and never over the edge', () => {
  expect(where(tilesUnder('4x4', [box(0, 0, 0.25)], () => 1))).toEqual([0, 1, 4, 5]);
  expect(where(tilesUnder('4x4', [box(0.8, 0.8, 0.4)], () => 1))).toEqual([10, 11, 14, 15]);
});

it('takes at least one tile for each box, all for one as large as the frame, none without', () => {
  const inside = fc.double({ min: 0, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(inside, inside, fc.double({ min: 1e-6, max: 0.1, noNaN: true }), (x, y, size) => {
      const tiles = tilesUnder('8x5', [box(x, y, size)], none);
      expect(tiles).toHaveLength(40);
      expect(tiles[Math.floor((y + size / 2) * 5) * 8 + Math.floor((x + size / 2) * 8)]).toBe(true);
    }),
  );
  expect(tilesUnder('8x5', [box(0, 0, 1)], none)).toEqual(allTiles('8x5'));
  expect(where(tilesUnder('8x5', [], none))).toEqual([]);
});
