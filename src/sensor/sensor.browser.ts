import { describe, expect, it } from 'vitest';
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { Codec } from '../domain/experiment.ts';
import { ladders } from '../domain/ladders.ts';
import { NO_PINS, type TilePlan } from '../domain/tiles.ts';
import type { Source } from '../domain/source.ts';
import { createFrameDecoder, createStreamDecoder } from './frameDecoder.ts';
import { createFrameEncoder } from './frameEncoder.ts';
import type { Packet } from './packet.ts';
import { createScaler } from './pixels.ts';
import { probeMaxQuantizer } from './quantizerRange.ts';
import { createSensor, type Capture, type Sensor } from './sensor.ts';

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

/** Squares of all colours, which compress without loss but for that of the colour space. */
function patches(step: number): VideoFrame {
  const data = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(255);
  for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel += 1) {
    const square = 7 * Math.floor((pixel % SIZE.width) / 32) + 13 * Math.floor(pixel / SIZE.width / 32);
    data.set([(37 * square) % 256, (59 * square + 40) % 256, (83 * square + 90) % 256], 4 * pixel);
  }
  return new VideoFrame(data, {
    format: 'RGBX',
    codedWidth: SIZE.width,
    codedHeight: SIZE.height,
    timestamp: step * 100_000,
  });
}

/** Bytes of each packet and mean error of each decoded frame (grey levels, by colour channel). */
async function roundTrip(
  codec: Codec,
  quantizer: number,
  errorOf = (difference: number): number => difference,
  film = testFrame,
): Promise<{ bytes: number[]; errors: number[][] }> {
  const encoder = await createFrameEncoder(codec, SIZE);
  const decoder = createFrameDecoder(codec);
  const scaler = createScaler(SIZE);
  const bytes: number[] = [];
  const errors: number[][] = [];
  for (let step = 0; step < 5; step += 1) {
    const frame = film(step);
    const packet = await encoder.encode(frame, quantizer, step === 0);
    expect(packet.key).toBe(step === 0);
    const decoded = await decoder.decode(packet);
    const before = scaler.pixels(frame).slice();
    const after = scaler.pixels(decoded);
    const error = [0, 0, 0, 0];
    before.forEach((value, i) => (error[i % 4] = (error[i % 4] ?? 0) + errorOf((after[i] ?? 0) - value)));
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

  it('decodes dark and bright colours as they were: the decoder is told the encoder’s colour space', async () => {
    const { errors } = await roundTrip(codec, 2, Math.abs, patches);
    for (const error of errors.flat()) expect(error).toBeLessThan(2);
  });
});

/** A bright square on black that moves by 6 pixels a step. */
function brightFrame(step: number): VideoFrame {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  context.fillStyle = 'white';
  context.fillRect(30 + 6 * step, 60, 60, 60);
  return new VideoFrame(canvas, { timestamp: step * 100_000 });
}

/** A sensor that films {@link testFrame} or another, moving on with every capture. */
function testSensor(film = testFrame): Sensor {
  const frameAt = (seconds: number): ReturnType<Source['frameAt']> =>
    Promise.resolve({ seconds, frame: film(Math.round(seconds * 10)), truth: null });
  const source: Source = { size: SIZE, durationSeconds: null, live: false, frameAt, close: () => undefined };
  return createSensor(source, SIZE, 'vp9', { vp9: 255, av1: 255 });
}

const ALL_TILES: TilePlan = { grid: '4x4', worth: null, before: null, pins: NO_PINS };
const TOP = topConfiguration(ladders(SIZE, 255));
const SMALL = { ...TOP, resolution: '160x96', quantizer: 96 };

/** Three frames of each second at each second's configuration, as packets. */
async function seconds(configurations: readonly Configuration[]): Promise<Packet[][]> {
  const sensor = testSensor();
  const sent: Packet[][] = [];
  for (const [second, configuration] of configurations.entries()) {
    const packets: Packet[] = [];
    for (let index = 0; index < 3; index += 1) {
      const first = index === 0;
      const request = { seconds: second + index / 10, index, configuration, top: TOP, tiles: ALL_TILES };
      const capture = await sensor.capture({ ...request, send: true, restart: second === 0 });
      if (capture?.packet) packets.push(capture.packet);
      expect(capture?.reference.key).toBe(first);
    }
    sent.push(packets);
  }
  return sent;
}

