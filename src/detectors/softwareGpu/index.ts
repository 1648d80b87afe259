/** Makes tfjs-webgpu bearable on software adapters by other kernels; graphics cards keep tfjs's own. */
import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { directConvolution, hasActivation } from './directConvolution.ts';

interface ConvolutionAttributes {
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dilations: [number, number];
  readonly dataFormat: string;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil' | null;
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

let installed = false;

/** Puts our kernels in the place of tfjs's. Once; for the whole page or worker. */
export function installSoftwareKernels(): void {
  if (installed) return;
  installed = true;
  for (const kernelName of ['Conv2D', 'FusedConv2D']) {
    const own = tf.getKernel(kernelName, 'webgpu');
    tf.unregisterKernel(kernelName, 'webgpu');
    tf.registerKernel({ ...own, kernelFunc: (call) => convolve(call) ?? own.kernelFunc(call) });
  }
}

type KernelCall = Parameters<tf.KernelFunc>[0];

/** @returns undefined for what the direct program does not do: channels first, PReLU, other activations */
function convolve({ inputs, attrs, backend }: KernelCall): tf.TensorInfo | undefined {
  const { x, filter, bias, preluActivationWeights } = inputs;
  const attributes = attrs as unknown as ConvolutionAttributes;
  const { activation = 'linear', leakyreluAlpha = 0.2 } = attributes;
  if (
    !x ||
    !filter ||
    preluActivationWeights ||
    attributes.dataFormat !== 'NHWC' ||
    !hasActivation(activation)
  ) {
    return undefined;
  }
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    attributes.strides,
    attributes.dilations,
    attributes.pad,
    attributes.dimRoundingMode ?? undefined,
  );
  const program = directConvolution(info, bias !== undefined, activation);
  return (backend as Pick<WebGPUBackend, 'runWebGPUProgram'>).runWebGPUProgram(
    program,
    bias ? [x, filter, bias] : [x, filter],
    'float32',
    [{ type: 'float32', data: [leakyreluAlpha] }],
  );
}
