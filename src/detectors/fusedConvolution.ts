/**
 * Runs convolutions as the backends' fused kernels (convolution, bias, activation in one) by name.
 *
 * Why: tfjs-core's own fused operators split themselves when a gradient is taken, and with a linear activation ask
 * for the filter's gradient as well, which no detector needs and wasm does not have. Run by name, the kernel is one
 * node on the tape, and the gradient function registered for it (gradients/kernels/fusedConvolution.ts) is asked for
 * the input's gradient alone.
 */
import * as tf from '@tensorflow/tfjs';

export type FusedActivation = 'linear' | 'relu' | 'relu6' | 'leakyrelu' | 'sigmoid';
const FUSED_ACTIVATIONS: readonly string[] = ['linear', 'relu', 'relu6', 'leakyrelu', 'sigmoid'];

/** Padding as tfjs kernels take it. */
export type Padding = 'same' | 'valid' | [[0, 0], [number, number], [number, number], [0, 0]];

export interface FusedConvolution {
  readonly kernel: 'FusedConv2D' | 'FusedDepthwiseConv2D';
  /** [height, width]; the same for the dilations. */
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly pad: Padding;
  readonly activation: FusedActivation;
  /** Slope below zero of the leaky ReLU. */
  readonly leakyreluAlpha: number;
}

/** What a gradient function finds among the kernel's attributes besides the convolution itself. */
export interface FusedAttributes extends Omit<FusedConvolution, 'kernel'> {
  /**
   * Shape of x, and the filter itself. Not saved as inputs of the tape's node: tfjs saves by cloning, which on wasm
   * copies the data and makes of a constant a new tensor each time.
   */
  readonly inputShape: [number, number, number, number];
  readonly constantFilter: tf.Tensor4D;
}

/**
 * act(x ⋆ filter + bias), differentiable by x alone.
 * @param x [n, h, w, ci]
 * @param filter a constant, [fh, fw, ci, co], or for depthwise kernels [fh, fw, ci, multiplier]
 * @param bias [co]
 */
export function fusedConvolution(
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: tf.Tensor | undefined,
  { kernel, ...spec }: FusedConvolution,
): tf.Tensor {
  const inputs = bias ? { x, filter, bias } : { x, filter };
  const attributes: FusedAttributes = {
    ...spec,
    inputShape: (x as tf.Tensor4D).shape,
    constantFilter: filter as tf.Tensor4D,
  };
  const forKernel = { ...attributes, dataFormat: 'NHWC', dimRoundingMode: null };
  return tf.engine().runKernel(kernel, inputs, forKernel as unknown as tf.NamedAttrMap);
}

export const isFusedActivation = (name: string): name is FusedActivation => FUSED_ACTIVATIONS.includes(name);

const isPair = (value: unknown): value is [number, number] => Array.isArray(value) && value.length === 2;

/**
 * Lets every convolution of a layers model with a fusable activation run as the fused kernel, by putting another
 * `call` into the layer. The weights are constants from here on: the model cannot be trained any more.
 */
export function fuseLayers(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const kind = layer.getClassName();
    if (kind !== 'Conv2D' && kind !== 'DepthwiseConv2D') continue;
    const { strides, dilationRate, padding, activation, dataFormat } = layer.getConfig();
    const [filter, bias] = layer.getWeights();
    const known =
      isPair(strides) &&
      isPair(dilationRate) &&
      (padding === 'same' || padding === 'valid') &&
      (dataFormat === 'channelsLast' || dataFormat === 'channels_last') &&
      typeof activation === 'string' &&
      isFusedActivation(activation);
    if (!known || !filter) continue;
    const spec: FusedConvolution = {
      kernel: kind === 'Conv2D' ? 'FusedConv2D' : 'FusedDepthwiseConv2D',
      strides,
      dilations: dilationRate,
      pad: padding,
      activation,
      leakyreluAlpha: 0.2,
    };
    layer.call = (inputs) => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!x) throw new Error(`The layer ${layer.name} was called without an input.`);
      return fusedConvolution(x, filter, bias, spec);
    };
  }
}

let graphOpsRegistered = false;

/** The same for graph models: takes over the convolution nodes. Registers once. */
export function fuseGraphOps(): void {
  if (graphOpsRegistered) return;
  graphOpsRegistered = true;
  for (const [op, kernel] of [
    ['Conv2D', 'FusedConv2D'],
    ['_FusedConv2D', 'FusedConv2D'],
    ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D'],
    ['FusedDepthwiseConv2dNative', 'FusedDepthwiseConv2D'],
  ] as const) {
    tf.registerOp(op, (node) => runNode(node, kernel));
  }
}

function runNode({ inputs, attrs }: tf.GraphNode, kernel: FusedConvolution['kernel']): tf.Tensor {
  const [x, filter, bias] = inputs;
  if (!x || !filter || !Array.isArray(attrs.strides)) {
    throw new Error('A convolution of this model lacks its input, its filter or its strides.');
  }
  const operations = Array.isArray(attrs.fused_ops)
    ? attrs.fused_ops.map((op) => String(op).toLowerCase())
    : [];
  const hasBias = operations[0] === 'biasadd';
  const activation = operations[hasBias ? 1 : 0] ?? 'linear';
  const format = textOf(attrs.data_format, 'nhwc');
  if (!isFusedActivation(activation) || format !== 'nhwc') {
    throw new Error(
      `A convolution of this model is of a kind that the lab cannot run (${[...operations, format].join(', ')}). ` +
        'Export it with channels last and without batch normalisation or PReLU fused into it.',
    );
  }
  const spatial = (values: unknown): [number, number] =>
    Array.isArray(values) && values.length === 4 ? [Number(values[1]), Number(values[2])] : [1, 1];
  return fusedConvolution(x, filter, hasBias ? bias : undefined, {
    kernel,
    strides: spatial(attrs.strides),
    dilations: spatial(attrs.dilations),
    pad: paddingOf(attrs),
    activation,
    leakyreluAlpha: typeof attrs.leakyrelu_alpha === 'number' ? attrs.leakyrelu_alpha : 0.2,
  });
}

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value.toLowerCase() : otherwise;

function paddingOf(attributes: tf.GraphNode['attrs']): Padding {
  const padding = textOf(attributes.padding, 'valid');
  if (padding === 'same' || padding === 'valid') return padding;
  const explicit: unknown = attributes.explicit_paddings;
  const at = (i: number): number => (Array.isArray(explicit) ? Number(explicit[i]) : 0);
  return [
    [0, 0],
    [at(2), at(3)],
    [at(4), at(5)],
    [0, 0],
  ];
}
