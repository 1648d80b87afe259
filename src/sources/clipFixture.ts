/** Test help: makes small clips, of pictures that carry their own number in their pixels or of what a source shows. */
import {
  BufferTarget,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import type { Rotation } from 'mediabunny';
import type { Source } from '../domain/source.ts';

export const FORMATS = {
  mp4: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  mov: () => new MovOutputFormat({ fastStart: 'in-memory' }),
  webm: () => new WebMOutputFormat(),
  mkv: () => new MkvOutputFormat(),
};

export interface FixtureOptions {
  readonly format?: keyof typeof FORMATS;
  readonly width?: number;
  readonly height?: number;
  /** Start of each frame, seconds. */
  readonly times: readonly number[];
  readonly frameSeconds?: number;
  readonly rotation?: Rotation;
}

/** Bits of the frame number, drawn as black and white columns. */
const BITS = 8;

/** A VP9 clip with one frame at each time; frame n shows n. */
export async function numberedClip(options: FixtureOptions): Promise<Blob> {
  const { width = 128, height = 96, frameSeconds = 0.1, format = 'mp4' } = options;
  return written(format, options.rotation, async (add) => {
    for (const [n, timestamp] of options.times.entries())
      await add(new VideoSample(picture(n, width, height), { timestamp, duration: frameSeconds }));
  });
}

/**
 * Ten frames a second of a source as a VP9 clip. Whole runs on it are as long as on the source, but need not wait for it: a software
 * renderer takes a quarter of a second for a frame of the scene.
 * @param seconds what is recorded ends here, or where the source ends
 */
export async function recordedClip(source: Source, seconds: number): Promise<Blob> {
  return written('mp4', 0, async (add) => {
    for (let tick = 0; tick < seconds * 10; tick += 1) {
      const shown = await source.frameAt(tick / 10);
      if (!shown) return;
      const sample = new VideoSample(shown.frame, { timestamp: tick / 10, duration: 0.1 });
      await add(sample);
    }
  });
}

async function written(
  format: keyof typeof FORMATS,
  rotation: Rotation = 0,
  fill: (add: (sample: VideoSample) => Promise<void>) => Promise<void>,
): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[format](), target });
  const track = new VideoSampleSource({ codec: 'vp9', quality: new Quality('high'), keyFrameInterval: 1 });
  output.addVideoTrack(track, { rotation });
  await output.start();
  await fill(async (sample) => {
    await track.add(sample);
    sample.close();
  });
  await output.finalize();
  if (target.buffer === null) throw new Error('The clip for the test was not written.');
  return new Blob([target.buffer]);
}

function picture(n: number, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D canvas for the test.');
  context.fillStyle = '#777';
  context.fillRect(0, 0, width, height);
  for (let bit = 0; bit < BITS; bit += 1) {
    context.fillStyle = (n >> bit) & 1 ? '#fff' : '#000';
    context.fillRect((bit * width) / BITS, 0, width / BITS, height / 2);
  }
  return canvas;
}

/** The number that a frame shows. Closes the frame. */
export function numberOn(frame: VideoFrame): number {
  const canvas = new OffscreenCanvas(frame.displayWidth, frame.displayHeight);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D canvas for the test.');
  context.drawImage(frame, 0, 0);
  frame.close();
  let n = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const x = Math.floor(((bit + 0.5) * canvas.width) / BITS);
    const [red = 0] = context.getImageData(x, Math.floor(canvas.height / 4), 1, 1).data;
    if (red > 127) n |= 1 << bit;
  }
  return n;
}

/** Counts the frames that are open, from now until `stop`, by watching every way to make one. */
export function watchFrames(): { open: () => number; stop: () => void } {
  const Original = globalThis.VideoFrame;
  const open = new Set<VideoFrame>();
  // The originals are put back and called with their own `this`.
  /* eslint-disable-next-line @typescript-eslint/unbound-method */
  const { clone, close } = Original.prototype;
  globalThis.VideoFrame = new Proxy(Original, {
    construct(target, parameters: ConstructorParameters<typeof VideoFrame>) {
      const frame = new target(...parameters);
      open.add(frame);
      return frame;
    },
  });
  Original.prototype.clone = function (this: VideoFrame) {
    const copy = clone.call(this);
    open.add(copy);
    return copy;
  };
  Original.prototype.close = function (this: VideoFrame) {
    open.delete(this);
    close.call(this);
  };
  const OriginalDecoder = globalThis.VideoDecoder;
  globalThis.VideoDecoder = new Proxy(OriginalDecoder, {
    construct(target, [init]: [VideoDecoderInit]) {
      return new target({
        ...init,
        output: (frame) => {
          open.add(frame);
          init.output(frame);
        },
      });
    },
  });
  return {
    open: () => open.size,
    stop: () => {
      globalThis.VideoFrame = Original;
      globalThis.VideoDecoder = OriginalDecoder;
      Object.assign(Original.prototype, { clone, close });
    },
  };
}
