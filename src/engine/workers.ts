/** Starting, watching and ending the two workers. */
import * as Comlink from 'comlink';

export interface Connection<T> {
  readonly remote: Comlink.Remote<T>;
  /** Rejects when the worker itself dies; otherwise never settles. */
  readonly died: Promise<never>;
  readonly terminate: () => void;
}

/** @param what the worker as a sentence names it: "sensor" */
export function connect<T>(worker: Worker, what: string): Connection<T> {
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(
        new Error(
          `The ${what} worker failed: ${event.message || 'its script could not be loaded'}. Reload the page.`,
        ),
      );
    });
    worker.addEventListener('messageerror', () => {
      reject(new Error(`A message of the ${what} worker could not be read. Reload the page.`));
    });
  });
  // Whoever awaits it gets the rejection; nobody awaiting is no error of its own.
  died.catch(() => undefined);
  return { remote: Comlink.wrap<T>(worker), died, terminate: () => worker.terminate() };
}

export const startSensorWorker = (): Worker =>
  new Worker(new URL('./sensorWorker.ts', import.meta.url), { type: 'module', name: 'sensor' });

export const startServerWorker = (): Worker =>
  new Worker(new URL('./serverWorker.ts', import.meta.url), { type: 'module', name: 'server' });
