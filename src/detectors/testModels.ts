/** For tests: a small untrained detector of our own form, as the files that a user would bring. */
import * as tf from '@tensorflow/tfjs';
import type { DetectorCard } from '../domain/card.ts';

export const SMALL_CARD: DetectorCard = {
  name: 'small',
  label: 'Small',
  description: 'Untrained, for tests.',
  licence: 'MIT',
  input: {
    width: 64,
    height: 48,
    layout: 'NHWC',
    channels: 'RGB',
    mean: [123, 117, 104],
    std: [58, 57, 57],
  },
  head: { kind: 'grid', stride: 8 },
  labels: ['car', 'person', 'bicycle'],
  threshold: 0.5,
};

/** Artifacts of a convolutional network [1, h, w, 3] → [1, h/8, w/8, C + 4] with every kind of layer that we use. */
async function artifactsOf(card: DetectorCard): Promise<tf.io.ModelArtifacts> {
  const seed = 3;
  const kernelInitializer = tf.initializers.heNormal({ seed });
  const conv = (
    filters: number,
    kernelSize: number,
    strides: number,
    activation: 'relu' | 'relu6' | 'linear',
  ) => tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same', activation, kernelInitializer });
  const input = tf.input({ batchShape: [1, card.input.height, card.input.width, 3] });
  const a = conv(8, 3, 2, 'relu').apply(input);
  const b = tf.layers
    .depthwiseConv2d({
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      activation: 'relu',
      depthwiseInitializer: kernelInitializer,
    })
    .apply(a);
  const c = conv(16, 3, 2, 'relu6').apply(b);
  const d = tf.layers
    .add()
    .apply([c as tf.SymbolicTensor, conv(16, 3, 1, 'relu').apply(c) as tf.SymbolicTensor]);
  const output = conv(card.labels.length + 4, 1, 1, 'linear').apply(d) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((saved) => {
      artifacts = saved;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  model.dispose();
  if (!artifacts) throw new Error('tfjs saved no model.');
  return artifacts;
}

export interface BroughtFiles {
  readonly json: string;
  readonly weights: ArrayBuffer;
  /** model.json, weights.bin and card.json. */
  readonly files: File[];
}

export async function smallModelFiles(card: DetectorCard = SMALL_CARD): Promise<BroughtFiles> {
  const { modelTopology, weightSpecs, weightData } = await artifactsOf(card);
  if (!(weightData instanceof ArrayBuffer)) throw new Error('tfjs saved the weights in pieces.');
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  const json = JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest });
  return {
    json,
    weights: weightData,
    files: [
      new File([json], 'model.json'),
      new File([weightData], 'weights.bin'),
      new File([JSON.stringify(card)], 'card.json'),
    ],
  };
}
