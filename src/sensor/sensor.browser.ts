import { describe, expect, it } from 'vitest';
import type { Codec } from '../domain/experiment.ts';
import { createFrameDecoder } from './frameDecoder.ts';
import { createFrameEncoder } from './frameEncoder.ts';
import { createScaler } from './pixels.ts';
import { probeMaxQuantizer } from './quantizerRange.ts';

const SIZE = { width: 320, height: 192 };

/** A textured picture with a moving square, drawn the same way every time. */
function testFrame(step: number): VideoFrame {
  const data = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(255);
  for (let y = 0; y < SIZE.height; y += 1) {
    for (let x = 0; x < SIZE.width; x += 1) {
      const inSquare = Math.abs(x - 60 - 5 * step) < 30 && Math.abs(y - 90) < 30;
      const grain = ((x * 7919 + y * 104729 + x * y) % 37) - 18;
      const at = 4 * (y * SIZE.width + x);
      data[at] = (inSquare ? 210 : 70 + x / 4) + grain;
      data[at + 1] = (inSquare ? 60 : 110) + grain;
      data[at + 2] = (inSquare ? 40 : 90 + y / 3) + grain;
    }
  }
  return new VideoFrame(data, {
    format: 'RGBX',
    codedWidth: SIZE.width,
    codedHeight: SIZE.height,
    timestamp: step * 100_000,
  });
}

/** Bytes of each packet and mean absolute error of each decoded frame (grey levels, by colour channel). */
async function roundTrip(codec: Codec, quantizer: number): Promise<{ bytes: number[]; errors: number[][] }> {
  const encoder = await createFrameEncoder(codec, SIZE);
  const decoder = createFrameDecoder(codec);
  const scaler = createScaler(SIZE);
  const bytes: number[] = [];
  const errors: number[][] = [];
  for (let step = 0; step < 5; step += 1) {
    const frame = testFrame(step);
    const packet = await encoder.encode(frame, quantizer, step === 0);
    expect(packet.key).toBe(step === 0);
    const decoded = await decoder.decode(packet);
    const before = scaler.pixels(frame).slice();
    const after = scaler.pixels(decoded);
    const error = [0, 0, 0, 0];
    before.forEach((value, i) => (error[i % 4] = (error[i % 4] ?? 0) + ((after[i] ?? 0) - value)));
    errors.push(error.slice(0, 3).map((sum) => sum / (SIZE.width * SIZE.height)));
    bytes.push(packet.data.length);
    frame.close();
    decoded.close();
  }
  encoder.close();
  decoder.close();
  return { bytes, errors };
}

describe.each<Codec>(['vp9', 'av1'])('%s', (codec) => {
  it('honours the quantizer over the probed range', async () => {
    const maximum = await probeMaxQuantizer(codec);
    expect(maximum).toBe(255);
  });

  it('spends fewer bytes at coarser quantizers, and the same bytes every time', async () => {
    const fine = await roundTrip(codec, 64);
    const coarse = await roundTrip(codec, 192);
    const again = await roundTrip(codec, 64);
    const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
    expect(sum(coarse.bytes)).toBeLessThan(0.6 * sum(fine.bytes));
    expect(again.bytes).toEqual(fine.bytes);
  });

  it('begins anew after a restart: the bytes do not depend on what was encoded before', async () => {
    const bytesOf = async (earlier: readonly number[]): Promise<Uint8Array[]> => {
      const encoder = await createFrameEncoder(codec, SIZE);
      const packets: Uint8Array[] = [];
      const encode = async (step: number, key: boolean): Promise<void> => {
        const frame = testFrame(step);
        packets.push((await encoder.encode(frame, 128, key)).data);
        frame.close();
      };
      for (const step of earlier) await encode(step, step === earlier[0]);
      encoder.restart();
      packets.length = 0;
      for (const step of [5, 6, 7, 8]) await encode(step, step === 5);
      encoder.close();
      return packets;
    };
    expect(await bytesOf([4, 3, 2, 1, 0])).toEqual(await bytesOf([]));
  });

  it('decodes without a colour shift, so that source − decoded is the codec’s error alone', async () => {
    const { errors } = await roundTrip(codec, 16);
    for (const error of errors.flat()) expect(Math.abs(error)).toBeLessThan(2);
  });
});
