import { expect, it } from 'vitest';
import { isCut } from './cut.ts';
import type { Luma } from './frameFilter/luma.ts';

const SIZE = { width: 100, height: 10 };
/** Dark, but for the columns up to `brightColumns`. */
const picture = (brightColumns: number): Luma => ({
  size: SIZE,
  values: Float32Array.from({ length: 1000 }, (_, i) => (i % 100 < brightColumns ? 180 : 30)),
});

it('takes a frame of which nearly half or more has changed for another picture', () => {
  expect(isCut(picture(0), picture(0))).toBe(false);
  expect(isCut(picture(0), picture(40))).toBe(false);
  expect(isCut(picture(0), picture(50))).toBe(true);
  expect(isCut(picture(100), picture(0))).toBe(true);
});
