/**
 * A captured frame to its packet: scaled, its tiles given their quality, encoded. Every stream has encoders of its own, so that none
 * disturbs another's predictions.
 */
import type { Configuration } from '../domain/configuration.ts';
import type { Codec } from '../domain/experiment.ts';
import { formatSize, parseSize, type Size } from '../domain/size.ts';
import { losesDetail, lowQuantizer, type TileGrid } from '../domain/tiles.ts';
import { createFrameEncoder, type FrameEncoder } from './frameEncoder.ts';
import type { Packet } from './packet.ts';
import type { Scaler } from './pixels.ts';
import type { QuantizerRanges } from './quantizerRange.ts';
import { createScaledFrames } from './scaledFrames.ts';
import { createTileFilter, type TileFilter } from './tiles/filter.ts';
import { createFarEnd, encodeTiles, type FarEnd } from './tiles/twoPasses.ts';

/** What the captured interval is encoded for once more: to be chosen and sent, or for the instrument. */
export type Again = 'trial' | 'instrument';

/** The streams of a policy that decides frame by frame which regions it sends: a first round, and a second. */
export type Layer = 'regions' | 'regions again';

export interface EncodeRequest {
  readonly stream: 'sent' | 'reference' | 'probe' | Again | Layer;
  /** Streams of different owners do not disturb each other. */
  readonly owner?: number;
  /** As captured; it stays the caller's. */
  readonly frame: VideoFrame;
  readonly configuration: Configuration;
  /** The first of a stream is one, also where it skips frames. */
  readonly key: boolean;
  readonly grid: TileGrid;
  /** Tiles that keep full quality, row by row; none: all do. */
  readonly kept: readonly boolean[];
  /** Do given-up tiles lose detail (domain/tiles.ts)? As the quantizer has it where left out. */
  readonly filtered?: boolean;
}

export interface Streams {
  encode(request: EncodeRequest): Promise<Packet>;
  /** Would given-up tiles lose detail there (domain/tiles.ts)? */
  isFiltered(configuration: Configuration): boolean;
  /** A captured frame is encoded no more. */
  forget(frame: VideoFrame): void;
}

/** Streams of one codec and size share an encoder, which keeps what it has encoded. */
export const encoderName = ({ codec, resolution }: Configuration): string => `${codec} ${resolution}`;

/** @param codec the experiment's, in whose quantizers the ladder is written */
export function createStreams(
  scalers: (size: Size) => Scaler,
  codec: Codec,
  quantizers: QuantizerRanges,
): Streams {
  const scaledFrames = createScaledFrames(scalers);
  const encoders = new Map<string, FrameEncoder>();
  const farEnds = new Map<string, FarEnd>();
  const filters = new Map<string, TileFilter>();

  const encoderFor = async (key: string, configuration: Configuration): Promise<FrameEncoder> => {
    const encoder =
      encoders.get(key) ??
      (await createFrameEncoder(configuration.codec, parseSize(configuration.resolution)));
    encoders.set(key, encoder);
    return encoder;
  };

  const farEndOf = (key: string, size: Size): FarEnd => {
    const farEnd = farEnds.get(key) ?? createFarEnd(size);
    farEnds.set(key, farEnd);
    return farEnd;
  };

  const filterFor = (size: Size): TileFilter => {
    const filter = filters.get(formatSize(size)) ?? createTileFilter(size);
    filters.set(formatSize(size), filter);
    return filter;
  };

  /** The ladder's quantizer on the scale of the codec that runs: the same where the ranges are, as in Chromium. */
  const quantizerOf = ({ codec: running, quantizer }: Configuration): number =>
    Math.round((quantizer * (quantizers[running] ?? 1)) / (quantizers[codec] ?? quantizers[running] ?? 1));

  const largestQuantizer = (configuration: Configuration): number =>
    quantizers[configuration.codec] ?? quantizerOf(configuration);

  const isFiltered = (configuration: Configuration): boolean =>
    losesDetail(quantizerOf(configuration), largestQuantizer(configuration));

  return {
    isFiltered,
    forget: (frame) => scaledFrames.forget(frame),
    async encode({ stream, owner = 0, frame, configuration, key, grid, kept, filtered }) {
      const size = parseSize(configuration.resolution);
      const { colour } = configuration;
      const name = `${stream} ${owner} ${encoderName(configuration)}`;
      const encoder = await encoderFor(name, configuration);
      const farEnd = farEndOf(name, size);
      const fine = quantizerOf(configuration);
      const coarse = lowQuantizer(fine, largestQuantizer(configuration));
      const isAlone = stream === 'regions again';
      const losesSome = kept.includes(false) && (isAlone || (filtered ?? isFiltered(configuration)));
      const takesTwoPasses = !losesSome && kept.includes(true) && kept.includes(false);
      // A stream does not depend on what was encoded before it, so that the instrument can repeat it exactly. A key frame alone does not either.
      if (key && (stream !== 'probe' || takesTwoPasses)) encoder.restart();
      if (takesTwoPasses) {
        const source = scaledFrames.planes(frame, size, colour);
        const timestampMicros = frame.timestamp;
        return encodeTiles(encoder, farEnd, { source, timestampMicros, kept, grid, fine, coarse, key });
      }
      const quantizer = losesSome || !kept.includes(false) ? fine : coarse;
      const masked = losesSome
        ? scalers(size).frame(
            filterFor(size).apply(frame, kept, grid, isAlone ? black() : undefined),
            frame.timestamp,
            colour,
          )
        : null;
      const packet = await encoder
        .encode(masked ?? scaledFrames.frame(frame, size, colour), quantizer, key)
        .finally(() => masked?.close());
      // In all others an interval has the same tiles from its key frame on.
      if (stream === 'sent' || stream === 'regions') farEnd.sent(packet);
      return packet;
    },
  };
}

/** One black pixel, which fills what it is drawn on. */
function black(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  return canvas;
}