/** Mean luma error and largest chroma of the last decoded frame of each second. */
async function decodeAll(sent: readonly (readonly Packet[])[]): Promise<{ error: number; chroma: number }[]> {
  const decoder = createStreamDecoder();
  const scaler = createScaler(SIZE);
  const results: { error: number; chroma: number }[] = [];
  for (const [second, packets] of sent.entries()) {
    let pixels = new Uint8ClampedArray();
    for (const packet of packets) {
      const frame = await decoder.decode(packet);
      pixels = scaler.pixels(frame);
      frame.close();
    }
    const source = testFrame(second * 10 + 2);
    const captured = scaler.pixels(source);
    source.close();
    let error = 0;
    let chroma = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3);
      error += Math.abs(luma(pixels, at) - luma(captured, at));
      chroma = Math.max(chroma, Math.abs(r - g), Math.abs(b - g));
    }
    results.push({ error: error / (SIZE.width * SIZE.height), chroma });
  }
  return results;
}

const luma = (pixels: Uint8ClampedArray, at: number): number =>
  0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);

const bytesOf = (packets: readonly Packet[]): number =>
  packets.reduce((sum, packet) => sum + packet.data.length, 0);
const keysOf = (sent: readonly (readonly Packet[])[]): boolean[][] =>
  sent.map((packets) => packets.map((packet) => packet.key));
const KEY_FIRST = [true, false, false];
const NO_KEY = [false, false, false];

describe('key frames', () => {
  it('begin every second unless they are asked for more rarely', async () => {
    expect(keysOf(await seconds([TOP, TOP, TOP]))).toEqual([KEY_FIRST, KEY_FIRST, KEY_FIRST]);
  });

  it('come every so many seconds, the stream going on in between, and save bytes', async () => {
    const rare = { ...TOP, keyFrameInterval: 2 };
    const sent = await seconds([rare, rare, rare, rare]);
    expect(keysOf(sent)).toEqual([KEY_FIRST, NO_KEY, KEY_FIRST, NO_KEY]);
    const [withKey = [], without = []] = sent;
    expect(bytesOf(without)).toBeLessThan(bytesOf(withKey));
    for (const { error } of await decodeAll(sent)) expect(error).toBeLessThan(4);
  });

  it('come with a change of resolution or codec, there and back', async () => {
    const rare = (values: Partial<Configuration>): Configuration => ({
      ...TOP,
      keyFrameInterval: 10,
      ...values,
    });
    const small = { resolution: SMALL.resolution };
    const sent = await seconds([
      rare({}),
      rare(small),
      rare(small),
      rare({}),
      rare({ codec: 'av1' }),
      rare({}),
    ]);
    expect(keysOf(sent)).toEqual([KEY_FIRST, KEY_FIRST, NO_KEY, KEY_FIRST, KEY_FIRST, KEY_FIRST]);
    const decoded = await decodeAll(sent);
    expect(decoded).toHaveLength(6);
    expect(sent.map(([packet]) => packet?.codec)).toEqual(['vp9', 'vp9', 'vp9', 'vp9', 'av1', 'vp9']);
    for (const second of [0, 3, 4, 5]) expect(decoded[second]?.error).toBeLessThan(4);
  });
});

describe.each<Codec>(['vp9', 'av1'])('grey with %s', (codec) => {
  it('is grey after the decoder, as bright as before, and costs no more bytes', async () => {
    const configuration = { ...TOP, quantizer: 64, codec };
    const colour = await seconds([configuration]);
    const grey = await seconds([{ ...configuration, colour: 'grey' }]);
    const [inGrey] = await decodeAll(grey);
    const [inColour] = await decodeAll(colour);
    expect(inGrey?.chroma).toBeLessThanOrEqual(1);
    expect(inColour?.chroma).toBeGreaterThan(100);
    expect(inGrey?.error).toBeLessThan((inColour?.error ?? 0) + 1);
    expect(bytesOf(grey.flat())).toBeLessThan(bytesOf(colour.flat()));
  });
});

describe('the frame filter', () => {
  const FILTERED = { ...TOP, pixelFilter: 2 };

  it('sends what has changed enough since the last sent frame, probes and repeats by the same rule', async () => {
    const sensor = testSensor(brightFrame);
    const sent: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      const request = { seconds: index / 10, index, configuration: FILTERED, top: TOP, tiles: ALL_TILES };
      const capture = await sensor.capture({
        ...request,
        send: true,
        restart: index === 0,
      });
      if (capture?.packet) sent.push(index);
    }
    // At each step 2 · 6 · 60 of the 320 · 192 pixels change, 1.2 %.
    expect(sent).toEqual([0, 2, 4, 6, 8]);
    expect(sensor.shown(FILTERED)).toEqual([0, 0, 2, 2, 4, 4, 6, 6, 8, 8]);
    const again = await sensor.reencode(FILTERED, 'instrument');
    expect(again.flatMap(({ packet }, index) => (packet ? [index] : []))).toEqual(sent);
    const [unfiltered, filtered, late] = await sensor.probe([TOP, FILTERED, { ...TOP, frameRate: 5 }], SIZE);
    expect(filtered?.pixels).not.toEqual(unfiltered?.pixels);
    expect(filtered?.pixels).toEqual(late?.pixels);
  });

  it('always sends the first frame of a second', async () => {
    const sensor = testSensor();
    const still = { ...TOP, areaFilter: 4, edgeFilter: 8, pixelFilter: 8 };
    for (const second of [0, 1]) {
      const request = { seconds: second, index: 0, configuration: still, top: TOP, tiles: ALL_TILES };
      const capture = await sensor.capture({ ...request, send: true, restart: second === 0 });
      expect(capture?.packet).not.toBeNull();
    }
  });
});

