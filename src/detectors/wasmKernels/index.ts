/**
 * Kernels of tfjs-wasm that are slow or wrong, done on its heap from TypeScript. **To add one**: a file here, a line
 * below, a line in wasmKernels.browser.ts.
 */
import * as tf from '@tensorflow/tfjs';
import { concatKernels } from './concat.ts';
import type { Kernel } from './heap.ts';
import { identityKernels } from './identity.ts';
import { maxPoolKernels } from './maxPoolGrad.ts';
import { resizeKernels } from './resizeGradient.ts';
import { siluKernels } from './siluGradient.ts';
import { sliceKernels } from './slice.ts';

const REPLACED: Readonly<Record<string, Kernel>> = {
  ...identityKernels,
  ...sliceKernels,
  ...concatKernels,
  ...maxPoolKernels,
};

/** Of our own making. */
const ADDED: Readonly<Record<string, Kernel>> = { ...resizeKernels, ...siluKernels };

let installed = false;

/** Puts our kernels in and in the place of tfjs's. Once; for the whole page or worker. */
export function installWasmKernels(): void {
  if (installed) return;
  installed = true;
  for (const [kernelName, kernel] of Object.entries(REPLACED)) {
    const own = tf.getKernel(kernelName, 'wasm');
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ ...own, kernelFunc: (call) => kernel(call) ?? own.kernelFunc(call) });
  }
  for (const [kernelName, kernel] of Object.entries(ADDED)) {
    const kernelFunc: tf.KernelFunc = (call) => {
      const output = kernel(call);
      if (output) return output;
      throw new Error(`${kernelName} was called without its inputs.`);
    };
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
}
