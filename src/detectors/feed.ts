/**
 * Where a graph is fed and how far it can be run at once.
 *
 * Why: `execute` is synchronous and differentiable, `executeAsync` is neither. Graphs exported with control flow (a
 * loop that resizes each picture) or non-maximum suppression need the latter, unless they are fed behind the one and
 * read before the other.
 */
import { ancestors, type Graph, type GraphNode } from './graph.ts';

/** Operations that tfjs runs only in `executeAsync`: tfjs-converter, operations/op_list/{control,dynamic,hash_table}.ts. */
const ASYNCHRONOUS =
  /^(Enter|Exit|Merge|Switch|NextIteration|LoopCond|(Stateless)?(If|While)|Tensor(Array|List).*|NonMaxSuppression.*|Where|ListDiff|.*(HashTable|LookupTable).*)$/;
const CONVOLUTION = /^(_FusedConv2D|Conv2D|(Fused)?DepthwiseConv2dNative|Conv2DBackpropInput)$/;

export interface Feed {
  /** Name of the graph's input. */
  readonly picture: string;
  /** The node whose output is replaced by the picture. */
  readonly node: string;
  /** Height and width that the graph makes of the picture, or was exported for; undefined: any. */
  readonly size: readonly [number, number] | undefined;
  readonly layout: 'NHWC' | 'NCHW';
  /**
   * What the graph does to pixels before the node is fed, factor · pixel + offset, which has to be done outside; what
   * it does behind is its own affair.
   */
  readonly factor: number;
  readonly offset: number;
  /** The graph itself normalises pixels in 0…255 behind the node. */
  readonly normalisesItself: boolean;
  /** Why it is not fed at its input; null: it is. */
  readonly reason: string | null;
  /** Nodes computed from the fed one without control flow or suppression, in order of computation. */
  readonly live: readonly GraphNode[];
  /** Those of them that no convolution comes after: what is made of the last feature maps. */
  readonly tail: readonly GraphNode[];
}

/** @returns undefined for a graph without exactly one picture-like input that reaches a convolution */
export function feedOf(graph: Graph): Feed | undefined {
  const pictures = [...graph.nodes.values()].filter(
    ({ op, shape }) => op === 'Placeholder' && (shape === undefined || shape.length === 4),
  );
  const [picture] = pictures;
  if (!picture || pictures.length !== 1) return undefined;
  const node = fedNode(graph, picture);
  if (!node) return undefined;
  const live = liveNodes(graph, node);
  const before = [...ancestors(graph, node.name)].flatMap((name) => graph.nodes.get(name) ?? []);
  const layout = picture.shape?.[1] === 3 ? 'NCHW' : 'NHWC';
  const fixed = layout === 'NHWC' ? picture.shape?.slice(1, 3) : picture.shape?.slice(2, 4);
  const resized = before.map((of) => constantSize(graph, of)).find((of) => of !== undefined);
  const [height = -1, width = -1] = resized ?? fixed ?? [];
  const changes = node === picture ? [] : before.filter((of) => scalarOf(graph, of) !== undefined);
  const order = [...graph.nodes.keys()];
  changes.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  let [factor, offset] = [1, 0];
  for (const change of changes) [factor, offset] = affine(graph, change, factor, offset);
  return {
    picture: picture.name,
    node: node.name,
    size: height > 0 && width > 0 ? [height, width] : undefined,
    layout,
    factor,
    offset,
    normalisesItself: normalises(graph, node.name),
    reason: node === picture ? null : `fed behind ${nameTheSkipped(before)}`,
    live,
    tail: tailOf(graph, live),
  };
}

const nameTheSkipped = (nodes: readonly GraphNode[]): string =>
  nodes.some(({ op }) => ASYNCHRONOUS.test(op))
    ? 'the loop that scales its pictures'
    : 'the operation that converts or scales its pictures';

/** The picture itself, or the last node before the first convolution that loops, converts or scales to a fixed size. */
function fedNode(graph: Graph, picture: GraphNode): GraphNode | undefined {
  const first = [...graph.nodes.values()].find(
    ({ op, name }) => CONVOLUTION.test(op) && ancestors(graph, name).has(picture.name),
  );
  if (!first) return undefined;
  for (const name of wayBack(graph, first.name, picture.name)) {
    const node = graph.nodes.get(name);
    if (!node) continue;
    const changesKind = node.op === 'Cast' || constantSize(graph, node) !== undefined;
    if (ASYNCHRONOUS.test(node.op) || changesKind) return node;
  }
  return picture;
}

