/**
 * Gradients of LeakyRelu and Relu6 by the Step kernel.
 *
 * Why: tfjs's compare with a scalar and select, which takes tfjs-wasm longer than a convolution. The values are the
 * same.
 */
import * as tf from '@tensorflow/tfjs';

export function registerActivationGradients(): void {
  register('LeakyRelu', (dy, x, { alpha }) => dy.mul(tf.step(x, typeof alpha === 'number' ? alpha : 0.2)));
  register('Relu6', (dy, x) => dy.mul(tf.step(x).mul(tf.step(tf.sub(6, x)))));
}

function register(
  kernelName: string,
  gradient: (dy: tf.Tensor, x: tf.Tensor, attributes: tf.NamedAttrMap) => tf.Tensor,
): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const [x] = saved;
      if (Array.isArray(dy) || !x) throw new Error(`${kernelName} has one output and saves x.`);
      return { x: () => gradient(dy, x, attributes) };
    },
  });
}
