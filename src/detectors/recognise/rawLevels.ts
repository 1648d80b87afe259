/** Finds the tensors from which YOLOv8, YOLOv9 and YOLO11 make their boxes: one for each stride. */
import { ancestors, type Graph, type GraphNode } from '../graph.ts';

/** Operations that change only how numbers are arranged. */
const ARRANGING = /^(Reshape|Transpose|StridedSlice|Slice|Split|SplitV|Squeeze|ExpandDims|Identity|Unpack)$/;

/** The nearest node before this one that does more than arrange. */
function behindArranging(graph: Graph, from: string): GraphNode | undefined {
  let node = graph.nodes.get(from);
  while (node && ARRANGING.test(node.op)) {
    const data = node.inputs.find((input) => graph.constant(input) === undefined);
    node = graph.nodes.get(data ?? '');
  }
  return node;
}

/**
 * The softmax over the bins takes its numbers from one concatenation of all cells, and that from one node for each
 * stride.
 * @param picture the node that is fed
 * @returns names in the order of the concatenation; empty when the graph is made otherwise
 */
export function rawLevels(graph: Graph, picture: string): string[] {
  for (const softmax of graph.nodes.values()) {
    if (softmax.op !== 'Softmax') continue;
    const joined = behindArranging(graph, softmax.inputs[0] ?? '');
    if (joined?.op !== 'ConcatV2' || !ancestors(graph, joined.name).has(picture)) continue;
    const levels = joined.inputs
      .filter((input) => graph.constant(input) === undefined)
      .flatMap((input) => behindArranging(graph, input)?.name ?? []);
    if (levels.length > 1) return levels;
  }
  return [];
}
