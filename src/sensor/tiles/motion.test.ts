import { expect, it } from 'vitest';
import { tileMotion } from './motion.ts';

const SIZE = { width: 8, height: 4 };

/** One pixel of a grey level, the others black. */
const luma = (x: number, y: number, level: number) => {
  const values = new Float32Array(SIZE.width * SIZE.height);
  values[y * SIZE.width + x] = level;
  return { size: SIZE, values };
};

it('adds up what changes from capture to capture, in the tile where it does', () => {
  // From the first tile to the last one, where it gets brighter.
  const motion = tileMotion([luma(0, 0, 100), luma(7, 3, 100), luma(7, 3, 130)], '4x4');
  expect(motion).toHaveLength(16);
  expect(motion[0]).toBe(100);
  expect(motion[15]).toBe(130);
  expect(motion.filter((value) => value > 0)).toHaveLength(2);
});

it('is nothing where an interval has one capture, or none', () => {
  expect(tileMotion([luma(0, 0, 100)], '4x4')).toEqual(new Array<number>(16).fill(0));
  expect(tileMotion([], '4x4')).toEqual(new Array<number>(16).fill(0));
});
