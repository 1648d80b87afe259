/**
 * Frames to pixels and back at a given size, by a 2-D canvas kept in main memory: the same on every machine, and the
 * only road that the software WebGPU adapter survives (it loses the device on external textures).
 */
import type { Colour } from '../domain/configuration.ts';
import { formatSize, type Size } from '../domain/size.ts';

export interface Scaler {
  /** The image scaled to this scaler's size, in colour or grey: RGBA, 4 bytes a pixel, rows from the top. */
  pixels(image: CanvasImageSource, colour?: Colour): Uint8ClampedArray<ArrayBuffer>;
  /** The same as a frame that can be encoded; the caller closes it. */
  frame(image: CanvasImageSource, timestampMicros: number, colour?: Colour): VideoFrame;
}

export function createScaler(size: Size): Scaler {
  const { width, height } = size;
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
    alpha: false,
  });
  if (!context) throw new Error('This browser gave no 2-D canvas to scale frames with. Reload the page.');
  context.imageSmoothingQuality = 'medium';
  // Drawn over the picture before, one pixel in some hundred thousand would keep a level of it.
  context.globalCompositeOperation = 'copy';

  const unscaled = createCopy();
  const pixels: Scaler['pixels'] = (image, colour = 'colour') => {
    context.drawImage(unscaled(image), 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    if (colour === 'grey') removeChroma(data);
    return data;
  };
  return {
    pixels,
    frame: (image, timestampMicros, colour = 'colour') => {
      // Drawing would not change a pixel, but takes a software GPU 5 to 10 ms.
      if (colour === 'colour' && isSame(image, size))
        return new VideoFrame(image, { timestamp: timestampMicros });
      return new VideoFrame(pixels(image, colour), {
        format: 'RGBX',
        codedWidth: width,
        codedHeight: height,
        timestamp: timestampMicros,
      });
    },
  };
}

/**
 * Copies a video frame to a canvas at its own size; any other image is given back. Scaled from there it takes a tenth of the
 * time: a frame that is scaled as it is drawn goes over the browser's GPU process, 5 to 11 ms a frame on a software GPU.
 */
export function createCopy(): (image: CanvasImageSource) => CanvasImageSource {
  const contexts = new Map<string, OffscreenCanvasRenderingContext2D>();
  return (frame) => {
    if (!(frame instanceof VideoFrame)) return frame;
    const { displayWidth: width, displayHeight: height } = frame;
    const key = formatSize({ width, height });
    const context =
      contexts.get(key) ??
      new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('This browser gave no 2-D canvas to copy frames to. Reload the page.');
    contexts.set(key, context);
    context.drawImage(frame, 0, 0, width, height);
    return context.canvas;
  };
}

/** Is it a frame whose pixels a canvas of this size would give back as they are? */
const isSame = (image: CanvasImageSource, { width, height }: Size): image is VideoFrame =>
  image instanceof VideoFrame &&
  image.format === 'RGBX' &&
  image.visibleRect?.width === width &&
  image.visibleRect.height === height &&
  image.displayWidth === width &&
  image.displayHeight === height;

/**
 * Replaces each pixel by the grey of its luma. The weights are those by which the encoder makes luma of RGB (BT.709), so that its luma
 * plane stays as it was while its chroma planes are 128 throughout, which costs next to nothing.
 */
function removeChroma(data: Uint8ClampedArray): void {
  for (let at = 0; at < data.length; at += 4) {
    const luma = 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
    data.fill(luma, at, at + 3);
  }
}

/**
 * Pixels of one size at another, as if the picture were seen at the one and shown at the other.
 * @param rgba at `from`
 */
export function resized(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  from: Size,
  to: Scaler,
): Uint8ClampedArray<ArrayBuffer> {
  const canvas = new OffscreenCanvas(from.width, from.height);
  canvas.getContext('2d', { alpha: false })?.putImageData(new ImageData(rgba, from.width, from.height), 0, 0);
  return to.pixels(canvas);
}

/** Scalers by size, made when first needed: a ladder has few sizes. */
export function createScalers(): (size: Size) => Scaler {
  const made = new Map<string, Scaler>();
  return (size) => {
    const key = formatSize(size);
    const scaler = made.get(key) ?? createScaler(size);
    made.set(key, scaler);
    return scaler;
  };
}
