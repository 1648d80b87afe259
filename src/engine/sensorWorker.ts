/** The camera side in a worker of its own: source, encoder, probes. Spoken to through {@link SensorWorker}. */
import * as Comlink from 'comlink';
import type { Configuration, FrameChoice } from '../domain/configuration.ts';
import type { Codec, SceneContent, SourceSpec } from '../domain/experiment.ts';
import { captureSize } from '../domain/ladders.ts';
import type { Size } from '../domain/size.ts';
import type { TileGrid, TilePlan } from '../domain/tiles.ts';
import type { Differences } from '../policies/policy.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Source } from '../domain/source.ts';
import { stalePairs, type StalePair } from '../gradients/frameForecast.ts';
import { probeQuantizers, type QuantizerRanges } from '../sensor/quantizerRange.ts';
import type { ImportanceNet } from '../sensor/importance/net.ts';
import {
  createSensor,
  type Capture,
  type CaptureRequest,
  type LayerRequest,
  type Probe,
  type Reencoded,
  type Sensor,
} from '../sensor/sensor.ts';
import type { Again } from '../sensor/streams.ts';
import { openRecorded, type Clips } from '../sources/recorded.ts';
import { openScene, type Scene } from '../sources/scene/index.ts';
import { openWebcam } from '../sources/webcam.ts';
import { fetchImportanceNet } from './importanceNet.ts';

export interface SensorInput {
  readonly source: SourceSpec;
  readonly seed: number;
  readonly codec: Codec;
  /** By their file as the source names it. */
  readonly clips?: Clips;
  readonly camera?: { readonly readable: ReadableStream<VideoFrame>; readonly size: Size };
}

export interface SensorInfo {
  readonly captureSize: Size;
  readonly quantizers: QuantizerRanges;
}

export interface TileProbes {
  /** The first configuration's own probe where no tile is given up. */
  readonly full: Probe;
  readonly low: Probe;
  /** Every tile at full quality, the quantizer one step away. */
  readonly step: Probe;
  /** How much each tile's picture changes over the interval's captures, row by row. */
  readonly motion: readonly number[];
  /** Has low quality lost detail (domain/tiles.ts)? */
  readonly filtered: boolean;
}

export interface ProbeResult {
  readonly probes: readonly Probe[];
  /** The last captured frame, not encoded: RGBA at the detector's input size. */
  readonly original: Uint8ClampedArray<ArrayBuffer>;
  /** The first configuration with every tile at full quality and with none; null where tiles are not asked about. */
  readonly tiles: TileProbes | null;
  /** Of all probes. */
  readonly encodes: number;
  /** Of those for the tiles, where nobody asks for the others. */
  readonly tileEncodes: number;
}

export interface Shown {
  /** For each choice the place of the capture that is shown at each capture's time. */
  readonly shown: readonly (readonly number[])[];
  /** Those of a capture and an earlier one that occur in it. */
  readonly pairs: readonly StalePair[];
}

/** What policies that share a sensor ask of the interval that it holds; each has a plan for the tiles of its own. */
export interface SensorLane {
  /** @param step the first configuration with its quantizer one step away, where tiles are asked about */
  probe(
    configurations: readonly Configuration[],
    input: Size,
    step: Configuration | null,
  ): Promise<ProbeResult>;
  reencode(configuration: Configuration, stream: Again): Promise<readonly Reencoded[]>;
  encodeLayer(request: Omit<LayerRequest, 'owner'>): Promise<Packet>;
}

export interface SensorWorker {
  open(input: SensorInput): Promise<SensorInfo>;
  capture(request: CaptureRequest): Promise<Capture | null>;
  /** The interval that was captured ahead takes the place of the present one. */
  advance(): void;
  /** Tiles are chosen by the plan that is given with the call. */
  probe(
    lane: Lane,
    configurations: readonly Configuration[],
    input: Size,
    step: Configuration | null,
  ): Promise<ProbeResult>;
  reencode(lane: Lane, configuration: Configuration, stream: Again): Promise<readonly Reencoded[]>;
  encodeLayer(lane: Lane, request: Omit<LayerRequest, 'owner'>): Promise<Packet>;
  /**
   * How important AccMPEG's net finds each tile of the interval's first capture, 0 … 1, row by row. The net is fetched once.
   * @throws Error where it cannot be had
   */
  importance(grid: TileGrid): Promise<number[]>;
  /** Of the interval's captures so far. */
  differences(): Differences;
  /** For each capture the place of the one that frame rate and filters show at its time. */
  places(choice: FrameChoice): readonly number[];
  /** The last captured frame, not encoded, at another size. */
  original(size: Size): Uint8ClampedArray<ArrayBuffer>;
  /** What frame rates and filters would have shown of the interval's captures, and how late that looks. */
  shown(choices: readonly FrameChoice[], input: Size): Shown;
  setSceneContent(content: Partial<SceneContent>): void;
}

