/** Mends tfjs where its gradients are missing, wrong or slow. **To add one**: a file here, a line below, a test. */
import { registerActivationGradients } from './activation.ts';
import { registerConvolutionGradients } from './convolution.ts';
import { registerFusedConvolutionGradients } from './fusedConvolution.ts';
import { registerAveragePoolGradient } from './averagePool.ts';
import { registerResizeGradients } from './resize.ts';
import { registerStridedSliceGradient } from './stridedSlice.ts';

export { markConstant, releaseFilters } from './filterCache.ts';

let registered = false;

/** Registers all gradient functions with tfjs, once. */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  registerActivationGradients();
  registerConvolutionGradients();
  registerFusedConvolutionGradients();
  registerAveragePoolGradient();
  registerResizeGradients();
  registerStridedSliceGradient();
}
