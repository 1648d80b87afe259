/**
 * The quantizer range that the encoder really honours. Documentation says 0–63 for VP9, Chromium takes 0–255, and a
 * value out of range wraps around without an error; so a real frame is encoded and the bytes are looked at.
 */
import { CODECS, type Codec } from '../domain/experiment.ts';
import { createFrameEncoder } from './frameEncoder.ts';

const PROBE_SIZE = { width: 320, height: 192 };
/** Largest quantizers that codecs and browsers are known to use, widest first. */
const CANDIDATE_MAXIMA = [255, 63];

/**
 * @returns the largest usable quantizer
 * @throws Error when the quantizer has no effect at all
 */
export async function probeMaxQuantizer(codec: Codec): Promise<number> {
  const encoder = await createFrameEncoder(codec, PROBE_SIZE);
  const frame = texturedFrame();
  try {
    const bytesAt = async (quantizer: number): Promise<number> =>
      (await encoder.encode(frame, quantizer, true)).data.length;
    for (const maximum of CANDIDATE_MAXIMA) {
      const [fine, middle, coarse] = [
        await bytesAt(Math.round(maximum * 0.1)),
        await bytesAt(Math.round(maximum * 0.6)),
        await bytesAt(maximum),
      ];
      if (fine > 1.2 * middle && middle > 1.2 * coarse) return maximum;
    }
  } finally {
    frame.close();
    encoder.close();
  }
  throw new Error(
    `This browser's ${codec.toUpperCase()} encoder ignores the quantizer, so the lab cannot tune it. ` +
      'Use a current Chrome or Chromium, or choose the other codec.',
  );
}

/** Largest usable quantizer of every codec that this browser encodes. */
export type QuantizerRanges = Readonly<Partial<Record<Codec, number>>>;

/**
 * Probes every codec.
 * @param needed the experiment's
 * @throws Error when the needed one cannot be used; others are left out
 */
export async function probeQuantizers(needed: Codec): Promise<QuantizerRanges> {
  const ranges: Partial<Record<Codec, number>> = { [needed]: await probeMaxQuantizer(needed) };
  for (const codec of CODECS.filter((other) => other !== needed)) {
    const maximum = await probeMaxQuantizer(codec).catch(() => null);
    if (maximum !== null) ranges[codec] = maximum;
  }
  return ranges;
}

/** A frame with gradients, edges and fine texture, so that every quantizer step costs something. */
function texturedFrame(): VideoFrame {
  const { width, height } = PROBE_SIZE;
  const data = new Uint8Array(width * height * 4).fill(255);
  let noise = 1;
  for (let i = 0; i < width * height; i += 1) {
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
    const edge = ((i % width) >> 4) & 1 ? 60 : 0;
    data.fill((i % width) / 3 + edge + (noise >>> 27), 4 * i, 4 * i + 3);
  }
  return new VideoFrame(data, { format: 'RGBX', codedWidth: width, codedHeight: height, timestamp: 0 });
}
