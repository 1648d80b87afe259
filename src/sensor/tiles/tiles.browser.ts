/** Per-tile quality through the real encoder: kept tiles stay as they are, given-up ones are coarser, bytes fall. */
import { describe, expect, it } from 'vitest';
import { topConfiguration, type Configuration } from '../../domain/configuration.ts';
import { CODECS } from '../../domain/experiment.ts';
import { ladders } from '../../domain/ladders.ts';
import type { Source } from '../../domain/source.ts';
import { NO_PINS, type TilePins, type TilePlan, type TileWorth } from '../../domain/tiles.ts';
import { createStreamDecoder } from '../frameDecoder.ts';
import { createScaler } from '../pixels.ts';
import { createSensor, type Sensor } from '../sensor.ts';

const SIZE = { width: 320, height: 192 };
const TOP = topConfiguration(ladders(SIZE, 255));
const FRAMES = 3;

/** Texture everywhere that moves on by a few pixels a frame. */
function texturedFrame(step: number): VideoFrame {
  const data = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(255);
  for (let y = 0; y < SIZE.height; y += 1) {
    for (let x = 0; x < SIZE.width; x += 1) {
      const value =
        128 + 60 * Math.sin((x + 2 * step) * 0.9) * Math.cos(y * 0.7) + 40 * Math.sin(x * y * 0.01);
      data.fill(value, 4 * (y * SIZE.width + x), 4 * (y * SIZE.width + x) + 3);
    }
  }
  return new VideoFrame(data, {
    format: 'RGBX',
    codedWidth: SIZE.width,
    codedHeight: SIZE.height,
    timestamp: step * 100_000,
  });
}

function testSensor(film = texturedFrame): Sensor {
  const frameAt = (seconds: number): ReturnType<Source['frameAt']> =>
    Promise.resolve({ seconds, frame: film(Math.round(seconds * 10)), truth: null });
  const source: Source = { size: SIZE, durationSeconds: null, live: false, frameAt, close: () => undefined };
  return createSensor(source, SIZE, 'vp9', { vp9: 255, av1: 255 });
}

/** Only the left half is worth anything, and giving tiles up pays. */
const LEFT_WORTH: TileWorth = {
  values: Array.from({ length: 16 }, (_, tile) => (tile % 4 < 2 ? 1 : 0)),
  bytes: 16,
  savedBytes: new Array<number>(16).fill(1),
  bytesPerError: 0,
  filtered: false,
};
const LEFT: TilePlan = { grid: '4x4', worth: LEFT_WORTH, before: LEFT_WORTH, pins: NO_PINS };

interface Sent {
  readonly bytes: number;
  readonly referenceBytes: number;
  /** Encodes of all frames. */
  readonly encodes: number;
  /** Mean luma error of the last frame in the middle of the left and of the right half. */
  readonly left: number;
  readonly right: number;
}

async function send(configuration: Configuration, tiles: TilePlan): Promise<Sent> {
  const sensor = testSensor();
  const decoder = createStreamDecoder();
  const scaler = createScaler(SIZE);
  let [bytes, referenceBytes, encodes] = [0, 0, 0];
  let decoded = new Uint8ClampedArray();
  for (let index = 0; index < FRAMES; index += 1) {
    const first = index === 0;
    const request = { seconds: index / 10, index, configuration, top: TOP, tiles, send: true };
    const capture = await sensor.capture({ ...request, restart: first });
    if (!capture?.packet) throw new Error('Every frame is sent here.');
    bytes += capture.packet.data.length;
    referenceBytes += capture.reference.data.length;
    encodes += capture.packet.passes.length;
    const frame = await decoder.decode(capture.packet);
    decoded = scaler.pixels(frame);
    frame.close();
  }
  const source = texturedFrame(FRAMES - 1);
  const captured = scaler.pixels(source);
  source.close();
  const errorBetween = (from: number, to: number): number => {
    let [sum, count] = [0, 0];
    for (let y = 0; y < SIZE.height; y += 1) {
      for (let x = from; x < to; x += 1, count += 1) {
        const at = 4 * (y * SIZE.width + x);
        sum += Math.abs((decoded[at] ?? 0) - (captured[at] ?? 0));
      }
    }
    return sum / count;
  };
  return { bytes, referenceBytes, encodes, left: errorBetween(0, 130), right: errorBetween(200, 320) };
}

