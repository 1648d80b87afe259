/**
 * A webcam as a source: always its newest frame. Frames that nobody asked for are closed at once, since a camera
 * stops delivering when a few of its frames are held.
 *
 * `MediaStreamTrackProcessor` exists only in the window: the page makes one and transfers its `readable` here.
 */
import type { Size } from '../domain/size.ts';
import type { Source, SourceFrame } from '../domain/source.ts';

/** A camera that sends nothing for this long counts as broken, milliseconds. */
export const CAMERA_SILENCE_MS = 5000;

const UNPLUGGED =
  'The camera has stopped: it was unplugged, taken by another program, or its permission was withdrawn. ' +
  'Connect it and start the webcam again.';
const SILENT =
  `The camera has sent no picture for ${CAMERA_SILENCE_MS / 1000} seconds. ` +
  'Check that it is switched on, uncovered and not used by another program, then start the webcam again.';

/**
 * @param readable the camera's frames; taken over by the source
 * @param settings size of the frames as the track's `getSettings()` gives it, pixels
 */
export function openWebcam(readable: ReadableStream<VideoFrame>, settings: Size): Source {
  const reader = readable.getReader();
  let newest: VideoFrame | null = null;
  let newestAt = performance.now();
  let firstTimestamp: number | null = null;
  let failure: string | null = null;
  let closed = false;
  let wake: () => void = () => undefined;

  const pump = async (): Promise<void> => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      if (closed) {
        value.close();
        continue;
      }
      newest?.close();
      newest = value;
      newestAt = performance.now();
      firstTimestamp ??= value.timestamp;
      wake();
    }
  };
  void pump()
    .catch(() => undefined)
    .then(() => {
      failure = UNPLUGGED;
      newest?.close();
      newest = null;
      wake();
    });

  /** Resolves when a frame came, the stream ended, or the camera was silent for too long. */
  const frameOrEnd = async (): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, CAMERA_SILENCE_MS);
    });
    clearTimeout(timer);
    wake = () => undefined;
  };

  const frameAt = async (): Promise<SourceFrame | null> => {
    if (closed) throw new Error('The webcam is closed; start it again to read frames from it.');
    if (failure === null && newest === null) await frameOrEnd();
    if (failure !== null) throw new Error(failure);
    if (newest === null || performance.now() - newestAt > CAMERA_SILENCE_MS) throw new Error(SILENT);
    const frame = newest.clone();
    return { frame, seconds: (frame.timestamp - (firstTimestamp ?? frame.timestamp)) / 1e6, truth: null };
  };

  return {
    size: { width: settings.width, height: settings.height },
    durationSeconds: null,
    live: true,
    frameAt,
    close: () => {
      if (closed) return;
      closed = true;
      newest?.close();
      newest = null;
      wake();
      void reader.cancel().catch(() => undefined);
    },
  };
}
