/**
 * Which backend to begin with where the address names none. A software WebGPU adapter pays milliseconds for every
 * dispatch, so wasm is the faster choice there; the page says why.
 */
import { isSoftwareAdapter } from '../../detectors/softwareAdapter.ts';
import type { Backend } from '../../domain/experiment.ts';

export interface BackendChoice {
  readonly backend: Backend;
  /** A full sentence on why it is not WebGPU; null when it is. */
  readonly reason: string | null;
}

export async function chooseBackend(): Promise<BackendChoice> {
  const wasm = (reason: string): BackendChoice => ({ backend: 'wasm', reason });
  if (!('gpu' in navigator)) {
    return wasm(
      'This browser offers no WebGPU, so the detector runs on wasm. A current Chrome with hardware acceleration is faster.',
    );
  }
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) {
    return wasm(
      'WebGPU found no graphics adapter, so the detector runs on wasm. Check chrome://gpu if this machine has one.',
    );
  }
  if (isSoftwareAdapter(adapter.info)) {
    return wasm(
      'WebGPU is only emulated in software on this machine, so the detector runs on wasm, which is faster here.',
    );
  }
  return { backend: 'webgpu', reason: null };
}
