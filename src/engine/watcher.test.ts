import { beforeEach, expect, it, vi } from 'vitest';
import type { Packet } from '../sensor/packet.ts';
import type { Setup } from './setups.ts';
import { createMemory, createWatcher } from './watcher.ts';

/** Time stamps of the packets that were decoded. */
const decoded: number[] = [];

vi.mock('../sensor/frameDecoder.ts', () => ({
  createStreamDecoder: () => ({
    decode: ({ timestampMicros }: Packet) => {
      decoded.push(timestampMicros);
      return Promise.resolve({ close: () => undefined });
    },
  }),
}));

beforeEach(() => void decoded.splice(0));

/** The nth of a stream with a key frame every ten. */
const packet = (n: number): Packet =>
  ({ key: n % 10 === 0, codec: 'vp9', data: Uint8Array.of(n), timestampMicros: n }) as unknown as Packet;

const detect = vi.fn(() => Promise.resolve({ detections: [] }));
const setup = {
  setting: { inputSize: '64x64', member: 'small', enhancement: 'off' },
  detector: { detect },
  scaler: { pixels: () => new Uint8ClampedArray(4) },
  enhance: (pixels: Uint8ClampedArray) => pixels,
} as unknown as Setup;

it('decodes what it knows by its content only where the picture is asked for, from the last key frame on', async () => {
  const memory = createMemory();
  const first = createWatcher(memory);
  for (let n = 0; n < 25; n += 1) await first.see([packet(n)], setup, false);
  expect(decoded).toHaveLength(25);
  expect(detect).toHaveBeenCalledTimes(25);

  decoded.splice(0);
  const second = createWatcher(memory);
  for (let n = 0; n < 25; n += 1) await second.see([packet(n)], setup, false);
  expect(decoded).toEqual([]);
  expect(detect).toHaveBeenCalledTimes(25);
  await second.look();
  expect(decoded).toEqual([20, 21, 22, 23, 24]);
});

it('knows a frame by all that came since the last key frame, and by how it is looked at', async () => {
  const memory = createMemory();
  detect.mockClear();
  const see = async (numbers: readonly number[], how = setup): Promise<void> => {
    const watcher = createWatcher(memory);
    for (const n of numbers) await watcher.see([packet(n)], how, false);
  };
  await see([0, 1, 2]);
  await see([0, 1, 2]);
  expect(detect).toHaveBeenCalledTimes(3);
  await see([0, 2]);
  expect(detect).toHaveBeenCalledTimes(4);
  await see([0], { ...setup, setting: { ...setup.setting, enhancement: 'sharpen' } });
  expect(detect).toHaveBeenCalledTimes(5);
});
