/**
 * Per-tile quality with one encoder that has a quantizer per frame and none per block, as those of WebCodecs. Ours.
 *
 * A frame is encoded in two passes, both part of the stream: a coarse one, in which the tiles that keep full quality stand as the decoder has
 * them already, and a fine one, in which all others do. What stands costs next to nothing (30 bytes a whole frame), so every tile is paid
 * for once and at its own quantizer. In a key frame, where the decoder has nothing yet, they are grey. The sensor has to know what the
 * decoder shows to the last bit, and so decodes its own stream. At coarse quantizers a filter does better (filter.ts, docs/tiles.md).
 */
import type { TileGrid } from '../../domain/tiles.ts';
import { createStreamDecoder } from '../frameDecoder.ts';
import type { FrameEncoder } from '../frameEncoder.ts';
import { PASS_MICROS, type Packet } from '../packet.ts';
import { frameOfPlanes, greyOf, planesByTile, planesOf, planesOfFrame, type Planes } from './planes.ts';
import { createScaler, type Scaler } from '../pixels.ts';
import type { Size } from '../../domain/size.ts';

/** What the other end of a stream shows. */
export interface FarEnd {
  /** Takes in a pass that was encoded; all of them, in order. */
  sent(pass: Packet): void;
  /** Of the last pass, decoded now. */
  shown(): Promise<Planes>;
}

/** @param size of the stream's frames */
export function createFarEnd(size: Size): FarEnd {
  const decoder = createStreamDecoder();
  let waiting: Packet[] = [];
  let planes: Planes | undefined;
  let scaler: Scaler | undefined;
  const scaled = (frame: VideoFrame): Uint8ClampedArray => (scaler ??= createScaler(size)).pixels(frame);
  return {
    sent(pass) {
      // Copied, since a packet is handed over to the server and gone.
      const copy = { ...pass, data: pass.data.slice() };
      waiting = pass.key ? [copy] : [...waiting, copy];
    },
    async shown() {
      const due = waiting;
      waiting = [];
      for (const pass of due) {
        const frame = await decoder.decode(pass);
        // Another format costs a rounding, and so bytes, but is as right.
        try {
          planes = (await planesOfFrame(frame)) ?? planesOf(scaled(frame), size);
        } finally {
          frame.close();
        }
      }
      if (!planes) throw new Error('A stream was to go on before its first frame. Start the run again.');
      return planes;
    },
  };
}

export interface TilesRequest {
  readonly source: Planes;
  readonly timestampMicros: number;
  /** Tiles that keep full quality, row by row: some, and not all. */
  readonly kept: readonly boolean[];
  readonly grid: TileGrid;
  readonly fine: number;
  readonly coarse: number;
  readonly key: boolean;
}

/** @returns both passes as one packet */
export async function encodeTiles(
  encoder: FrameEncoder,
  farEnd: FarEnd,
  { source, timestampMicros, kept, grid, fine, coarse, key }: TilesRequest,
): Promise<Packet> {
  const pass = async (picture: Planes, quantizer: number, at: number, isKey: boolean): Promise<Packet> => {
    const frame = frameOfPlanes(picture, at);
    try {
      const packet = await encoder.encode(frame, quantizer, isKey);
      farEnd.sent(packet);
      return packet;
    } finally {
      frame.close();
    }
  };
  const there = key ? greyOf(source.size) : await farEnd.shown();
  const standing = planesByTile(source, there, kept, grid);
  const first = await pass(standing, coarse, timestampMicros, key);
  const refined = planesByTile(await farEnd.shown(), source, kept, grid);
  const second = await pass(refined, fine, timestampMicros + PASS_MICROS, false);
  const data = new Uint8Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { ...first, data, passes: [first.data.length, second.data.length] };
}