it('probes neighbours of every kind: grey pixels, the other codec, and the same frame again bit for bit', async () => {
  const sensor = testSensor();
  const at = { ...TOP, quantizer: 96 };
  await sensor.capture({
    ...{ seconds: 0, index: 0, configuration: at, top: TOP, tiles: ALL_TILES },
    send: true,
    restart: true,
  });
  const asked = [
    at,
    { ...at, colour: 'grey' },
    { ...at, codec: 'av1' },
    { ...at, keyFrameInterval: 10 },
  ] as const;
  const [present, grey, av1, rare] = await sensor.probe(asked, SIZE);
  expect(grey?.bytes).toBeLessThan(present?.bytes ?? 0);
  expect(av1?.bytes).not.toBe(present?.bytes);
  expect(rare).toEqual(present);
});

it('keeps the present interval as it is while the next one is captured ahead, and gives the same streams then', async () => {
  const capture = async (sensor: Sensor, second: number, ahead: boolean): Promise<void> => {
    for (let index = 0; index < 3; index += 1) {
      const request = { seconds: second + index / 10, index, configuration: TOP, top: TOP, tiles: ALL_TILES };
      const asked = { ...request, send: false, ahead, first: index === 0, restart: true };
      await sensor.capture(asked);
    }
  };
  const plain = testSensor();
  const sensor = testSensor();
  await capture(plain, 0, false);
  const first = await plain.reencode(SMALL, 'trial');
  await capture(plain, 1, false);
  const second = await plain.reencode(SMALL, 'trial');

  await capture(sensor, 0, true);
  sensor.advance();
  await Promise.all([capture(sensor, 1, true), sensor.reencode(SMALL, 'trial')]);
  expect(await sensor.reencode(SMALL, 'trial')).toEqual(first);
  // The reference stands for the same stream, as an encoder of its own gives it.
  const [sent] = await seconds([TOP]);
  expect((await sensor.reencode(TOP, 'trial')).map(({ packet }) => packet)).toEqual(sent);
  sensor.advance();
  expect(await sensor.reencode(SMALL, 'trial')).toEqual(second);
});

it('sees a cut between two intervals, and stands then where it was told to', async () => {
  const sensor = testSensor((step) => (step < 20 ? testFrame(step) : brightFrame(step)));
  const seen: (Capture | null)[] = [];
  for (const second of [0, 1, 2, 3]) {
    const request = { configuration: TOP, top: TOP, tiles: ALL_TILES, send: true, restart: second === 0 };
    const first = { ...request, seconds: second, index: 0, afterCut: SMALL };
    seen.push(await sensor.capture(first));
    await sensor.capture({ ...request, seconds: second + 0.9, index: 9, restart: false });
  }
  expect(seen.map((capture) => capture?.cut)).toEqual([false, false, true, false]);
  // What is sent at the top is the reference.
  const isTop = seen.map((capture) => capture?.packet?.data.length === capture?.reference.data.length);
  expect(isTop).toEqual([true, true, false, true]);
  const [same] = await sensor.probe([SMALL], SIZE);
  expect(seen[2]?.packet?.data.length).toBeLessThan(2 * (same?.bytes ?? 0));
});

it('calls no cut what became another picture while frames were missing', async () => {
  const sensor = testSensor((step) => (step < 2 ? testFrame(step) : brightFrame(step)));
  const cuts: (boolean | undefined)[] = [];
  for (const seconds of [0, 0.1, 0.4]) {
    const request = { seconds, index: 0, configuration: TOP, afterCut: SMALL, top: TOP, tiles: ALL_TILES };
    cuts.push((await sensor.capture({ ...request, send: true, restart: seconds === 0 }))?.cut);
  }
  expect(cuts).toEqual([false, false, false]);
});
