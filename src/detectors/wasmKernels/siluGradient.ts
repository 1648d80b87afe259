/** dx = dy · s · (1 + x·(1 − s)) with s = σ(x) in one go, where tfjs would run seven kernels. */
import type * as tf from '@tensorflow/tfjs';
import { heapOf, type Kernel, type KernelCall } from './heap.ts';

/** Inputs: dy, x and s, all of one shape. */
export const SILU_GRADIENT = 'SiluGradient';

function siluGradient(call: KernelCall): tf.TensorInfo | undefined {
  const { dy, x, s } = call.inputs;
  if (!dy || !x || !s) return undefined;
  const heap = heapOf(call);
  const output = heap.makeOutput(x.shape, 'float32');
  const [gradient, input, sigmoid, dx] = [dy, x, s, output].map((of) => heap.typedArrayFromHeap(of));
  if (!gradient || !input || !sigmoid || !dx) return undefined;
  for (let i = 0; i < dx.length; i += 1) {
    const share = sigmoid[i] ?? 0;
    dx[i] = (gradient[i] ?? 0) * share * (1 + (input[i] ?? 0) * (1 - share));
  }
  return output;
}

export const siluKernels: Readonly<Record<string, Kernel>> = { [SILU_GRADIENT]: siluGradient };
