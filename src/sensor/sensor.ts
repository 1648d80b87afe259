/**
 * The camera side: captures frames, applies the configuration, encodes. It also re-encodes one frame an interval at
 * neighbouring configurations, from which the InputGrads are made.
 */
import { CAPTURE_FPS } from '../domain/ladders.ts';
import { createFrameGate, type Configuration, type FrameChoice } from '../domain/configuration.ts';
import type { TruthBox } from '../domain/detection.ts';
import type { Codec } from '../domain/experiment.ts';
import type { Size } from '../domain/size.ts';
import type { Source } from '../domain/source.ts';
import { FRAME_KNOBS, KNOB_NAMES, type FilterKnob, type KnobName } from '../domain/knob.ts';
import { SERVER_KNOBS } from '../domain/serverKnobs.ts';
import {
  allTiles,
  chooseTiles,
  DEFAULT_TILE_GRID,
  forgotten,
  NO_PINS,
  type TileGrid,
  type TilePlan,
} from '../domain/tiles.ts';
import { canBeCut, isCut, standingAt, type Standing } from './cut.ts';
import { createStreamDecoder } from './frameDecoder.ts';
import {
  consecutiveDifferences,
  filterFrame,
  shownUnder,
  type FilterFrame,
} from './frameFilter/frameFilter.ts';
import { lumaOf, lumaSize } from './frameFilter/luma.ts';
import { PICTURE_SIZE } from './importance/features.ts';
import { tileImportance, type ImportanceNet } from './importance/net.ts';
import { createKeyFrames } from './keyFrames.ts';
import type { Packet } from './packet.ts';
import { createScalers } from './pixels.ts';
import type { QuantizerRanges } from './quantizerRange.ts';
import { createStreams, encoderName, type Again, type EncodeRequest, type Layer } from './streams.ts';
import { tileMotion } from './tiles/motion.ts';

export interface CaptureRequest extends Standing {
  readonly seconds: number;
  /** Captured frame within the interval; 0 starts a new interval: a key frame of the reference, and of the sent stream where one is due. */
  readonly index: number;
  /** The configuration that accuracy is measured against. */
  readonly top: Configuration;
  /** Decides which tiles keep full quality at a configuration's share of them; of the whole interval. */
  readonly tiles: TilePlan;
  /** Is it sent, if frame rate and filter let it through? Otherwise the interval is encoded when it has been captured. */
  readonly send: boolean;
  /** Of the interval after the present one, which stays as it is until {@link Sensor.advance}; held, not sent. */
  readonly ahead?: boolean;
  /** The server's decoder is a new one: the sent stream starts anew. */
  readonly restart: boolean;
}

export interface Capture {
  readonly seconds: number;
  /** null: not sent, since it was not its turn by the frame rate or the filter dropped it. */
  readonly packet: Packet | null;
  /** The same frame at the most expensive configuration, for the instrument. */
  readonly reference: Packet;
  /** Of an interval's first frame: does it show another picture than the last of the interval before (cut.ts)? */
  readonly cut: boolean;
  readonly truth: readonly TruthBox[] | null;
}

export interface Probe {
  /** What the server would see: RGBA at the detector's input size. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Bytes of the frame alone, as a key frame. */
  readonly bytes: number;
  /** Encodes that it took. */
  readonly encodes: number;
}

/** A captured frame as another configuration would have sent it. */
export interface Reencoded {
  /** Captured frame within the interval; those that a live run missed are left out. */
  readonly frameIndex: number;
  /** null: not sent. */
  readonly packet: Packet | null;
}

interface Captured {
  /** When it was taken, seconds: a camera's own time goes on while the run's rests. */
  readonly takenSeconds: number;
  readonly frame: VideoFrame;
  readonly filtered: FilterFrame;
}

/** An interval's frames, and what they were encoded to. */
interface Held {
  /** At capture size, by index. */
  readonly frames: Map<number, Captured>;
  readonly references: Reencoded[];
  /** By what decides their bytes. */
  readonly streams: Map<string, readonly Reencoded[]>;
  /** Did it begin with another picture than the one before ended with? */
  cut: boolean;
}

const nothingHeld = (): Held => ({ frames: new Map(), references: [], streams: new Map(), cut: false });

/** What they decide is told by the places and the kept tiles, or by the server; every stream begins with a key frame. */
const NOT_OF_STREAMS: readonly KnobName[] = [...FRAME_KNOBS, 'keyFrameInterval', 'tiles', ...SERVER_KNOBS];
const STREAM_KNOBS = KNOB_NAMES.filter((name) => !NOT_OF_STREAMS.includes(name));

/** Streams of an interval with the same key have the same bytes. */
const streamKey = (
  configuration: Configuration,
  places: readonly number[],
  kept: readonly boolean[],
  grid: TileGrid,
): string =>
  JSON.stringify([
    STREAM_KNOBS.map((name) => configuration[name]),
    places,
    kept.every(Boolean) || [grid, kept],
  ]);

