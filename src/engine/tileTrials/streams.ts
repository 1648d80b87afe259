/** Realisations of per-tile quality, from captured frames to what the server sees of them. */
import type { Size } from '../../domain/size.ts';
import { scaleSize, formatSize } from '../../domain/size.ts';
import { gridShape, losesDetail, lowQuantizer, type TileGrid } from '../../domain/tiles.ts';
import { createFrameDecoder } from '../../sensor/frameDecoder.ts';
import { createFrameEncoder, type FrameEncoder } from '../../sensor/frameEncoder.ts';
import { createScaler, createScalers } from '../../sensor/pixels.ts';
import { composed } from '../../sensor/tiles/composed.ts';
import { createTileFilter, SHRINK, type TileFilter } from '../../sensor/tiles/filter.ts';
import { planesOf } from '../../sensor/tiles/planes.ts';
import { createFarEnd, encodeTiles, type TilesRequest } from '../../sensor/tiles/twoPasses.ts';
import type { Realisation } from './trial.ts';

const CODEC = 'vp9';
const LARGEST_QUANTIZER = 255;

export interface Streamed {
  /** What the server sees at each frame, RGBA at the detector's input size. */
  readonly pictures: Uint8ClampedArray<ArrayBuffer>[];
  readonly bytes: number;
  /** Of these its first frame, a key frame. */
  readonly keyBytes: number;
}

export interface StreamRequest {
  readonly realisation: Realisation;
  readonly quantizer: number;
  readonly kept: readonly boolean[];
  readonly grid: TileGrid;
}

/** As the sensor does it. */
const FILTER = { kind: 'filter', shrink: SHRINK, freeze: false } as const;

function realised({ realisation, quantizer }: StreamRequest): Exclude<Realisation, { kind: 'byQuantizer' }> {
  if (realisation.kind !== 'byQuantizer') return realisation;
  return losesDetail(quantizer, LARGEST_QUANTIZER) ? FILTER : { kind: 'passes' };
}

const isPlain = ({ realisation, kept }: StreamRequest): boolean =>
  realisation.kind === 'plain' || kept.every(Boolean);

/** Requests with the same key send the same bytes. */
export const streamKey = (request: StreamRequest): string =>
  JSON.stringify(
    isPlain(request) ? request.quantizer : [realised(request), request.quantizer, request.grid, request.kept],
  );

const bytesOf = (sizes: readonly number[]): Omit<Streamed, 'pictures'> => ({
  bytes: sizes.reduce((a, b) => a + b, 0),
  keyBytes: sizes[0] ?? 0,
});

/** An interval's frames as one realisation sends them; every call is a stream of its own. */
export type StreamFrames = (frames: readonly VideoFrame[], request: StreamRequest) => Promise<Streamed>;

/**
 * @param size at which frames are encoded
 * @param input size of the detector's input
 */
