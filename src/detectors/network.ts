/** Builds the tfjs network of either format from its files, leaving nothing allocated when that fails. */
import * as tf from '@tensorflow/tfjs';
import type { Network } from './detector.ts';
import { fuseGraphOps, fuseLayers } from './fusedConvolution.ts';
import type { ModelFiles } from './modelFiles.ts';
import { formOf, type ModelForm } from './modelForm.ts';
import { fuseSilu, registerSilu, type Topology } from './silu.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';

export interface BuiltNetwork {
  readonly network: Network;
  /** With the outputs of layers models filled in. */
  readonly form: ModelForm;
  /** The same network fed elsewhere. Disposing it disposes of the whole. null for layers models. */
  readonly fedAt: ((wiring: Wiring) => Network) | null;
}

/** How a graph is fed besides at its input. */
export interface Wiring {
  /** The node whose output is replaced by the picture. */
  readonly node: string;
  /** [height, width] of the picture that the graph was exported for; undefined: any. */
  readonly size: readonly [number, number] | undefined;
  readonly layout: 'NHWC' | 'NCHW';
  /** Constant sizes [height, width] in the graph that have to follow the picture's, by the name of their node. */
  readonly sizes: ReadonlyMap<string, readonly number[]>;
}

/** @throws Error when tfjs cannot build the model */
export async function buildNetwork(files: ModelFiles): Promise<BuiltNetwork> {
  const form = formOf(files.json);
  const engine = tf.engine();
  const variablesBefore = new Set(Object.keys(engine.registeredVariables));
  engine.startScope();
  let kept: readonly tf.Tensor[] = [];
  try {
    const artifacts: tf.io.ModelArtifacts = {
      ...(files.json as Omit<typeof files.json, 'weightsManifest'>),
      modelTopology: fuseSilu(openPlaceholders(files.json.modelTopology)),
      weightSpecs: files.json.weightsManifest.flatMap(
        (group) => group.weights as unknown as tf.io.WeightsManifestEntry[],
      ),
      weightData: files.weights,
    };
    const handler = tf.io.fromMemory(artifacts);
    const built =
      form.format === 'graph-model' ? await buildGraph(handler, form) : await buildLayers(handler, form);
    kept = built.network.weights;
    return built;
  } catch (error) {
    for (const [name, variable] of Object.entries(engine.registeredVariables)) {
      if (!variablesBefore.has(name)) variable.dispose();
    }
    const reason = sentenceOf(error);
    throw new Error(
      `TensorFlow.js cannot build the model ${files.name}: ${reason} Export it again with a converter of version 4.`,
      { cause: error },
    );
  } finally {
    engine.endScope([...kept]);
  }
}

/**
 * A topology whose inputs may have any sizes: which of them fit is said by the card (heads/fit.ts). Layers models have
 * no nodes and stay as they are.
 */
function openPlaceholders(topology: Topology): Topology {
  if (!Array.isArray(topology.node)) return topology;
  const node = topology.node.map((of: unknown): unknown => {
    if (typeof of !== 'object' || of === null || !('op' in of) || of.op !== 'Placeholder') return of;
    const attr = 'attr' in of && typeof of.attr === 'object' ? of.attr : {};
    return { ...of, attr: { ...attr, shape: { shape: { unknownRank: true } } } };
  });
  return { ...topology, node };
}

async function buildGraph(handler: tf.io.IOHandler, form: ModelForm): Promise<BuiltNetwork> {
  fuseGraphOps();
  registerSilu();
  const model = await tf.loadGraphModel(handler);
  const listOf = (result: tf.Tensor | tf.Tensor[] | tf.NamedTensorMap): tf.Tensor[] =>
    result instanceof tf.Tensor ? [result] : Array.isArray(result) ? result : Object.values(result);
  const run = (input: tf.Tensor | tf.NamedTensorMap, nodes: readonly string[] | undefined): tf.Tensor[] =>
    listOf(model.execute(input, nodes ? [...nodes] : undefined));
  /** By the shape of the picture; shared by all wirings of the graph. */
  const scaled = new Map<string, tf.NamedTensorMap>();
  const network: Network = {
    run,
    weights: Object.values(model.weights).flat(),
    dispose: () => {
      for (const sizes of scaled.values()) tf.dispose(sizes);
      model.dispose();
    },
  };
  return {
    form,
    network,
    fedAt: (wiring) => {
      const sizesFor = (input: tf.Tensor4D): tf.NamedTensorMap => {
        const key = input.shape.join('x');
        const known = scaled.get(key) ?? scaledSizes(wiring, input.shape);
        scaled.set(key, known);
        return known;
      };
      return {
        ...network,
        run: (input, nodes) => run({ ...sizesFor(input), [wiring.node]: input }, nodes),
      };
    },
  };
}

/** The graph's sizes for another picture than it was exported for. @throws Error when they do not come out whole */
function scaledSizes({ size, layout, sizes }: Wiring, shape: tf.Tensor4D['shape']): tf.NamedTensorMap {
  const [height, width] = layout === 'NHWC' ? [shape[1], shape[2]] : [shape[2], shape[3]];
  if (!size || (size[0] === height && size[1] === width)) return {};
  const result: tf.NamedTensorMap = {};
  for (const [name, [rows = 0, columns = 0]] of sizes) {
    const values = [(rows * height) / size[0], (columns * width) / size[1]];
    if (!values.every(Number.isInteger)) {
      tf.dispose(result);
      throw new Error(
        `It cannot take ${width}x${height} pixels: its inner sizes follow those only in whole numbers. ` +
          'Use sides that are multiples of 32.',
      );
    }
    result[name] = tf.keep(tf.tensor1d(values, 'int32'));
  }
  return result;
}

async function buildLayers(handler: tf.io.IOHandler, form: ModelForm): Promise<BuiltNetwork> {
  const model = await tf.loadLayersModel(handler);
  fuseLayers(model);
  const parts = new Map<string, tf.LayersModel>();
  /** The part of the network that some outputs need: the same layers, run no further. */
  const upTo = (nodes: readonly string[] | undefined): tf.LayersModel => {
    if (!nodes) return model;
    const key = nodes.join();
    const outputs = nodes.map((name) => model.getLayer(name).output as tf.SymbolicTensor);
    const part = parts.get(key) ?? tf.model({ inputs: model.inputs, outputs });
    parts.set(key, part);
    return part;
  };
  const shapes = (tensors: readonly tf.SymbolicTensor[]): ModelForm['inputs'] =>
    tensors.map(({ name, shape }) => ({ name, shape: shape.map((side) => side ?? -1) }));
  return {
    fedAt: null,
    form: { ...form, inputs: shapes(model.inputs), outputs: shapes(model.outputs) },
    network: {
      run: (input, nodes) => {
        const outputs = upTo(nodes).apply(input, { training: false });
        return (Array.isArray(outputs) ? outputs : [outputs]).map((output) => {
          if (output instanceof tf.Tensor) return output;
          throw new Error('The model gave a symbol where a tensor was expected.');
        });
      },
      weights: model.getWeights(),
      dispose: () => {
        model.dispose();
      },
    },
  };
}