/** @throws Error where the interval has no such frame */
function frameAt(captured: readonly Captured[], place: number | undefined): VideoFrame {
  const at = place === undefined ? undefined : captured[place];
  if (!at) throw new Error('No frame was captured in this interval, so no knob can be probed.');
  return at.frame;
}

export interface LayerRequest extends Required<Omit<EncodeRequest, 'stream' | 'frame' | 'filtered'>> {
  readonly layer: Layer;
  /** Place of the frame among the interval's captures; 0 begins the stream anew. */
  readonly place: number;
}

export interface Sensor {
  /**
   * Captures one frame and encodes it.
   * @returns null when the source has ended
   */
  capture(request: CaptureRequest): Promise<Capture | null>;
  /** Forgets the interval; from now on the one that was captured ahead is asked about. */
  advance(): void;
  /**
   * Encodes and decodes, for each configuration, the frame that it would show at the interval's last capture; one key
   * frame each (one frame is enough for InputGrad). Tiles are chosen by the interval's plan.
   */
  probe(configurations: readonly Configuration[], input: Size): Promise<Probe[]>;
  /** Does this configuration give up tiles, by the interval's plan? */
  givesUpTiles(configuration: Configuration): boolean;
  /** Would given-up tiles lose detail there (domain/tiles.ts)? */
  isFiltered(configuration: Configuration): boolean;
  /** How much each tile's picture changes over the interval's captures, row by row, by the plan's grid. */
  tileMotion(): number[];
  /** As {@link Sensor.probe}, with every tile at full quality, or with none, whatever the pins. */
  probeTiles(configuration: Configuration, quality: 'full' | 'low', input: Size): Promise<Probe>;
  /**
   * The interval's captured frames encoded as a stream of its own: what would be sent, had the interval been captured at
   * this configuration with a key frame first. What has been encoded alike before is not encoded again.
   * @returns one a capture, in order; the sensor keeps them
   */
  reencode(configuration: Configuration, stream: Again): Promise<readonly Reencoded[]>;
  /** One captured frame of a stream of regions; of the second round the tiles that are not kept are black. */
  encodeLayer(request: LayerRequest): Promise<Packet>;
  /**
   * How important the net finds each tile of the interval's first capture, 0 … 1, row by row.
   * @throws Error where nothing was captured yet
   */
  importance(net: ImportanceNet, grid: TileGrid): number[];
  /** By what share of its pixels each capture differs from the one before, by each feature; 0 at the first. */
  differences(): Record<FilterKnob, number[]>;
  /** From now on tiles are chosen by this plan. */
  setTiles(plan: TilePlan): void;
  /** The interval's captured frames, in order, not encoded: RGBA at the detector's input size. */
  captured(input: Size): Uint8ClampedArray<ArrayBuffer>[];
  /** The last of them. */
  original(input: Size): Uint8ClampedArray<ArrayBuffer>;
  /**
   * Which of the interval's captures frame rate and filter show.
   * @returns for each capture so far, in order, the place in that order of the one that is shown at its time
   */
  shown(choice: FrameChoice): number[];
}

/**
 * A sensor lives as long as its worker, which frees everything when it is terminated.
 * @param captureSize size of the most expensive resolution; larger frames of the source are scaled down to it
 * @param codec the experiment's, in whose quantizers the ladder is written
 */