export function createStreams(size: Size, input: Size): StreamFrames {
  const scalers = createScalers();
  const encoders = new Map<string, FrameEncoder>();
  const filters = new Map<number, TileFilter>();
  const decoders = [createFrameDecoder(CODEC), createFrameDecoder(CODEC)] as const;
  const inputScaler = createScaler(input);
  const farEnd = createFarEnd(size);

  const encoderOf = async (of: Size): Promise<FrameEncoder> => {
    const key = formatSize(of);
    const encoder = encoders.get(key) ?? (await createFrameEncoder(CODEC, of));
    encoders.set(key, encoder);
    return encoder;
  };

  const filterOf = (shrink: number): TileFilter => {
    const filter = filters.get(shrink) ?? createTileFilter(size, shrink);
    filters.set(shrink, filter);
    return filter;
  };

  /** Encodes images as one stream and decodes them; the caller closes the frames. */
  const roundTrip = async (
    images: readonly VideoFrame[],
    draw: (image: VideoFrame, index: number) => CanvasImageSource,
    of: Size,
    quantizer: number,
    decoder: (typeof decoders)[number],
  ): Promise<{ frames: VideoFrame[] } & Omit<Streamed, 'pictures'>> => {
    const encoder = await encoderOf(of);
    encoder.restart();
    const frames: VideoFrame[] = [];
    const sizes: number[] = [];
    for (const [index, image] of images.entries()) {
      const scaled = scalers(of).frame(draw(image, index), image.timestamp);
      const packet = await encoder.encode(scaled, quantizer, index === 0);
      scaled.close();
      sizes.push(packet.data.length);
      frames.push(await decoder.decode(packet));
    }
    return { frames, ...bytesOf(sizes) };
  };

  const seen = (frames: readonly VideoFrame[]): Uint8ClampedArray<ArrayBuffer>[] =>
    frames.map((frame) => {
      const pixels = inputScaler.pixels(frame);
      frame.close();
      return pixels;
    });

  /** Kept tiles with their hard edges on black. */
  const onBlack = (
    kept: readonly boolean[],
    grid: TileGrid,
  ): ((image: CanvasImageSource) => OffscreenCanvas) => {
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser gave no 2-D canvas. Reload the page.');
    context.imageSmoothingQuality = 'medium';
    const { columns, rows } = gridShape(grid);
    return (image) => {
      context.drawImage(image, 0, 0, size.width, size.height);
      context.fillStyle = 'black';
      kept.forEach((isKept, tile) => {
        if (isKept) return;
        const [column, row] = [tile % columns, Math.floor(tile / columns)];
        const left = Math.round((column * size.width) / columns);
        const top = Math.round((row * size.height) / rows);
        const right = Math.round(((column + 1) * size.width) / columns);
        const bottom = Math.round(((row + 1) * size.height) / rows);
        context.fillRect(left, top, right - left, bottom - top);
      });
      return canvas;
    };
  };

  /** As the sensor does it. */
  const inPasses = async (
    frames: readonly VideoFrame[],
    tiles: Pick<TilesRequest, 'kept' | 'grid' | 'fine' | 'coarse'>,
  ): Promise<Streamed> => {
    const encoder = await encoderOf(size);
    encoder.restart();
    const decoded: VideoFrame[] = [];
    const sizes: number[] = [];
    for (const [index, frame] of frames.entries()) {
      const source = planesOf(scalers(size).pixels(frame), size);
      const request = { ...tiles, source, timestampMicros: frame.timestamp, key: index === 0 };
      const packet = await encodeTiles(encoder, farEnd, request);
      sizes.push(packet.data.length);
      decoded.push(await decoders[0].decode(packet));
    }
    return { pictures: seen(decoded), ...bytesOf(sizes) };
  };

  return async (frames, request) => {
    const { quantizer, kept, grid } = request;
    const realisation = realised(request);
    if (realisation.kind === 'plain' || isPlain(request)) {
      const { frames: decoded, ...bytes } = await roundTrip(frames, (f) => f, size, quantizer, decoders[0]);
      return { pictures: seen(decoded), ...bytes };
    }
    if (realisation.kind === 'passes') {
      const coarse = lowQuantizer(quantizer, LARGEST_QUANTIZER);
      if (!kept.includes(true)) {
        const { frames: decoded, ...bytes } = await roundTrip(frames, (f) => f, size, coarse, decoders[0]);
        return { pictures: seen(decoded), ...bytes };
      }
      return inPasses(frames, { kept, grid, fine: quantizer, coarse });
    }
    if (realisation.kind === 'filter') {
      const filter = filterOf(realisation.shrink);
      const before = new OffscreenCanvas(size.width, size.height).getContext('2d', {
        willReadFrequently: true,
      });
      const draw = (frame: VideoFrame, index: number): OffscreenCanvas => {
        const stands = realisation.freeze && index > 0 ? before?.canvas : undefined;
        const filtered = filter.apply(frame, kept, grid, stands);
        before?.drawImage(filtered, 0, 0);
        return filtered;
      };
      const { frames: decoded, ...bytes } = await roundTrip(frames, draw, size, quantizer, decoders[0]);
      return { pictures: seen(decoded), ...bytes };
    }
    const coarse = Math.min(LARGEST_QUANTIZER, quantizer + realisation.quantizerOffset);
    const small = scaleSize(size, 1 / realisation.shrink);
    const base = await roundTrip(frames, (f) => f, small, coarse, decoders[0]);
    const fine = await roundTrip(frames, onBlack(kept, grid), size, quantizer, decoders[1]);
    const pictures = base.frames.map((below, i) => {
      const above = fine.frames[i];
      const picture = above ? composed(below, above, kept, grid, size) : below;
      const pixels = inputScaler.pixels(picture);
      below.close();
      above?.close();
      return pixels;
    });
    return { pictures, bytes: base.bytes + fine.bytes, keyBytes: base.keyBytes + fine.keyBytes };
  };
}
