/** Runs a graph once on noise and reads what it makes of it. */
import * as tf from '@tensorflow/tfjs';
import type { BoxesHeadSpec, InputSpec } from '../../domain/card.ts';
import { sentenceOf } from '../../domain/sentenceOf.ts';
import { inputShape } from '../pixels.ts';
import type { Network } from '../detector.ts';
import type { Runnable } from './evidence.ts';

/** One node's numbers, a row of columns for each cell. */
export interface Table {
  readonly node: string;
  readonly layout: BoxesHeadSpec['layout'];
  readonly cells: number;
  readonly columns: number;
  readonly at: (cell: number, column: number) => number;
}

export interface Measured {
  /** Of what comes behind the last convolutions: with a batch axis first, then what is computed last. */
  readonly tables: readonly Table[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/** More numbers than this are no detector's output. */
const MOST_VALUES = 1 << 22;

/**
 * @param also nodes whose shapes are asked for besides
 * @throws Error when the graph cannot be run on a picture of this size
 */
export async function measure(
  { feed, network }: Runnable,
  input: InputSpec,
  also: readonly string[],
): Promise<Measured> {
  const tail = feed.tail.map(({ name }) => name);
  const nodes = [...new Set([...tail, ...also])];
  const outputs = runOnNoise(network, input, nodes);
  try {
    const found: { readonly table: Table; readonly isBatch: boolean }[] = [];
    for (const [i, node] of tail.entries()) {
      const output = outputs[i];
      const table = output && (await tableOf(node, output));
      if (table) found.unshift({ table, isBatch: output.rank > 2 });
    }
    found.sort((a, b) => Number(b.isBatch) - Number(a.isBatch));
    return {
      tables: found.map(({ table }) => table),
      shapes: new Map(nodes.map((node, i) => [node, outputs[i]?.shape ?? []])),
    };
  } finally {
    tf.dispose(outputs);
  }
}

function runOnNoise(network: Network, input: InputSpec, nodes: string[]): tf.Tensor[] {
  const { width, height, mean, std } = input;
  try {
    return tf.tidy(() => {
      const noise = tf.randomUniform<tf.Rank.R4>(inputShape(input), 0, 255, 'float32', 1);
      // Clones: an output may be the fed tensor itself.
      return network.run(noise.sub(mean[0]).div(std[0]), nodes).map((output) => output.clone());
    });
  } catch (error) {
    const reason = sentenceOf(error);
    throw new Error(
      `The model has no card.json, and to find out what it is it was run on a picture of ${width}x${height} pixels, ` +
        `which failed: ${reason.replace(/\.?$/, '.')} Put a card.json beside it, or export it anew.`,
      { cause: error },
    );
  }
}

/** The longer side are the cells. */
async function tableOf(node: string, output: tf.Tensor): Promise<Table | undefined> {
  if (output.size > MOST_VALUES || output.dtype !== 'float32') return undefined;
  const shape = output.shape.filter((side, axis) => side !== 1 || axis === output.rank - 1);
  const [first = 0, second = 0] = shape;
  if (shape.length !== 2 || (output.rank > 2 && output.shape[0] !== 1)) return undefined;
  const values = await output.data<'float32'>();
  if (first >= second) {
    const at = (cell: number, column: number): number => values[cell * second + column] ?? NaN;
    return { node, layout: 'cellsFirst', cells: first, columns: second, at };
  }
  const at = (cell: number, column: number): number => values[column * second + cell] ?? NaN;
  return { node, layout: 'cellsLast', cells: second, columns: first, at };
}