export function createSensor(
  source: Source,
  captureSize: Size,
  codec: Codec,
  quantizers: QuantizerRanges,
): Sensor {
  const scalers = createScalers();
  const encoding = createStreams(scalers, codec, quantizers);
  const probeDecoder = createStreamDecoder();
  const keyFrames = createKeyFrames();
  let plan: TilePlan = { grid: DEFAULT_TILE_GRID, worth: null, before: null, pins: NO_PINS };
  let present = nothingHeld();
  let coming = nothingHeld();

  /** @param filtered would given-up tiles lose detail? */
  const keptAt = (configuration: Configuration, filtered = encoding.isFiltered(configuration)): boolean[] =>
    chooseTiles(present.cut ? forgotten(plan) : plan, configuration.tiles / 100, filtered);

  const drop = (frame: VideoFrame): void => {
    encoding.forget(frame);
    frame.close();
  };
  const forget = ({ frames }: Held): Held => {
    for (const { frame } of frames.values()) drop(frame);
    return nothingHeld();
  };

  const grey = lumaSize(captureSize);
  const asCaptured = (frame: VideoFrame, takenSeconds: number): Captured => ({
    takenSeconds,
    frame,
    filtered: filterFrame(() => lumaOf(scalers(grey).pixels(frame), grey)),
  });

  const captures = (): Captured[] => [...present.frames.values()];

  /** One rule for what is sent, what a probe shows and what the instrument repeats. */
  const shown = ({ frameRate, pixelFilter, areaFilter, edgeFilter }: FrameChoice): number[] => {
    const indices = [...present.frames.keys()];
    const gate = createFrameGate(frameRate, CAPTURE_FPS);
    return shownUnder(
      captures().map(({ filtered }) => filtered),
      { pixel: pixelFilter / 100, area: areaFilter / 100, edge: edgeFilter / 100 },
      (at) => gate(indices[at] ?? 0),
    );
  };

  /** The frame that is shown at the interval's last capture. */
  const shownLast = (choice: FrameChoice): VideoFrame => frameAt(captures(), shown(choice).at(-1));

  const probeWith = async (
    configuration: Configuration,
    kept: readonly boolean[],
    input: Size,
    filtered = encoding.isFiltered(configuration),
  ): Promise<Probe> => {
    const frame = shownLast(configuration);
    const { grid } = plan;
    const packet = await encoding.encode({
      stream: 'probe',
      frame,
      configuration,
      key: true,
      grid,
      kept,
      filtered,
    });
    const decoded = await probeDecoder.decode(packet);
    const { data, passes } = packet;
    const probe = { pixels: scalers(input).pixels(decoded), bytes: data.length, encodes: passes.length };
    decoded.close();
    return probe;
  };

  return {
    async capture({ seconds, index, top, tiles, send, ahead = false, restart, ...standing }) {
      const first = index === 0;
      const shot = await source.frameAt(seconds);
      if (!shot) return null;
      const last = first ? captures().at(-1) : undefined;
      const takenSeconds = source.live ? shot.seconds : seconds;
      const apart = last && (takenSeconds - last.takenSeconds) * CAPTURE_FPS;
      const before = apart !== undefined && canBeCut(apart) ? last?.filtered.luma() : undefined;
      if (first && ahead) coming = forget(coming);
      else if (first) present = forget(present);
      if (!ahead) plan = tiles;
      const { frames, references, streams } = ahead ? coming : present;
      let frame: VideoFrame;
      try {
        frame = scalers(captureSize).frame(shot.frame, Math.round(seconds * 1e6));
      } finally {
        shot.frame.close();
      }
      const captured = asCaptured(frame, takenSeconds);
      frames.set(index, captured);
      const cut = before !== undefined && isCut(before, captured.filtered.luma());
      if (first) (ahead ? coming : present).cut = cut;
      const configuration = standingAt(standing, cut);
      const every = configuration.keyFrameInterval;
      const key = first && keyFrames.isDue(encoderName(configuration), seconds, every, restart);
      const { grid } = plan;
      const packet =
        send && shown(configuration).at(-1) === frames.size - 1
          ? await encoding.encode({
              stream: 'sent',
              frame,
              configuration,
              key,
              grid,
              kept: keptAt(configuration),
            })
          : null;
      const whole = { frame, configuration: top, key: first, grid, kept: [] };
      const reference = await encoding.encode({ stream: 'reference', ...whole });
      references.push({ frameIndex: index, packet: reference });
      const places = references.map((_, place) => place);
      streams.set(streamKey(top, places, [], tiles.grid), references);
      return { seconds: shot.seconds, packet, reference, cut, truth: shot.truth };
    },
    advance() {
      forget(present);
      present = coming;
      coming = nothingHeld();
    },
    async probe(configurations, input) {
      const [ran] = configurations;
      const probes: Probe[] = [];
      // A neighbour is one in its knob alone: given-up tiles are made in the way of what runs.
      const filtered = ran !== undefined && encoding.isFiltered(ran);
      for (const configuration of configurations) {
        const kept = keptAt(configuration, filtered);
        probes.push(await probeWith(configuration, kept, input, filtered));
      }
      return probes;
    },
    isFiltered: (configuration) => encoding.isFiltered(configuration),
    givesUpTiles: (configuration) => !keptAt(configuration).every(Boolean),
    tileMotion: () =>
      tileMotion(
        captures().map(({ filtered }) => filtered.luma()),
        plan.grid,
      ),
    probeTiles(configuration, quality, input) {
      const all = allTiles(plan.grid);
      return probeWith(configuration, quality === 'full' ? all : all.map(() => false), input);
    },
    async reencode(configuration, stream) {
      const { frames, streams } = present;
      const places = shown(configuration);
      const kept = keptAt(configuration);
      const name = streamKey(configuration, places, kept, plan.grid);
      const known = streams.get(name);
      if (known) return known;
      const encoded: Reencoded[] = [];
      for (const [at, [frameIndex, { frame }]] of [...frames].entries()) {
        const isSent = places[at] === at;
        const packet = isSent
          ? await encoding.encode({ stream, frame, configuration, key: at === 0, grid: plan.grid, kept })
          : null;
        encoded.push({ frameIndex, packet });
      }
      streams.set(name, encoded);
      return encoded;
    },
    encodeLayer({ layer, place, ...request }) {
      return encoding.encode({ stream: layer, frame: frameAt(captures(), place), ...request });
    },
    importance(net, grid) {
      const first = frameAt(captures(), 0);
      return tileImportance(net, scalers(PICTURE_SIZE).pixels(first), grid);
    },
    differences: () => consecutiveDifferences(captures().map(({ filtered }) => filtered)),
    setTiles: (next) => (plan = next),
    captured: (input) => captures().map(({ frame }) => scalers(input).pixels(frame)),
    original: (input) => scalers(input).pixels(frameAt(captures(), present.frames.size - 1)),
    shown,
  };
}
