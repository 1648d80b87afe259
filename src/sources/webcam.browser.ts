import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchFrames } from './clipFixture.ts';
import { CAMERA_SILENCE_MS, openWebcam } from './webcam.ts';

const size = { width: 32, height: 16 };

/** A camera that the test works by hand. */
function camera(): {
  readable: ReadableStream<VideoFrame>;
  send: (milliseconds: number) => void;
  end: () => void;
} {
  let out: ReadableStreamDefaultController<VideoFrame> | undefined;
  const readable = new ReadableStream<VideoFrame>({ start: (controller) => void (out = controller) });
  return {
    readable,
    send: (milliseconds) => {
      const init = {
        format: 'I420',
        codedWidth: 32,
        codedHeight: 16,
        timestamp: milliseconds * 1000,
      } as const;
      out?.enqueue(new VideoFrame(new Uint8Array(768), init));
    },
    end: () => out?.close(),
  };
}

let frames: ReturnType<typeof watchFrames>;
beforeEach(() => {
  frames = watchFrames();
});
afterEach(async () => {
  vi.useRealTimers();
  await expect.poll(() => frames.open()).toBe(0);
  frames.stop();
});

describe('openWebcam', () => {
  test('gives the newest frame and closes the older ones', async () => {
    const { readable, send } = camera();
    const source = openWebcam(readable, size);
    expect(source).toMatchObject({ size, live: true, durationSeconds: null });
    [0, 33, 66, 100].forEach(send);
    await expect.poll(() => frames.open()).toBe(1);
    const first = await source.frameAt(0);
    expect(first?.seconds).toBeCloseTo(0.1);
    const again = await source.frameAt(0);
    expect(again?.frame.timestamp).toBe(100_000);
    first?.frame.close();
    again?.frame.close();
    source.close();
  });

  test('waits for the first frame', async () => {
    const { readable, send } = camera();
    const source = openWebcam(readable, size);
    const waiting = source.frameAt(0);
    send(7);
    const shown = await waiting;
    expect(shown?.seconds).toBe(0);
    shown?.frame.close();
    source.close();
  });

  test('says that the camera is gone', async () => {
    const { readable, send, end } = camera();
    const source = openWebcam(readable, size);
    send(0);
    (await source.frameAt(0))?.frame.close();
    end();
    await expect.poll(() => frames.open()).toBe(0);
    await expect(source.frameAt(1)).rejects.toThrow(/^The camera has stopped: .*\.$/);
    source.close();
  });

  test('says that the camera is silent', async () => {
    vi.useFakeTimers();
    const source = openWebcam(camera().readable, size);
    const waiting = expect(source.frameAt(0)).rejects.toThrow('no picture for 5 seconds');
    await vi.advanceTimersByTimeAsync(CAMERA_SILENCE_MS + 1);
    await waiting;
    source.close();
  });
});
