/** Builds the tfjs network of either format from its files, leaving nothing allocated when that fails. */
import * as tf from '@tensorflow/tfjs';
import type { Network } from './detector.ts';
import { fuseGraphOps, fuseLayers } from './fusedConvolution.ts';
import type { ModelFiles } from './modelFiles.ts';
import { formOf, type ModelForm } from './modelForm.ts';

export interface BuiltNetwork {
  readonly network: Network;
  /** With the outputs of layers models filled in. */
  readonly form: ModelForm;
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
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `TensorFlow.js cannot build the model ${files.name}: ${reason} Export it again with a converter of version 4.`,
      { cause: error },
    );
  } finally {
    engine.endScope([...kept]);
  }
}

async function buildGraph(handler: tf.io.IOHandler, form: ModelForm): Promise<BuiltNetwork> {
  fuseGraphOps();
  const model = await tf.loadGraphModel(handler);
  const listOf = (result: tf.Tensor | tf.Tensor[] | tf.NamedTensorMap): tf.Tensor[] =>
    result instanceof tf.Tensor ? [result] : Array.isArray(result) ? result : Object.values(result);
  return {
    form,
    network: {
      run: (input, nodes) => listOf(model.execute(input, nodes ? [...nodes] : undefined)),
      weights: Object.values(model.weights).flat(),
      dispose: () => model.dispose(),
    },
  };
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
