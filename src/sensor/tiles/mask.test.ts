import { expect, it } from 'vitest';
import { maskCells } from './mask.ts';

const SHAPE = { columns: 4, rows: 4 };

it('is opaque over a kept tile and one cell around it, and nowhere else', () => {
  const kept = Array.from({ length: 16 }, (_, tile) => tile === 5);
  const cells = maskCells(kept, SHAPE);
  expect(cells).toHaveLength(16 * 16);
  cells.forEach((opacity, cell) => {
    const [x, y] = [cell % 16, Math.floor(cell / 16)];
    const isNear = x >= 3 && x <= 8 && y >= 3 && y <= 8;
    expect(opacity).toBe(isNear ? 255 : 0);
  });
});

it('covers all where all are kept, and does not run over the edges', () => {
  expect(maskCells(new Array<boolean>(16).fill(true), SHAPE).every((opacity) => opacity === 255)).toBe(true);
  const last = maskCells(
    Array.from({ length: 16 }, (_, tile) => tile === 15),
    SHAPE,
  );
  expect(last.filter((opacity) => opacity === 255)).toHaveLength(25);
});
