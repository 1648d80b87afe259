/**
 * Flipped filters, kept between passes.
 *
 * Why: a detector's filters never change, and flipping them costs several kernels a layer. On wasm XNNPACK also
 * prepares (packs) a filter once and finds it again by its tensor, so a fresh filter each pass costs even more.
 */
import * as tf from '@tensorflow/tfjs';

type DataId = tf.Tensor['dataId'];

const constants = new WeakSet<DataId>();
const kept = new Map<DataId, Map<string, tf.Tensor>>();

/** Declares tensors that never change, so that what is made of them may be kept. */
export function markConstant(tensors: readonly tf.Tensor[]): void {
  for (const { dataId } of tensors) constants.add(dataId);
}

/** While tfjs-webgpu compiles shaders ahead (dnnGradWarmUp.ts) it computes nothing that is worth keeping. */
const isOnlyCompiling = (): boolean =>
  tf.getBackend() === 'webgpu' && tf.env().getBool('WEBGPU_ENGINE_COMPILE_ONLY');

/**
 * What `make` makes of a filter; made once where the filter is a constant.
 * @param form names the making and everything it depends on besides the filter
 */
export function derivedFilter(filter: tf.Tensor4D, form: string, make: () => tf.Tensor4D): tf.Tensor4D {
  if (!constants.has(filter.dataId) || isOnlyCompiling()) return make();
  const key = `${form} ${filter.shape.join('x')}`;
  const ofFilter = kept.get(filter.dataId) ?? new Map<string, tf.Tensor>();
  kept.set(filter.dataId, ofFilter);
  const known = ofFilter.get(key);
  if (known) return known as tf.Tensor4D;
  const made = tf.keep(make());
  ofFilter.set(key, made);
  return made;
}

/** Frees what was kept for these constants; it is made again when it is needed again. */
export function releaseFilters(tensors: readonly tf.Tensor[]): void {
  for (const { dataId } of tensors) {
    for (const made of kept.get(dataId)?.values() ?? []) made.dispose();
    kept.delete(dataId);
    constants.delete(dataId);
  }
}
