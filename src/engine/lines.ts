/** The two workers as the engine calls them: calls fail at once when a worker dies, is stopped or loses its device. */
import * as Comlink from 'comlink';
import type { Progress } from './events.ts';
import { createGuard, type Guard } from './guard.ts';
import type { Lane, SensorInfo, SensorInput, SensorLane, SensorWorker } from './sensorWorker.ts';
import type { TilePlan } from '../domain/tiles.ts';
import type { ServerInfo, ServerInput, ServerLane, ServerWorker } from './serverCalls.ts';

/** The detector's device is gone, and with it everything on it. */
export class DeviceLostError extends Error {}

/** The user stopped the run; nobody needs to be told. */
export class StoppedError extends Error {}

type Remote<T> = T extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
type Calls<T, K extends keyof T> = { readonly [P in K]: Remote<T[P]> };

export type SensorLine = Calls<
  SensorWorker,
  'capture' | 'advance' | 'original' | 'shown' | 'importance' | 'places' | 'differences' | 'setSceneContent'
> &
  Calls<SensorLane, keyof SensorLane> & {
    /** The same sensor for another policy, with its own plan for the tiles. */
    lane(number: number, tiles: TilePlan): SensorLine;
    close(): void;
  };
export type ServerLine = Calls<ServerWorker, 'prepare' | 'memory'> &
  Calls<ServerLane, keyof ServerLane> & {
    /** The same server for another policy. */
    lane(number: number): ServerLine;
    close(): void;
  };

/**
 * @param name of the worker, as a sentence says it
 * @param stop fails every call
 */
export function watch(worker: Worker, name: string, stop: AbortSignal): Guard {
  const guard = createGuard();
  worker.addEventListener('error', (event) => {
    const reason = event.message || 'its script could not be loaded';
    guard.fail(new Error(`The ${name} worker failed: ${reason}. Reload the page.`));
  });
  worker.addEventListener('messageerror', () => {
    guard.fail(new Error(`A message of the ${name} worker could not be read. Reload the page.`));
  });
  const fail = (): void => failStopped(guard);
  stop.addEventListener('abort', fail);
  if (stop.aborted) fail();
  return guard;
}

const failStopped = (guard: Guard): void => guard.fail(new StoppedError('The run was stopped.'));

/** A worker that is gone answers nobody. */
const closing = (worker: Worker, guard: Guard) => (): void => {
  failStopped(guard);
  worker.terminate();
};

/**
 * @param stop ends every call and the worker
 * @throws Error in a sentence when the source or the encoder cannot be opened
 */
export async function openSensor(
  input: SensorInput,
  stop: AbortSignal,
): Promise<{ line: SensorLine; info: SensorInfo }> {
  const worker = new Worker(new URL('./sensorWorker.ts', import.meta.url), {
    type: 'module',
    name: 'sensor',
  });
  const guard = watch(worker, 'sensor', stop);
  const remote = Comlink.wrap<SensorWorker>(worker);
  try {
    const sent = input.camera ? Comlink.transfer(input, [input.camera.readable]) : input;
    const info = await guard(remote.open(sent));
    const line = (lane: Lane): SensorLine => ({
      capture: (request) => guard(remote.capture(request)),
      advance: () => guard(remote.advance()),
      probe: (configurations, size, step) => guard(remote.probe(lane, configurations, size, step)),
      original: (size) => guard(remote.original(size)),
      reencode: (configuration, stream) => guard(remote.reencode(lane, configuration, stream)),
      encodeLayer: (request) => guard(remote.encodeLayer(lane, request)),
      shown: (choices, size) => guard(remote.shown(choices, size)),
      importance: (grid) => guard(remote.importance(grid)),
      places: (choice) => guard(remote.places(choice)),
      differences: () => guard(remote.differences()),
      setSceneContent: (content) => guard(remote.setSceneContent(content)),
      lane: (number, tiles) => line({ number, tiles }),
      close: closing(worker, guard),
    });
    return { line: line({ number: 0, tiles: null }), info };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/**
 * @param stop ends every call and the worker
 * @throws Error in a sentence when backend or detector cannot be had
 */
export async function openServer(
  input: ServerInput,
  onProgress: (progress: Progress) => void,
  stop: AbortSignal,
): Promise<{ line: ServerLine; info: ServerInfo }> {
  const worker = new Worker(new URL('./serverWorker.ts', import.meta.url), {
    type: 'module',
    name: 'server',
  });
  const guard = watch(worker, 'server', stop);
  const remote = Comlink.wrap<ServerWorker>(worker);
  const onLost = (reason: string): void => guard.fail(new DeviceLostError(reason));
  try {
    const info = await guard(remote.open(input, Comlink.proxy(onProgress), Comlink.proxy(onLost)));
    const line = (at: number): ServerLine => ({
      prepare: (needed, isTimed, listen) => guard(remote.prepare(needed, isTimed, Comlink.proxy(listen))),
      analyse: (request) => guard(remote.analyse(at, request)),
      patch: (request) => guard(remote.patch(at, request)),
      dnnGrad: (slope, backward, use) => guard(remote.dnnGrad(at, slope, backward, use)),
      accGrads: (request) => guard(remote.accGrads(at, request)),
      weighed: (errors, use) => guard(remote.weighed(at, errors, use)),
      replay: (packets, setting, slope) => guard(remote.replay(at, packets, setting, slope)),
      memory: () => guard(remote.memory()),
      lane: line,
      close: closing(worker, guard),
    });
    return { line: line(0), info };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}
