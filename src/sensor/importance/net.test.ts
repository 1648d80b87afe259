import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCKS, FEATURES, featuresOf, PICTURE_SIZE } from './features.ts';
import { importanceOfTiles, inferImportance, readImportanceNet, type ImportanceFile } from './net.ts';

const BLOCK_COUNT = BLOCKS.columns * BLOCKS.rows;
/** Of a block's numbers the last three are its mean colour, before them come those of 25 blocks' texture. */
const RED = FEATURES - 3;
const OWN_TEXTURE = FEATURES - 3 - 13;
const FINE_CENTRE = 5 * 12 + 5;

/** A picture by a colour for each pixel. */
function picture(colourAt: (x: number, y: number) => readonly [number, number, number]): Uint8ClampedArray {
  const { width, height } = PICTURE_SIZE;
  return Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => {
    const pixel = at >> 2;
    return colourAt(pixel % width, Math.floor(pixel / width))[at % 4] ?? 255;
  });
}

const blockFeatures = (features: Float32Array, column: number, row: number): Float32Array => {
  const block = row * BLOCKS.columns + column;
  return features.subarray(block * FEATURES, (block + 1) * FEATURES);
};

/** A file of a net whose units each look at a few features: byte by feature, the rest 0. */
const fileOf = (units: readonly Readonly<Record<number, number>>[]): ImportanceFile => {
  const bytes = units.flatMap((weights) =>
    Array.from({ length: FEATURES }, (_, feature) => (weights[feature] ?? 0) & 0xff),
  );
  return {
    card: {},
    hidden: {
      weights: btoa(String.fromCharCode(...bytes)),
      scales: units.map((_, unit) => 0.01 * (unit + 1)),
      biases: units.map(() => 0.5),
    },
    output: { weights: units.map((_, unit) => (unit === 0 ? 2 : -1)), bias: -1 },
  };
};

describe('features', () => {
  it('are the mean colour and nothing else where a picture has one colour', () => {
    const features = blockFeatures(featuresOf(picture(() => [192, 128, 64])), 7, 3);
    expect([...features.subarray(RED)]).toEqual([1, 0, -1]);
    // ln(1 + 0) ÷ 4 − 1
    expect([...features.subarray(RED - 25, RED)].every((value) => Math.abs(value + 1) < 1e-3)).toBe(true);
    expect([...features.subarray(0, RED - 25)].every((value) => Math.abs(value) < 1e-5)).toBe(true);
  });

  it('hold luma less the block’s own mean, and texture, where a block is half dark', () => {
    // Left of x = 60 dark, right of it grey; block 7 is the pixels 56 … 63.
    const features = featuresOf(picture((x) => (x < 60 ? [0, 0, 0] : [128, 128, 128])));
    const own = blockFeatures(features, 7, 3);
    expect(own[FINE_CENTRE]).toBeCloseTo(-1, 5);
    expect(own[FINE_CENTRE + 1]).toBeCloseTo(1, 5);
    expect(own[OWN_TEXTURE]).toBeCloseTo(Math.log(64 * 64 + 1) / 4 - 1, 3);
    expect(own[OWN_TEXTURE - 1]).toBeCloseTo(-1, 5);
    // The neighbour to the right sees the dark half in the first two of its twelve columns no more, but in its coarse patch.
    const right = blockFeatures(features, 8, 3);
    expect(right[0]).toBeCloseTo(0, 5);
    expect(right[12 * 12]).toBeCloseTo(-2, 5);
  });

  it('go on beyond the border with the outermost pixel', () => {
    const corner = blockFeatures(
      featuresOf(picture((x, y) => (x + y === 0 ? [255, 255, 255] : [0, 0, 0]))),
      0,
      0,
    );
    const mean = 255 / 64;
    // Two columns and rows before the picture repeat its corner: nine values in all.
    const bright = [...corner.subarray(0, 144)].filter((value) => value > 0);
    expect(bright).toHaveLength(9);
    expect(bright[0]).toBeCloseTo((255 - mean) / 64, 4);
  });
});

describe('inference', () => {
  it('is the logistic of ReLU units, worked out by hand', () => {
    // Unit 0: 100 · 0.01 · red + 0.5 = 1.5. Unit 1: −50 · 0.02 · red + 0.5 = −0.5, cut to 0. Then 2 · 1.5 − 1 · 0 − 1 = 2.
    const net = readImportanceNet(fileOf([{ [RED]: 100 }, { [RED]: -50 }]));
    const values = inferImportance(net, featuresOf(picture(() => [192, 0, 0])));
    expect(values).toHaveLength(BLOCK_COUNT);
    for (const value of values) expect(value).toBeCloseTo(1 / (1 + Math.exp(-2)), 5);
    // With red at −1 both are turned round: unit 0 is cut, unit 1 is 1.5, and −1.5 − 1 = −2.5.
    const dark = inferImportance(net, featuresOf(picture(() => [64, 0, 0])));
    for (const value of dark) expect(value).toBeCloseTo(1 / (1 + Math.exp(2.5)), 5);
  });

  it('refuses a file whose numbers do not fit together', () => {
    const file = fileOf([{}]);
    const short = { ...file, output: { ...file.output, weights: [1, 2] } };
    expect(() => readImportanceNet(short)).toThrow(/do not make 2 units/);
  });
});

describe('tiles', () => {
  it('are as important as the greatest block that they touch', () => {
    const blocks = new Float32Array(BLOCK_COUNT);
    // Pixels 16 … 31 × 32 … 47 of 480×288: tiles of 30×32 pixels have their edge at 30.
    blocks[2 * BLOCKS.columns + 1] = 0.7;
    const tiles = importanceOfTiles(blocks, '16x9');
    expect(tiles).toHaveLength(144);
    const found = tiles.flatMap((value, tile) => (value > 0 ? [[tile, value]] : []));
    expect(found.map(([tile]) => tile)).toEqual([16, 17]);
    for (const [, value] of found) expect(value).toBeCloseTo(0.7, 6);
  });

  it('leave no block out and make none up, on every grid', () => {
    const blocks = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), {
      minLength: BLOCK_COUNT,
      maxLength: BLOCK_COUNT,
    });
    fc.assert(
      fc.property(blocks, fc.constantFrom('4x4', '8x5', '12x7', '16x9'), (values, grid) => {
        const tiles = importanceOfTiles(Float32Array.from(values), grid);
        expect(Math.max(...tiles)).toBe(Math.max(...Float32Array.from(values)));
        expect(Math.min(...tiles)).toBeGreaterThanOrEqual(Math.min(...Float32Array.from(values)));
      }),
      { numRuns: 30 },
    );
  });
});
