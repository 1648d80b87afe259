/** The weights that lie in public/models: the file that is pinned, and the net that was trained. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { isIntact } from '../detectors/integrity.ts';
import { featuresOf, PICTURE_SIZE } from '../sensor/importance/features.ts';
import { inferImportance, readImportanceNet, type ImportanceFile } from '../sensor/importance/net.ts';
import { IMPORTANCE_FILE } from './importanceNet.ts';

const bytes = new Uint8Array(
  await readFile(new URL(`../../public/models/${IMPORTANCE_FILE.name}`, import.meta.url)),
);
const file = JSON.parse(new TextDecoder().decode(bytes)) as ImportanceFile;

/** The picture of which training/importance/train.py wrote down what the net says. */
const stripes = (): Uint8ClampedArray => {
  const { width, height } = PICTURE_SIZE;
  return Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => {
    const [c, pixel] = [at % 4, at >> 2];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return c === 3 ? 255 : (x * (3 + c) + y * 5 + Math.floor((x * y) / 16)) % 256;
  });
};

it('is the file that is pinned, and small', async () => {
  expect(await isIntact(bytes, IMPORTANCE_FILE)).toBe(true);
  expect(bytes.length).toBeLessThan(100_000);
  expect(await isIntact(bytes.with(bytes.length >> 1, 0), IMPORTANCE_FILE)).toBe(false);
});

it('says here what it said where it was trained', () => {
  const values = inferImportance(readImportanceNet(file), featuresOf(stripes()));
  const expected = Object.entries(file.card.check as Record<string, number>);
  expect(expected.length).toBeGreaterThan(3);
  for (const [block, value] of expected) expect(values[Number(block)]).toBeCloseTo(value, 3);
});
