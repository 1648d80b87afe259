/**
 * Identity and Cast to the same type without a copy.
 *
 * Why: tfjs saves what a gradient needs by cloning, and casts in most gradients; its wasm backend copies the data each
 * time, a hundred times in one backward pass.
 */
import { heapOf, shared, type Kernel, type KernelCall } from './heap.ts';

const identity = (call: KernelCall) => {
  const { x } = call.inputs;
  return x && x.dtype !== 'string' ? shared(heapOf(call), x, x.shape) : undefined;
};

export const identityKernels: Readonly<Record<string, Kernel>> = {
  Identity: identity,
  Cast: (call) => (call.attrs?.dtype === call.inputs.x?.dtype ? identity(call) : undefined),
};
