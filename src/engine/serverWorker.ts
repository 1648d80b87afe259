/** The server side in a worker of its own: decoder, detector, backward pass. Spoken to through {@link ServerWorker}. */
import * as tf from '@tensorflow/tfjs';
import * as Comlink from 'comlink';
import type { PassCost } from '../domain/experiment.ts';
import { inputSizeLadder, memberLadder } from '../domain/serverKnobs.ts';
import { onDeviceLost, selectBackend } from '../detectors/backend.ts';
import { loadDetector } from '../detectors/loadDetector.ts';
import { createDnnGrad } from '../gradients/dnnGrad.ts';
import { warmUp } from '../gradients/dnnGradWarmUp.ts';
import type { ServerLane, ServerWorker } from './serverCalls.ts';
import { createServerLane } from './serverLane.ts';
import { createSetups, type Setups } from './setups.ts';
import { createMemory, type Memory } from './watcher.ts';

interface Opened {
  readonly setups: Setups;
  /** Of a pass at rest, as measured. */
  readonly cost: PassCost;
  readonly memory: Memory | null;
}

let opened: Opened | undefined;
const lanes = new Map<number, ServerLane>();

const open = (): Opened => {
  if (!opened) throw new Error('The server was asked to work before its detector was loaded.');
  return opened;
};

const laneAt = (number: number): ServerLane => {
  const { setups, memory } = open();
  const lane = lanes.get(number) ?? createServerLane(setups, memory);
  lanes.set(number, lane);
  return lane;
};

const worker: ServerWorker = {
  async open({ detector: spec, modelFiles, backend, remembers }, onProgress, onLost) {
    onProgress({ label: 'Starting the detector’s backend', fraction: null });
    const selected = await selectBackend(backend);
    onDeviceLost(onLost);
    const progress = (label: string, fraction: number | null): void => onProgress({ label, fraction });
    const detector = await loadDetector(spec, modelFiles, progress);
    const dnnGrad = createDnnGrad(detector);
    const gpuCost = await warmUp(detector, dnnGrad, progress);
    const setups = createSetups(detector, dnnGrad, memberLadder(spec).at(-1) ?? '');
    opened = { setups, cost: gpuCost, memory: remembers ? createMemory() : null };
    return {
      ...selected,
      detector: detector.card.name,
      inputSize: detector.inputSize,
      inputSizes: inputSizeLadder(detector.inputSize).filter(setups.takes),
      threshold: detector.card.threshold,
      gpuCost,
      tfjsVersion: tf.version.tfjs,
    };
  },

  prepare(needed, isTimed, onProgress) {
    const { setups, cost } = open();
    return setups.prepare(needed, isTimed ? cost : null, (label, fraction) =>
      onProgress({ label, fraction }),
    );
  },

  analyse: (lane, request) => laneAt(lane).analyse(request),
  patch: (lane, request) => laneAt(lane).patch(request),
  dnnGrad: (lane, slope, backward, use) => laneAt(lane).dnnGrad(slope, backward, use),
  accGrads: (lane, request) => laneAt(lane).accGrads(request),
  weighed: (lane, errors, use) => laneAt(lane).weighed(errors, use),
  replay: (lane, packets, setting, slope) => laneAt(lane).replay(packets, setting, slope),

  memory() {
    const { numTensors, ...rest } = tf.memory();
    // The WebGPU backend's pool, free buffers included: this is what must not grow.
    const bytes: unknown = 'numBytesAllocatedInGPU' in rest ? rest.numBytesAllocatedInGPU : 0;
    return { tensors: numTensors, gpuBytes: typeof bytes === 'number' ? bytes : 0 };
  },
};

Comlink.expose(worker);
