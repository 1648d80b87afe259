/** Gradients of Conv2D and DepthwiseConv2dNative by the input; the filters are a detector's constants. */
import * as tf from '@tensorflow/tfjs';
import {
  conv2dInputGradient,
  depthwiseInputGradient,
  type ConvolutionAttributes,
} from './convolutionInput.ts';

/** tfjs's own functions, for channels-first data. */
const native = new Map<string, tf.GradConfig>();

type Gradient = typeof conv2dInputGradient;

function inputGradientConfig(kernelName: string, gradient: Gradient): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['x', 'filter'],
    gradFunc: (dy, saved, attributes) => {
      const [x, filter] = saved;
      if (Array.isArray(dy) || !x || !filter)
        throw new Error(`${kernelName} has one output and saves x and filter.`);
      const isChannelsFirst = 'dataFormat' in attributes && attributes.dataFormat === 'NCHW';
      const own = native.get(kernelName);
      if (own && isChannelsFirst) return own.gradFunc(dy, saved, attributes);
      const spec = attributes as unknown as ConvolutionAttributes;
      return {
        x: () => gradient((x as tf.Tensor4D).shape, dy as tf.Tensor4D, filter as tf.Tensor4D, spec),
      };
    },
  };
}

export function registerConvolutionGradients(): void {
  for (const [kernelName, gradient] of [
    ['Conv2D', conv2dInputGradient],
    ['DepthwiseConv2dNative', depthwiseInputGradient],
  ] as const) {
    native.set(kernelName, tf.getGradient(kernelName));
    tf.registerGradient(inputGradientConfig(kernelName, gradient));
  }
}
