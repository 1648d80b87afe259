/**
 * Two hundred intervals on a small clip: nothing may pile up. Tensors, and on WebGPU the GPU's bytes, are compared between
 * the 20th interval and the last; of the page's and workers' heap the trend over all samples must be flat. On WebGPU, which takes a quarter of an hour where it is
 * emulated: VITE_SOAK_BACKEND=webgpu npx vitest run --project browser src/engine/soak.browser.ts
 */
import { expect, it } from 'vitest';
import { DEFAULT_ONEADAPT, type Experiment, PERFECT_LINK } from '../domain/experiment.ts';
import { DEFAULT_KNOBS } from '../domain/knob.ts';
import { numberedClip } from '../sources/clipFixture.ts';
import type { RunListener, ServerMemory } from './events.ts';
import { NO_PINS } from '../domain/tiles.ts';
import { startRun } from './run.ts';
import { QUIET_LISTENER } from './testListener.ts';

const BACKEND = import.meta.env.VITE_SOAK_BACKEND === 'webgpu' ? 'webgpu' : 'wasm';
const INTERVALS = 200;
const SETTLED_AFTER = 20;
const SAMPLE_EVERY = 20;
/** Most that the heap's trend may add between the first and the last sample; one 384×224 frame an interval is 61 MB. */
const HEAP_TOLERANCE_BYTES = 6e6;

interface Sample extends ServerMemory {
  readonly interval: number;
  readonly heapBytes: number | null;
}

/** https://wicg.github.io/performance-measure-memory/ — window and workers, after a garbage collection. */
async function heapBytes(): Promise<number | null> {
  const measuring = performance as { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> };
  if (!measuring.measureUserAgentSpecificMemory) return null;
  const measured = measuring.measureUserAgentSpecificMemory();
  const slow = 'The browser did not measure its memory within a minute.';
  return Promise.race([
    measured.then(({ bytes }) => bytes),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(slow)), 60_000)),
  ]);
}

/**
 * Median of the slopes between all pairs of samples (Theil, 1950; Sen, 1968): a collector that breathes by megabytes and a
 * wasm heap that grows by a step leave it alone, what is lost a little at every interval does not.
 */
function trendPerInterval(heap: readonly { readonly interval: number; readonly bytes: number }[]): number {
  const slopes = heap
    .flatMap((from, i) =>
      heap.slice(i + 1).map((to) => (to.bytes - from.bytes) / (to.interval - from.interval)),
    )
    .sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}

it(
  `holds no more after ${INTERVALS} intervals than after ${SETTLED_AFTER} on ${BACKEND}`,
  { timeout: BACKEND === 'webgpu' ? 3_600_000 : 600_000 },
  async () => {
    const clip = await numberedClip({
      times: Array.from({ length: (INTERVALS + 1) * 10 }, (_, n) => n / 10),
    });
    const experiment: Experiment = {
      source: { kind: 'clip', file: 'numbers' },
      // The engine is on trial, not the network: the smallest one leaves time for other tests.
      detector: 'street-nano',
      policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
      knobs: DEFAULT_KNOBS,
      budget: { bandwidthKbps: 60, gpuMsPerSecond: 150 },
      seconds: INTERVALS,
      backend: BACKEND,
      seed: 1,
      codec: 'vp9',
      tileGrid: '8x5',
      tilePins: NO_PINS,
      link: PERFECT_LINK,
      clock: 'virtual',
      gpuCost: { inferenceMs: 20, backwardMs: 60 },
      edits: [],
    };
    const samples: Sample[] = [];
    const errors: string[] = [];
    const sample = async (interval: number): Promise<void> => {
      control.pause();
      samples.push({ interval, ...(await control.memory()), heapBytes: await heapBytes() });
      control.play();
    };
    const listener: RunListener = {
      ...QUIET_LISTENER,
      onInterval: ({ index }) => {
        const isSampled = index >= SETTLED_AFTER && index % SAMPLE_EVERY === 0;
        if (!isSampled && index !== INTERVALS - 2) return;
        sample(index).catch((error: unknown) => {
          errors.push(String(error));
          void control.stop();
        });
      },
      onError: (message) => errors.push(message),
    };
    const control = startRun(experiment, { clips: new Map([['numbers', clip]]) }, listener);
    await control.finished;

    console.info('soak', JSON.stringify(samples));
    expect(errors).toEqual([]);
    const [settled] = samples;
    const last = samples.at(-1);
    if (!settled || !last) throw new Error('The run ended before it was measured.');
    expect(last.tensors).toBe(settled.tensors);
    expect(last.gpuBytes).toBeLessThanOrEqual(settled.gpuBytes);
    const heap = samples.flatMap(({ interval, heapBytes: bytes }) =>
      bytes === null ? [] : [{ interval, bytes }],
    );
    const grown = trendPerInterval(heap) * (last.interval - settled.interval);
    expect(grown).toBeLessThan(HEAP_TOLERANCE_BYTES);
  },
);
