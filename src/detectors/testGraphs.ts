/** For tests: small graph models written by hand. */

export interface Constant {
  readonly values: readonly number[];
  readonly dtype: 'int32' | 'float32';
  /** One axis unless said. */
  readonly shape?: readonly number[];
}

/** Name, operation and inputs. */
export type GraphLine = readonly [string, string, ...string[]];

export const float = (value: number): Constant => ({ values: [value], dtype: 'float32' });

/** A filter [1, 1, ci, co] of small numbers. */
export const pointwise = (channelsIn: number, channelsOut: number): Constant => ({
  values: Array.from({ length: channelsIn * channelsOut }, (_, i) => Math.sin(i) / 10),
  dtype: 'float32',
  shape: [1, 1, channelsIn, channelsOut],
});

const text = (value: string): object => ({ s: btoa(value) });

/** What tfjs asks of an operation besides its inputs. */
const ATTRIBUTES: Readonly<Record<string, object>> = {
  Conv2D: {
    strides: { list: { i: ['1', '1', '1', '1'] } },
    dilations: { list: { i: ['1', '1', '1', '1'] } },
    padding: text('VALID'),
    data_format: text('NHWC'),
  },
  DepthToSpace: { block_size: { i: '2' }, data_format: text('NHWC') },
};

export interface GraphFiles {
  readonly json: string;
  readonly weights: ArrayBuffer;
  /** model.json and w.bin. */
  readonly files: File[];
}

/**
 * A graph of one input "x", [1, side, side, 3], and a filter "w", [1, 1, 3, 3].
 * @param side −1: any
 */
export function graphFiles(
  lines: readonly GraphLine[],
  constants: Readonly<Record<string, Constant>> = {},
  side = -1,
): GraphFiles {
  const dim = [1, side, side, 3].map((size) => ({ size: String(size) }));
  const placeholder = {
    name: 'x',
    op: 'Placeholder',
    attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim } } },
  };
  const weights = Object.entries<Constant>({ w: pointwise(3, 3), ...constants });
  const dtypeOf = { int32: 'DT_INT32', float32: 'DT_FLOAT' };
  const json = JSON.stringify({
    format: 'graph-model',
    modelTopology: {
      node: [
        placeholder,
        ...weights.map(([name, { dtype }]) => ({
          ...{ name, op: 'Const' },
          attr: { dtype: { type: dtypeOf[dtype] } },
        })),
        ...lines.map(([name, op, ...input]) => ({ name, op, input, attr: ATTRIBUTES[op] ?? {} })),
      ],
      library: {},
      versions: {},
    },
    weightsManifest: [
      {
        paths: ['w.bin'],
        weights: weights.map(([name, { values, dtype, shape }]) => ({
          ...{ name, dtype },
          shape: shape ?? [values.length],
        })),
      },
    ],
  });
  const parts = weights.map(([, { values, dtype }]) =>
    dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values),
  );
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(new Uint8Array(part.buffer), at);
    at += part.byteLength;
  }
  const files = [new File([json], 'model.json'), new File([joined], 'w.bin')];
  return { json, weights: joined.buffer, files };
}
