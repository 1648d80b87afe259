/** The preview's worker as the page calls it: calls fail at once when it dies or the preview is closed. */
import * as Comlink from 'comlink';
import type { DetectorCard } from '../domain/card.ts';
import type { GpuCost } from '../domain/experiment.ts';
import type { Progress, ServerMemory } from './events.ts';
import { watch } from './lines.ts';
import type {
  PictureRequest,
  PreviewDetections,
  PreviewInput,
  PreviewModel,
  PreviewPicture,
  PreviewWorker,
} from './previewWorker.ts';

export type { PictureRequest, PreviewBox, PreviewDetections, PreviewModel } from './previewWorker.ts';
export type { PreviewInput, PreviewPicture } from './previewWorker.ts';

/** See {@link PreviewWorker}. */
export interface Preview {
  open(input: PreviewInput, onProgress: (progress: Progress) => void): Promise<PreviewModel>;
  picture(request: PictureRequest): Promise<PreviewPicture>;
  detect(card: DetectorCard): Promise<PreviewDetections>;
  tryPasses(card: DetectorCard, onProgress: (progress: Progress) => void): Promise<GpuCost>;
  memory(): Promise<ServerMemory>;
  /** Ends the worker with all that it holds; open calls are rejected. */
  close(): void;
}

/** Starts a worker for one model. */
export function startPreview(): Preview {
  const worker = new Worker(new URL('./previewWorker.ts', import.meta.url), {
    type: 'module',
    name: 'preview',
  });
  const stop = new AbortController();
  const guard = watch(worker, 'preview', stop.signal);
  const remote = Comlink.wrap<PreviewWorker>(worker);
  return {
    open: (input, onProgress) => guard(remote.open(input, Comlink.proxy(onProgress))),
    picture: (request) =>
      guard(remote.picture(request.image ? Comlink.transfer(request, [request.image]) : request)),
    detect: (card) => guard(remote.detect(card)),
    tryPasses: (card, onProgress) => guard(remote.tryPasses(card, Comlink.proxy(onProgress))),
    memory: () => guard(remote.memory()),
    close: () => {
      stop.abort();
      worker.terminate();
    },
  };
}
