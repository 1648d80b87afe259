/** A `VideoDecoder` as a function from a packet to its frame. Sizes may change at any key frame. */
import type { Codec } from '../domain/experiment.ts';
import { decoderConfig } from './codec.ts';
import { PASS_MICROS, type Packet } from './packet.ts';
import { withPatience } from './patience.ts';

export interface FrameDecoder {
  /**
   * Decodes one packet; the caller closes the frame. One call at a time, packets in order.
   * @throws Error in a sentence when the packet is broken
   */
  decode(packet: Packet): Promise<VideoFrame>;
  close(): void;
}

export function createFrameDecoder(codec: Codec): FrameDecoder {
  let frame: VideoFrame | undefined;
  let arrived: (() => void) | undefined;
  let failure: Error | undefined;
  const decoder = new VideoDecoder({
    output: (decoded) => {
      frame?.close();
      frame = decoded;
      arrived?.();
    },
    error: (error) => {
      failure = new Error(`The ${codec.toUpperCase()} decoder failed: ${error.message}`);
      arrived?.();
    },
  });
  let configured: string | undefined;
  const configure = (colourSpace: Packet['colourSpace']): void => {
    const wanted = JSON.stringify(colourSpace);
    if (wanted !== configured) decoder.configure(decoderConfig(codec, colourSpace));
    configured = wanted;
  };

  const decodePass = async (chunk: EncodedVideoChunkInit): Promise<VideoFrame> => {
    const waiting = new Promise<void>((resolve) => (arrived = resolve));
    decoder.decode(new EncodedVideoChunk(chunk));
    const noFrame = `The ${codec.toUpperCase()} decoder gave no frame for a packet. Start the run again.`;
    await withPatience(waiting, noFrame);
    if (failure) throw failure;
    const decoded = frame;
    frame = undefined;
    if (!decoded) throw new Error(noFrame);
    return decoded;
  };

  return {
    async decode({ key, data, passes, timestampMicros, colourSpace }) {
      if (key || configured === undefined) configure(colourSpace);
      let shown: VideoFrame | undefined;
      let from = 0;
      for (const [pass, bytes] of passes.entries()) {
        shown?.close();
        shown = await decodePass({
          type: key && pass === 0 ? 'key' : 'delta',
          timestamp: timestampMicros + pass * PASS_MICROS,
          data: data.subarray(from, from + bytes),
        });
        from += bytes;
      }
      if (!shown) throw new Error('A packet without a frame cannot be decoded. Start the run again.');
      return shown;
    },
    close: () => {
      frame?.close();
      if (decoder.state !== 'closed') decoder.close();
    },
  };
}

/** Of a stream whose codec may change. */
export type StreamDecoder = Pick<FrameDecoder, 'decode'>;

/** Decoders of one stream by codec, made when first needed; each goes on where its last packet left it. */
export function createStreamDecoder(): StreamDecoder {
  const made = new Map<Codec, FrameDecoder>();
  return {
    decode(packet) {
      const decoder = made.get(packet.codec) ?? createFrameDecoder(packet.codec);
      made.set(packet.codec, decoder);
      return decoder.decode(packet);
    },
  };
}
