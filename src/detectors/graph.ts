/** A graph model as its JSON describes it: nodes, what feeds what, and the constants that can be read from the weights. */
import { z } from 'zod';
import type { ModelJson, WeightSpec } from './modelForm.ts';
import { weightBytes } from './modelForm.ts';

const dimension = z.looseObject({ size: z.union([z.string(), z.number()]).optional() });
const node = z.looseObject({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).optional(),
  attr: z
    .looseObject({
      shape: z
        .looseObject({ shape: z.looseObject({ dim: z.array(dimension).optional() }).optional() })
        .optional(),
    })
    .optional(),
});

export interface GraphNode {
  readonly name: string;
  /** TensorFlow's name of the operation: Conv2D, ConcatV2, … */
  readonly op: string;
  /** Names of the nodes whose outputs it takes, control dependencies among them. */
  readonly inputs: readonly string[];
  /** Of a placeholder; −1 is a size left open. undefined: not said. */
  readonly shape: readonly number[] | undefined;
}

export interface Graph {
  /** In the file's order, which is an order of computation outside of loops. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Names of the nodes that take a node's output. */
  consumers(name: string): readonly string[];
  /** Values of a constant of at most 16 numbers, flat; undefined where the node is none. */
  constant(name: string): readonly number[] | undefined;
  /** Is the node a constant of whole numbers? */
  isInteger(name: string): boolean;
}

/** Names of all nodes that one depends on, itself included, without going into `known`; loops are walked once. */
export function ancestors(graph: Graph, name: string, known: ReadonlySet<string> = new Set()): Set<string> {
  const seen = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || known.has(next)) continue;
    seen.add(next);
    open.push(...(graph.nodes.get(next)?.inputs ?? []));
  }
  return seen;
}

/** "^name:2" is an output or a control dependency of the node "name". */
export const nodeOf = (tensor: string): string => tensor.replace(/^\^/, '').replace(/:\d+$/, '');

/** @returns null for a layers model, and for a graph that cannot be read (tfjs will say why it cannot build it) */
export function graphOf(json: ModelJson, weights: ArrayBuffer): Graph | null {
  const parsed = z.array(node).safeParse(json.modelTopology.node);
  if (!parsed.success) return null;
  const nodes = new Map<string, GraphNode>();
  const consumers = new Map<string, string[]>();
  for (const { name, op, input = [], attr } of parsed.data) {
    const inputs = input.map(nodeOf);
    const shape = attr?.shape?.shape?.dim?.map(({ size }) => Number(size ?? -1));
    nodes.set(name, { name, op, inputs, shape });
    for (const from of new Set(inputs)) consumers.set(from, [...(consumers.get(from) ?? []), name]);
  }
  const places = placesOf(json);
  return {
    nodes,
    consumers: (name) => consumers.get(name) ?? [],
    constant: (name) => {
      const place = places.get(name);
      return place && read(place.spec, weights, place.at);
    },
    isInteger: (name) => places.get(name)?.spec.dtype === 'int32',
  };
}

interface Place {
  readonly spec: WeightSpec;
  /** First byte in the joined shards. */
  readonly at: number;
}

function placesOf(json: ModelJson): Map<string, Place> {
  const places = new Map<string, Place>();
  let at = 0;
  for (const spec of json.weightsManifest.flatMap(({ weights }) => weights)) {
    places.set(spec.name, { spec, at });
    at += weightBytes(spec);
  }
  return places;
}

const LARGEST_READ = 16;

/** Numbers as they are or as tfjs quantises them: value·scale + min (tfjs-core, io/io_utils.ts, decodeWeights). */
function read(spec: WeightSpec, weights: ArrayBuffer, at: number): number[] | undefined {
  const count = spec.shape.reduce((product, side) => product * side, 1);
  if (count > LARGEST_READ || at + weightBytes(spec) > weights.byteLength) return undefined;
  const view = new DataView(weights, at);
  const { dtype, scale, min } = spec.quantization ?? { dtype: spec.dtype, scale: undefined, min: undefined };
  const scaled = (value: number): number =>
    value * (typeof scale === 'number' ? scale : 1) + (typeof min === 'number' ? min : 0);
  const readers: Readonly<Record<string, (i: number) => number>> = {
    float32: (i) => view.getFloat32(4 * i, true),
    int32: (i) => view.getInt32(4 * i, true),
    uint8: (i) => scaled(view.getUint8(i)),
    uint16: (i) => scaled(view.getUint16(2 * i, true)),
  };
  const reader = readers[dtype];
  return reader && Array.from({ length: count }, (_, i) => reader(i));
}
