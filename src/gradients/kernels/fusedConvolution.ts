/**
 * Gradients of the fused convolution kernels, which tfjs has none for (its operators split themselves instead, and
 * ask for filter gradients): through the activation by its output, then through the convolution.
 */
import * as tf from '@tensorflow/tfjs';
import type { FusedAttributes } from '../../detectors/fusedConvolution.ts';
import { conv2dInputGradient, depthwiseInputGradient } from './convolutionInput.ts';

/** dy through the activation whose output is y. */
function throughActivation(dy: tf.Tensor4D, y: tf.Tensor4D, attributes: FusedAttributes): tf.Tensor4D {
  switch (attributes.activation) {
    case 'linear':
      return dy;
    case 'relu':
      return dy.mul(tf.step(y));
    case 'relu6':
      return dy.mul(tf.step(y).mul(tf.step(tf.sub(6, y))));
    case 'leakyrelu':
      return dy.mul(tf.step(y, attributes.leakyreluAlpha));
    case 'sigmoid':
      return dy.mul(y.mul(tf.sub(1, y)));
    default:
      return attributes.activation satisfies never;
  }
}

export function registerFusedConvolutionGradients(): void {
  for (const [kernelName, gradient] of [
    ['FusedConv2D', conv2dInputGradient],
    ['FusedDepthwiseConv2D', depthwiseInputGradient],
  ] as const) {
    tf.registerGradient({
      kernelName,
      outputsToSave: [true],
      gradFunc: (dy, saved, attributes) => {
        const [y] = saved as tf.Tensor4D[];
        if (Array.isArray(dy) || !y) throw new Error(`${kernelName} has one output and saves it.`);
        const spec = attributes as unknown as FusedAttributes;
        const { inputShape, constantFilter } = spec;
        return {
          x: () => gradient(inputShape, throughActivation(dy as tf.Tensor4D, y, spec), constantFilter, spec),
        };
      },
    });
  }
}
