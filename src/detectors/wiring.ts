/** Puts a graph together with its card: fed where the card says, freed from the size it was exported for. */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard, InputSpec } from '../domain/card.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';
import type { Network } from './detector.ts';
import { constantSize, type Feed } from './feed.ts';
import { nodeOf, type Graph } from './graph.ts';
import type { ModelForm, TensorForm } from './modelForm.ts';
import type { BuiltNetwork } from './network.ts';
import { assertReasonable, inputShape } from './pixels.ts';

/** The graph with everything that scales to a constant size behind the fed node. */
export function rewire(built: BuiltNetwork, graph: Graph, feed: Feed, node: string): Network {
  if (!built.fedAt) return built.network;
  const sizes = new Map<string, readonly number[]>();
  for (const live of feed.live) {
    const size = constantSize(graph, live);
    if (size) sizes.set(live.inputs[1] ?? '', size);
  }
  return built.fedAt({ node, size: feed.size, layout: feed.layout, sizes });
}

export interface Wired {
  readonly network: Network;
  readonly form: ModelForm;
}

/**
 * The network that a card describes.
 * @param graph null for a layers model; `feed` undefined where none could be found
 * @returns with the shapes of the nodes that the card names among the form's outputs
 * @throws Error when the card's nodes cannot be computed from the picture
 */
export function wire(built: BuiltNetwork, card: DetectorCard, graph: Graph | null, feed?: Feed): Wired {
  assertReasonable(card.input);
  const { head, input } = card;
  const named =
    head.kind === 'boxes' ? [...head.scores, ...head.boxes] : head.kind === 'dfl' ? head.nodes : [];
  if (!graph || (named.length === 0 && input.node === undefined)) return built;
  const missing = [...named, ...(input.node === undefined ? [] : [input.node])].find(
    (name) => !graph.nodes.has(nodeOf(name)),
  );
  if (missing !== undefined) {
    throw new Error(
      `The detector's card.json does not fit the model: it has no node ${missing}. Correct the card's head.`,
    );
  }
  const node = input.node ?? inputOf(graph, feed);
  const unreachable = feed?.node === node ? named.find((name) => !isLive(feed, name)) : undefined;
  if (unreachable !== undefined) {
    throw new Error(
      `The card names the node ${unreachable}, which the model computes only behind its own loops or suppression. ` +
        'Name nodes before those.',
    );
  }
  const unknown = { node, size: undefined, layout: input.layout, sizes: new Map<string, number[]>() };
  const network = feed ? rewire(built, graph, feed, node) : (built.fedAt?.(unknown) ?? built.network);
  const isFree = head.kind === 'dfl' || !feed?.size || feed.node !== node;
  const [height, width] = isFree ? [-1, -1] : feed.size;
  const shape = inputShape({ ...input, width, height });
  const outputs = shapesOf(network, input, [...new Set(named)]);
  const form = {
    ...built.form,
    inputs: [{ name: node, shape }],
    outputs: [...outputs, ...built.form.outputs],
  };
  return { network, form };
}

/** The graph's input, or the node behind it that only converts or scales: what it is fed there is the same. */
function inputOf(graph: Graph, feed: Feed | undefined): string {
  if (feed?.factor === 1 && feed.offset === 0) return feed.node;
  return [...graph.nodes.values()].find(({ op }) => op === 'Placeholder')?.name ?? '';
}

const isLive = ({ live }: Feed, name: string): boolean => live.some((node) => node.name === nodeOf(name));

/** Shapes of some nodes' outputs, by computing them for an empty picture. */
function shapesOf(network: Network, input: InputSpec, nodes: readonly string[]): TensorForm[] {
  if (nodes.length === 0) return [];
  try {
    return tf.tidy(() =>
      network
        .run(tf.zeros(inputShape(input)), nodes)
        .map(({ shape }, i) => ({ name: nodes[i] ?? '', shape: [...shape] })),
    );
  } catch (error) {
    const reason = sentenceOf(error);
    throw new Error(
      `The model cannot be run as its card says, on a picture of ${input.width}x${input.height} pixels: ` +
        `${reason.replace(/\.?$/, '.')} Correct the card's nodes or its input size.`,
      { cause: error },
    );
  }
}
