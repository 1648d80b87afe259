/** A `VideoEncoder` of one size as a function from a frame to its packet. */
import type { Codec } from '../domain/experiment.ts';
import { formatSize, type Size } from '../domain/size.ts';
import { encodeOptions, encoderConfig } from './codec.ts';
import type { Packet } from './packet.ts';
import { withPatience } from './patience.ts';

export interface FrameEncoder {
  /**
   * Encodes one frame; the caller keeps and closes it. One call at a time.
   * @param quantizer 0 (finest) to the largest that was probed
   * @throws Error in a sentence when the encoder fails or gives no packet
   */
  encode(frame: VideoFrame, quantizer: number, keyFrame: boolean): Promise<Packet>;
  /**
   * Forgets everything: the next frame, a key frame, begins a stream as from a new encoder. A key frame alone does not do
   * that, since VP9 in real-time mode takes its decisions from what it has seen before.
   */
  restart(): void;
  close(): void;
}

/** @throws Error when this browser cannot encode that codec in quantizer mode at that size. */
export async function createFrameEncoder(codec: Codec, size: Size): Promise<FrameEncoder> {
  const config = encoderConfig(codec, size);
  if (typeof VideoEncoder === 'undefined') {
    throw new Error('This browser has no WebCodecs video encoder. Use a current Chrome or Chromium.');
  }
  const { supported } = await VideoEncoder.isConfigSupported(config);
  if (supported !== true) {
    throw new Error(
      `This browser cannot encode ${codec.toUpperCase()} at ${formatSize(size)} with a fixed quantizer. ` +
        'Use a current Chrome or Chromium, or choose the other codec.',
    );
  }

  let output: Packet | undefined;
  let arrived: (() => void) | undefined;
  let failure: Error | undefined;
  let colourSpace: VideoColorSpaceInit | null = null;
  const encoder = new VideoEncoder({
    output: (chunk, metadata) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      // Told once a stream.
      colourSpace = metadata?.decoderConfig?.colorSpace ?? colourSpace;
      const key = chunk.type === 'key';
      output = { codec, data, key, passes: [data.length], timestampMicros: chunk.timestamp, colourSpace };
      arrived?.();
    },
    error: (error) => {
      failure = new Error(`The ${codec.toUpperCase()} encoder failed: ${error.message}`);
      arrived?.();
    },
  });
  encoder.configure(config);

  return {
    async encode(frame, quantizer, keyFrame) {
      output = undefined;
      const waiting = new Promise<void>((resolve) => (arrived = resolve));
      encoder.encode(frame, encodeOptions(codec, quantizer, keyFrame));
      const noPacket = `The ${codec.toUpperCase()} encoder gave no packet for a frame. Start the run again.`;
      await withPatience(waiting, noPacket);
      if (failure) throw failure;
      // Assigned in the output callback, which the compiler cannot see.
      const packet = output as Packet | undefined;
      if (!packet) throw new Error(noPacket);
      return packet;
    },
    restart: () => {
      if (encoder.state === 'closed') return;
      encoder.reset();
      encoder.configure(config);
    },
    close: () => {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}
