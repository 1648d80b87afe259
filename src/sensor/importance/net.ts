/**
 * The net that tells a sensor how much each 16×16 block of a frame matters to the detector, after AccMPEG (Du et al., MLSys
 * 2022): a perceptron of one hidden layer, asked of each block by itself. `training/importance` made its weights.
 */
import { gridShape, type TileGrid } from '../../domain/tiles.ts';
import { BLOCKS, FEATURES, featuresOf } from './features.ts';

/** The file of weights, public/models/importance.json. */
export interface ImportanceFile {
  /** What it was trained on, what a value means, and how well it does on what it has not seen. */
  readonly card: Readonly<Record<string, unknown>>;
  readonly hidden: {
    /** Signed bytes in base64, unit after unit, one a feature; times the unit's scale they are its weights. */
    readonly weights: string;
    readonly scales: readonly number[];
    readonly biases: readonly number[];
  };
  readonly output: { readonly weights: readonly number[]; readonly bias: number };
}

export interface ImportanceNet {
  /** Unit after unit, {@link FEATURES} each. */
  readonly hidden: Float32Array;
  readonly hiddenBiases: readonly number[];
  readonly output: readonly number[];
  readonly outputBias: number;
}

/** @throws Error where the numbers do not fit together */
export function readImportanceNet({ hidden, output }: ImportanceFile): ImportanceNet {
  const { scales, biases } = hidden;
  const bytes = Int8Array.from(atob(hidden.weights), (character) => character.charCodeAt(0));
  const units = output.weights.length;
  if (bytes.length !== units * FEATURES || scales.length !== units || biases.length !== units) {
    throw new Error(
      `The importance net has ${bytes.length} weights, ${scales.length} scales and ${biases.length} biases, which do ` +
        `not make ${units} units of ${FEATURES} features. Train it anew (training/importance).`,
    );
  }
  return {
    hidden: Float32Array.from(bytes, (byte, at) => byte * (scales[Math.floor(at / FEATURES)] ?? 0)),
    hiddenBiases: biases,
    output: output.weights,
    outputBias: output.bias,
  };
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

const rowOf = (matrix: Float32Array, at: number): Float32Array =>
  matrix.subarray(at * FEATURES, (at + 1) * FEATURES);

/**
 * σ(w·relu(W·x + b) + c) of each row of features.
 * @param features {@link FEATURES} numbers a block
 * @returns one a block, 0 … 1
 */
export function inferImportance(net: ImportanceNet, features: Float32Array): Float32Array {
  const { hidden, hiddenBiases, output, outputBias } = net;
  const units = output.map((weight, unit) => ({
    weight,
    inputs: rowOf(hidden, unit),
    bias: hiddenBiases[unit] ?? 0,
  }));
  const values = new Float32Array(features.length / FEATURES);
  for (let block = 0; block < values.length; block += 1) {
    const seen = rowOf(features, block);
    let logit = outputBias;
    for (const { weight, inputs, bias } of units) {
      logit += weight * Math.max(0, product(inputs, seen) + bias);
    }
    values[block] = 1 / (1 + Math.exp(-logit));
  }
  return values;
}

/**
 * A tile is as important as the most important block that it touches: AccMPEG dilates its macroblocks, for a detector looks
 * past an object's edge.
 * @param blocks importance of each of {@link BLOCKS}, row by row
 * @returns one a tile, row by row
 */
export function importanceOfTiles(blocks: Float32Array, grid: TileGrid): number[] {
  const { columns, rows } = gridShape(grid);
  return Array.from({ length: columns * rows }, (_, tile) => {
    const column = tile % columns;
    const row = (tile - column) / columns;
    let most = 0;
    for (const y of touched(row, rows, BLOCKS.rows)) {
      for (const x of touched(column, columns, BLOCKS.columns)) {
        most = Math.max(most, blocks[y * BLOCKS.columns + x] ?? 0);
      }
    }
    return most;
  });
}

/** The blocks along a side that share any of it with the tile. */
function touched(tile: number, tiles: number, blocks: number): number[] {
  const first = Math.floor((tile * blocks) / tiles);
  const end = Math.ceil(((tile + 1) * blocks) / tiles);
  return Array.from({ length: end - first }, (_, i) => first + i);
}

/** @param rgba of the frame at PICTURE_SIZE, 4 bytes a pixel */
export const tileImportance = (net: ImportanceNet, rgba: Uint8ClampedArray, grid: TileGrid): number[] =>
  importanceOfTiles(inferImportance(net, featuresOf(rgba)), grid);