/** One of the policies that share the sensor, with its plan for the tiles; null: as captured. */
export interface Lane {
  readonly number: number;
  readonly tiles: TilePlan | null;
}

let sensor: Sensor | undefined;
let scene: Scene | undefined;
let importanceNet: Promise<ImportanceNet> | undefined;

const opened = (): Sensor => {
  if (!sensor) throw new Error('The sensor was asked for a frame before its source was open.');
  return sensor;
};

async function openSource({ source, seed, clips, camera }: SensorInput): Promise<Source> {
  switch (source.kind) {
    case 'scene':
      scene = openScene({
        preset: source.preset,
        seed,
        ...(source.content ? { content: source.content } : {}),
      });
      return scene;
    case 'clip':
    case 'playlist':
      return openRecorded(source, { seed, clips });
    case 'webcam':
      if (!camera) throw new Error('No camera was opened. Allow the camera and start the webcam again.');
      return openWebcam(camera.readable, camera.size);
  }
}

let work: Promise<unknown> = Promise.resolve();
/** Policies ask at the same time, but an encoder takes one stream at a time. */
const inTurn = <T>(task: (sensor: Sensor) => Promise<T>, tiles: TilePlan | null): Promise<T> => {
  const done = work.then(() => {
    if (tiles) opened().setTiles(tiles);
    return task(opened());
  });
  work = done.catch(() => undefined);
  return done;
};

const worker: SensorWorker = {
  async open(input) {
    const quantizers = await probeQuantizers(input.codec);
    const source = await openSource(input);
    const size = captureSize(source.size);
    sensor = createSensor(source, size, input.codec, quantizers);
    return { captureSize: size, quantizers };
  },
  async capture(request) {
    const capture = await opened().capture(request);
    // The reference is copied, since the sensor keeps it.
    return capture?.packet ? Comlink.transfer(capture, [capture.packet.data.buffer]) : capture;
  },
  advance: () => opened().advance(),
  async probe({ tiles: plan }, configurations, input, step) {
    return inTurn(async (asked) => {
      const probes = await asked.probe(configurations, input);
      const original = asked.original(input);
      const [present] = configurations;
      const tiles =
        step && present
          ? {
              full:
                (asked.givesUpTiles(present) ? null : probes[0]) ??
                (await asked.probeTiles(present, 'full', input)),
              low: await asked.probeTiles(present, 'low', input),
              step: await asked.probeTiles(step, 'full', input),
              motion: asked.tileMotion(),
              filtered: asked.isFiltered(present),
            }
          : null;
      const all = new Set([...probes, ...(tiles ? [tiles.full, tiles.low, tiles.step] : [])]);
      const buffers = [original.buffer, ...Array.from(all, (probe) => probe.pixels.buffer)];
      const encodesOf = (list: Iterable<Probe>): number =>
        [...list].reduce((sum, probe) => sum + probe.encodes, 0);
      const encodes = encodesOf(all);
      const tileEncodes = tiles ? encodesOf([tiles.full, tiles.low, tiles.step]) : 0;
      return Comlink.transfer({ probes, original, tiles, encodes, tileEncodes }, buffers);
    }, plan);
  },
  original(size) {
    const pixels = opened().original(size);
    return Comlink.transfer(pixels, [pixels.buffer]);
  },
  // Copied, since the sensor keeps them.
  reencode: ({ tiles }, configuration, stream) =>
    inTurn((asked) => asked.reencode(configuration, stream), tiles),
  async encodeLayer({ number, tiles }, request) {
    const packet = await inTurn((asked) => asked.encodeLayer({ ...request, owner: number }), tiles);
    return Comlink.transfer(packet, [packet.data.buffer]);
  },
  async importance(grid) {
    importanceNet ??= fetchImportanceNet();
    return opened().importance(await importanceNet, grid);
  },
  differences: () => opened().differences(),
  places: (choice) => opened().shown(choice),
  shown(choices, input) {
    const shown = choices.map((choice) => opened().shown(choice));
    return { shown, pairs: stalePairs(shown, opened().captured(input), input) };
  },
  setSceneContent: (content) => scene?.setContent(content),
};

Comlink.expose(worker);
