/** Chooses where tfjs computes: WebGPU, WebAssembly with threads and SIMD, WebGL or plain JavaScript. */
import * as tf from '@tensorflow/tfjs';
import type { Backend } from '../domain/experiment.ts';
import { isSoftwareAdapter } from './softwareAdapter.ts';
import { installSoftwareKernels } from './softwareGpu/index.ts';
import { installWasmKernels } from './wasmKernels/index.ts';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';

export interface SelectedBackend {
  readonly backend: Backend;
  /** What computes, as a person reads it. */
  readonly adapter: string;
  /** One sentence when the backend is not the one that was asked for; null when it is. */
  readonly fallback: string | null;
  /** Threads of the wasm backend; 1 elsewhere. */
  readonly threads: number;
}

/** More threads than this do not make these small networks faster. */
const MAX_THREADS = 8;

const FALLBACKS: readonly Backend[] = ['webgpu', 'wasm', 'cpu'];

const NAMES: Readonly<Record<Backend, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'JavaScript (cpu)',
};

/**
 * Makes `wanted` the tfjs backend, or else the next that works of webgpu, wasm, cpu.
 * @throws Error when none works
 */
export async function selectBackend(wanted: Backend): Promise<SelectedBackend> {
  const later = FALLBACKS.slice(FALLBACKS.indexOf(wanted) + 1);
  const failures: string[] = [];
  for (const backend of [wanted, ...later.filter((other) => other !== wanted)]) {
    try {
      const { adapter, threads } = await start(backend);
      const fallback =
        failures.length === 0
          ? null
          : `The lab computes on ${NAMES[backend]} instead of ${NAMES[wanted]}: ${failures.join('; ')}.`;
      return { backend, adapter, fallback, threads };
    } catch (error) {
      failures.push(`${NAMES[backend]} ${error instanceof Error ? error.message : 'failed'}`);
    }
  }
  throw new Error(
    `No way to compute works in this browser: ${failures.join('; ')}. Use a current Chrome or Edge.`,
  );
}

interface Started {
  readonly adapter: string;
  readonly threads: number;
}

/** @throws Error whose message goes on after the backend's name: "… is not offered by this browser" */
async function start(backend: Backend): Promise<Started> {
  switch (backend) {
    case 'webgpu':
      return startWebGpu();
    case 'wasm':
      return startWasm();
    case 'webgl':
      await activate('webgl');
      return { adapter: webglRenderer(), threads: 1 };
    case 'cpu':
      await activate('cpu');
      return { adapter: 'plain JavaScript', threads: 1 };
    default:
      return backend satisfies never;
  }
}

async function activate(name: Backend): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('could not be started');
  await tf.ready();
}

async function startWebGpu(): Promise<Started> {
  const gpu = (navigator as { gpu?: GPU }).gpu;
  if (!gpu) throw new Error('is not offered by this browser');
  const found = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!found) throw new Error('finds no graphics adapter');
  await import('@tensorflow/tfjs-backend-webgpu');
  await activate('webgpu');
  if (isSoftwareAdapter(found.info)) installSoftwareKernels();
  const { vendor, architecture, device, description } = found.info;
  const named = [vendor, architecture, device, description].filter((part) => part !== '');
  return { adapter: named.join(' ') || 'WebGPU adapter', threads: 1 };
}

/**
 * WebAssembly as TensorFlow.js brings it, without the lab's kernels: what the benchmark compares with.
 * @returns the number of threads, which counts only where the browser allows threads
 */
export async function startPlainWasm(): Promise<number> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const absolute = (url: string): string => new URL(url, globalThis.location.href).href;
  wasm.setWasmPaths({
    'tfjs-backend-wasm.wasm': absolute(wasmPlain),
    'tfjs-backend-wasm-simd.wasm': absolute(wasmSimd),
    'tfjs-backend-wasm-threaded-simd.wasm': absolute(wasmThreaded),
  });
  wasm.setThreadsCount(Math.min(MAX_THREADS, navigator.hardwareConcurrency));
  await activate('wasm');
  return wasm.getThreadsCount();
}

async function startWasm(): Promise<Started> {
  const wanted = await startPlainWasm();
  installWasmKernels();
  const [simd, threaded] = await Promise.all([
    tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'),
    tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'),
  ]);
  const threads = simd === true && threaded === true ? wanted : 1;
  const count = `${threads} thread${threads === 1 ? '' : 's'}`;
  return { adapter: `CPU, ${count}${simd === true ? ', SIMD' : ''}`, threads };
}

function webglRenderer(): string {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  const extension = context?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = extension ? context?.getParameter(extension.UNMASKED_RENDERER_WEBGL) : null;
  return typeof name === 'string' ? name : 'WebGL 2';
}

/**
 * Calls back once when the WebGPU device is lost: every tensor on it is gone, the worker has to be made anew.
 * Other backends cannot be lost. Nothing in the lab destroys its device, so a destroyed one counts as lost too.
 * @param callback gets a full sentence
 */
export function onDeviceLost(callback: (message: string) => void): void {
  const backend = tf.backend();
  if (!('device' in backend) || !(backend.device instanceof GPUDevice)) return;
  void backend.device.lost.then(({ message }) => {
    callback(
      `The graphics device was lost (${message || 'no reason given'}). The detector has to be started again.`,
    );
  });
}