describe.each(CODECS)('tiles with %s', (codec) => {
  const at = { ...TOP, quantizer: 64, codec };

  it('have the error of the fine quantizer where they are kept, elsewhere that of a coarser one, and cost what that costs', async () => {
    const plain = await send(at, LEFT);
    const coarse = await send({ ...at, quantizer: at.quantizer + 48 }, LEFT);
    const half = await send({ ...at, tiles: 50 }, LEFT);
    expect(half.left).toBeLessThan(plain.left + 0.3);
    expect(half.right).toBeGreaterThan((plain.right + coarse.right) / 2);
    expect(half.right).toBeLessThan(1.2 * coarse.right);
    expect(half.encodes).toBe(2 * FRAMES);
    expect(half.bytes).toBeLessThan(plain.bytes);
    // Every tile is paid for once.
    expect(half.bytes).toBeLessThan(1.05 * ((plain.bytes + coarse.bytes) / 2));
    // Accuracy is measured against frames that no tile was taken from.
    expect(half.referenceBytes).toBe(plain.referenceBytes);
  });

  it('lose detail in one pass where the quantizer is coarse already', async () => {
    const coarse = { ...at, quantizer: 160 };
    const plain = await send(coarse, LEFT);
    const learnt = { ...LEFT_WORTH, filtered: true };
    const half = await send({ ...coarse, tiles: 50 }, { ...LEFT, worth: learnt, before: learnt });
    expect([plain.encodes, half.encodes]).toEqual([FRAMES, FRAMES]);
    expect(half.left).toBeLessThan(plain.left + 0.5);
    expect(half.right).toBeGreaterThan(1.2 * plain.right);
    expect(half.bytes).toBeLessThan(plain.bytes);
    const fine = await send({ ...coarse, quantizer: 144, tiles: 50 }, LEFT);
    expect(fine.encodes).toBe(2 * FRAMES);
  });

  it('are pinned by hand at any share', async () => {
    const all = Array.from({ length: 16 }, (_, tile) => tile);
    const pinned = (pins: TilePins): TilePlan => ({ ...LEFT, pins });
    const plain = await send(at, LEFT);
    const noneLow = await send({ ...at, tiles: 20 }, pinned({ full: all, low: [] }));
    expect(noneLow.bytes).toBe(plain.bytes);
    const allLow = await send(at, pinned({ full: [], low: all }));
    const coarse = await send({ ...at, quantizer: at.quantizer + 48 }, LEFT);
    expect(allLow).toEqual({ ...coarse, referenceBytes: allLow.referenceBytes });
  });
});

it('that stand cost next to nothing: of a picture that does not change, the third frame takes less than a hundredth of the first', async () => {
  const sensor = testSensor(() => texturedFrame(0));
  const sizes: number[] = [];
  for (let index = 0; index < FRAMES; index += 1) {
    const first = index === 0;
    const configuration = { ...TOP, quantizer: 64, tiles: 50 };
    const request = { seconds: index / 10, index, configuration, top: TOP, tiles: LEFT, send: true };
    const capture = await sensor.capture({ ...request, restart: first });
    sizes.push(capture?.packet?.data.length ?? 0);
    expect(capture?.packet?.passes).toHaveLength(2);
  }
  expect(sizes[2]).toBeLessThan(0.01 * (sizes[0] ?? 0));
});

it.each(CODECS)(
  'are given up in the middle of a stream of %s too, whose packets have been handed over, and kept again',
  async (codec) => {
    const sensor = testSensor();
    const decoder = createStreamDecoder();
    const scaler = createScaler(SIZE);
    const configuration = { ...TOP, quantizer: 64, tiles: 50, keyFrameInterval: 10, codec };
    const errors: number[] = [];
    const keepsAll = { ...LEFT, worth: null };
    for (const [second, tiles] of [keepsAll, LEFT, keepsAll].entries()) {
      for (let index = 0; index < FRAMES; index += 1) {
        const seconds = second + index / 10;
        const request = { seconds, index, configuration, top: TOP, tiles, send: true };
        const packet = (await sensor.capture({ ...request, restart: seconds === 0 }))?.packet;
        if (!packet) throw new Error('Every frame is sent here.');
        expect([packet.key, packet.passes.length]).toEqual([seconds === 0, second === 1 ? 2 : 1]);
        const arrived = { ...packet, data: packet.data.slice() };
        // As a worker does.
        structuredClone(packet.data.buffer, { transfer: [packet.data.buffer] });
        const frame = await decoder.decode(arrived);
        const shown = scaler.pixels(frame);
        frame.close();
        const source = texturedFrame(10 * second + index);
        const captured = scaler.pixels(source);
        source.close();
        const sum = captured.reduce((total, value, at) => total + Math.abs(value - (shown[at] ?? 0)), 0);
        errors.push(sum / captured.length);
      }
    }
    // What the sensor takes for shown is what is shown: otherwise tiles would drift apart.
    expect(Math.max(...errors)).toBeLessThan(4);
  },
);

it('are probed and encoded once more by the interval’s plan', async () => {
  const sensor = testSensor();
  const configuration = { ...TOP, quantizer: 64, tiles: 50 };
  const sent: number[] = [];
  for (let index = 0; index < FRAMES; index += 1) {
    const first = index === 0;
    const request = { seconds: index / 10, index, configuration, top: TOP, tiles: LEFT, send: true };
    const capture = await sensor.capture({ ...request, restart: first });
    sent.push(capture?.packet?.data.length ?? 0);
  }
  const again = await sensor.reencode(configuration, 'instrument');
  expect(again.map(({ packet }) => packet?.data.length)).toEqual(sent);
  const [half, whole] = await sensor.probe([configuration, { ...configuration, tiles: 100 }], SIZE);
  const full = await sensor.probeTiles(configuration, 'full', SIZE);
  const low = await sensor.probeTiles(configuration, 'low', SIZE);
  expect(full).toEqual(whole);
  expect(half?.bytes).toBeLessThan(full.bytes);
  expect(low.bytes).toBeLessThan(half?.bytes ?? 0);
});
