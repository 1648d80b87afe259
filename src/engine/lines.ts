/** The two workers as the engine calls them: a call fails at once when its worker dies or its device is lost. */
import * as Comlink from 'comlink';
import type { Progress } from './events.ts';
import type { SensorInfo, SensorInput, SensorWorker } from './sensorWorker.ts';
import type { ServerInfo, ServerInput, ServerWorker } from './serverWorker.ts';
import { connect, startSensorWorker, startServerWorker } from './workers.ts';

/** The detector's device is gone, and with it everything on it. */
export class DeviceLostError extends Error {}

type Awaited1<T> = T extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
type Calls<T, K extends keyof T> = { readonly [P in K]: Awaited1<T[P]> };

export type SensorLine = Calls<SensorWorker, 'capture' | 'probe'> & {
  setSceneContent: SensorWorker['setSceneContent'];
  close(): void;
};
export type ServerLine = Calls<ServerWorker, 'analyse' | 'dnnGrad' | 'accGrads' | 'memory'> & {
  close(): void;
};

/** @throws Error in a sentence when the source or the encoder cannot be opened */
export async function openSensor(input: SensorInput): Promise<{ line: SensorLine; info: SensorInfo }> {
  const { remote, died, terminate } = connect<SensorWorker>(startSensorWorker(), 'sensor');
  const guard = <T>(call: Promise<T>): Promise<T> => Promise.race([call, died]);
  try {
    const sent = input.camera ? Comlink.transfer(input, [input.camera.readable]) : input;
    const info = await guard(remote.open(sent));
    const line: SensorLine = {
      capture: (request) => guard(remote.capture(request)),
      probe: (configurations, size) => guard(remote.probe(configurations, size)),
      setSceneContent: (content) => void remote.setSceneContent(content),
      close: () =>
        void Promise.race([remote.close(), died])
          .catch(() => undefined)
          .finally(terminate),
    };
    return { line, info };
  } catch (error) {
    terminate();
    throw error;
  }
}

/** @throws Error in a sentence when backend or detector cannot be had */
export async function openServer(
  input: ServerInput,
  onProgress: (progress: Progress) => void,
): Promise<{ line: ServerLine; info: ServerInfo }> {
  const { remote, died, terminate } = connect<ServerWorker>(startServerWorker(), 'server');
  let lose: (error: Error) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  lost.catch(() => undefined);
  const guard = <T>(call: Promise<T>): Promise<T> => Promise.race([call, died, lost]);
  const onLost = (reason: string): void => lose(new DeviceLostError(reason));
  try {
    const info = await guard(remote.open(input, Comlink.proxy(onProgress), Comlink.proxy(onLost)));
    const line: ServerLine = {
      analyse: (request) => guard(remote.analyse(request)),
      dnnGrad: (slope) => guard(remote.dnnGrad(slope)),
      accGrads: (request) => guard(remote.accGrads(request)),
      memory: () => guard(remote.memory()),
      close: () =>
        void Promise.race([remote.close(), died, lost])
          .catch(() => undefined)
          .finally(terminate),
    };
    return { line, info };
  } catch (error) {
    terminate();
    throw error;
  }
}