/** Nodes from one back towards another, nearest first; of several inputs the first that leads there. */
function wayBack(graph: Graph, from: string, to: string): string[] {
  const way: string[] = [];
  for (let at: string | undefined = from; at !== undefined && at !== to;) {
    way.push(at);
    at = graph.nodes.get(at)?.inputs.find((input) => !way.includes(input) && ancestors(graph, input).has(to));
  }
  return way;
}

/** [height, width] that a node scales to, where that is a constant. */
export function constantSize(graph: Graph, node: GraphNode): readonly number[] | undefined {
  if (node.op !== 'ResizeBilinear' && node.op !== 'ResizeNearestNeighbor') return undefined;
  const size = graph.constant(node.inputs[1] ?? '');
  return size?.length === 2 ? size : undefined;
}

interface Scalar {
  readonly value: number;
  /** Place of the constant among the node's inputs. */
  readonly place: number;
}

/** The number that a node adds, subtracts, multiplies by or divides by. Whole numbers alone are loop counters. */
function scalarOf(graph: Graph, node: GraphNode): Scalar | undefined {
  if (!['Mul', 'Sub', 'Add', 'AddV2', 'RealDiv'].includes(node.op)) return undefined;
  const place = node.inputs.findIndex((name) => graph.constant(name)?.length === 1);
  const [value] = graph.constant(node.inputs[place] ?? '') ?? [];
  return value === undefined || graph.isInteger(node.inputs[place] ?? '') ? undefined : { value, place };
}

/** factor·x + offset with one more operation behind it. */
function affine(graph: Graph, node: GraphNode, factor: number, offset: number): [number, number] {
  const scalar = scalarOf(graph, node);
  if (!scalar) return [factor, offset];
  const { value, place } = scalar;
  switch (node.op) {
    case 'Mul':
      return [factor * value, offset * value];
    case 'RealDiv':
      return place === 1 ? [factor / value, offset / value] : [factor, offset];
    case 'Sub':
      return place === 1 ? [factor, offset - value] : [-factor, value - offset];
    default:
      return [factor, offset + value];
  }
}

/** Is there arithmetic with a small factor between the fed node and the first convolutions? */
function normalises(graph: Graph, fed: string): boolean {
  const open = [fed];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of graph.consumers(name)) {
      const node = graph.nodes.get(next);
      if (!node || seen.has(next) || CONVOLUTION.test(node.op)) continue;
      seen.add(next);
      const scalar = scalarOf(graph, node);
      const shrinks =
        (node.op === 'Mul' && Math.abs(scalar?.value ?? 1) < LARGEST_SCALE) ||
        (node.op === 'RealDiv' && (scalar?.value ?? 0) > 1 / LARGEST_SCALE);
      if (shrinks) return true;
      open.push(next);
    }
  }
  return false;
}

/** 2/255 and 1/std of ImageNet (1/57) count as normalisation, activations' constants (1/6) do not. */
const LARGEST_SCALE = 0.03;

/** Nodes computed from `fed` and constants alone. */
function liveNodes(graph: Graph, fed: GraphNode): GraphNode[] {
  const isRunnable = new Map<string, boolean>([[fed.name, true]]);
  const isLive = new Map<string, boolean>([[fed.name, true]]);
  const visit = (node: GraphNode): void => {
    if (isRunnable.has(node.name)) return;
    isRunnable.set(node.name, false); // Met again on the way: a loop.
    isLive.set(node.name, false);
    if (ASYNCHRONOUS.test(node.op) || node.op === 'Placeholder') return;
    const inputs = node.inputs.flatMap((name) => graph.nodes.get(name) ?? []);
    inputs.forEach(visit);
    isRunnable.set(
      node.name,
      inputs.every(({ name }) => isRunnable.get(name) === true),
    );
    isLive.set(
      node.name,
      inputs.some(({ name }) => isLive.get(name) === true),
    );
  };
  const all = [...graph.nodes.values()];
  all.forEach(visit);
  return all.filter(
    ({ name }) => name !== fed.name && isRunnable.get(name) === true && isLive.get(name) === true,
  );
}

function tailOf(graph: Graph, live: readonly GraphNode[]): GraphNode[] {
  const leadsOn = new Set<string>();
  for (const { op, inputs } of live) {
    if (!CONVOLUTION.test(op)) continue;
    for (const input of inputs) for (const name of ancestors(graph, input, leadsOn)) leadsOn.add(name);
  }
  return live.filter(({ name, op }) => !leadsOn.has(name) && op !== 'Shape');
}
