/**
 * One interval on the road: capture → encode → link → decode → detect, then one backward pass and the probes. The same
 * for live and virtual time; when live, the newest frame wins and what could not be analysed is counted.
 */
import { neighbour, type Configuration, type Knobs } from '../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { GpuCost } from '../domain/experiment.ts';
import type { FilterKnob, KnobName, PerKnob } from '../domain/knob.ts';
import { chooseTiles, forgotten, gridShape, type TilePlan, type TileWorth } from '../domain/tiles.ts';
import { deltaBytesOf, keyFramesOf, meanBytes, type FrameBytes } from '../gradients/bandwidthGrad.ts';
import type { FrameOption, LatePair } from '../gradients/frameForecast.ts';
import { overInterval } from '../gradients/tileWorth.ts';
import type {
  Backward,
  Choice,
  Differences,
  FrameSeen,
  KnobEvidence,
  Regions,
  Trial,
} from '../policies/policy.ts';
import type { RunListener } from './events.ts';
import { framesUnder, gatherEvidence, planProbes, type PlannedProbe } from './evidence.ts';
import { forecastFrames } from './frameForecast.ts';
import type { Display } from './display.ts';
import type { Link } from './link.ts';
import type { Pace } from './pace.ts';
import { takePictures } from './pictures.ts';
import type { KnobResult } from './serverProbe.ts';
import { isHeld, streamHeld } from './held.ts';
import type { Differentiated, Level } from './serverCalls.ts';
import type { Standing } from '../sensor/cut.ts';
import { streamFrames, type Captures, type Streamed } from './stream.ts';
import type { SensorLine, ServerLine } from './lines.ts';

export interface Road {
  readonly sensor: SensorLine;
  readonly server: ServerLine;
  readonly link: Link;
  readonly display: Display;
  readonly pace: Pace;
  readonly live: boolean;
  readonly knobs: Knobs;
  /** Score above which the candidates of the experiment's detector are detections. */
  readonly threshold: number;
  /** Are decoded frames wanted? */
  readonly pictures: boolean;
  readonly listener: Pick<RunListener, 'onStage' | 'onWork' | 'onFrame' | 'onGradients'>;
}

export interface IntervalPlan extends Standing {
  readonly index: number;
  readonly startSeconds: number;
  /** The knobs that the policy might move, whose neighbours are probed. */
  readonly active: readonly KnobName[];
  /** The server's decoder is a new one. */
  readonly restart: boolean;
  /** Steepness of the utility that is differentiated. */
  readonly utilitySlope: number;
  readonly backward: Backward;
  /** Zero lag: the frames are held back, encoded as this asks, and one of the encodes is sent. */
  readonly choose?: (trials: readonly Trial[]) => Choice;
  /** The sensor's own choice of thresholds, once the interval is captured. */
  readonly filter?: (differences: Differences) => Pick<Configuration, FilterKnob>;
  readonly regions?: Regions;
  /** What the server saw last before it; null at a run's start. */
  readonly seenBefore: FrameSeen | null;
  /** Frames that are captured already, for several policies. */
  readonly captures?: Captures;
  /** Are gradients and probes wanted, be it for the policy or to be shown? */
  readonly gradients: boolean;
  readonly gpuCost: GpuCost;
  /** Decides which tiles keep full quality. */
  readonly tiles: TilePlan;
}

/** Some tiles are given up, or might be in the next interval: then it has to be known what each is worth. */
const weighsTiles = (configuration: Configuration, active: readonly KnobName[]): boolean =>
  active.includes('tiles') || configuration.tiles < 100;

/** One rung away on the quantizer: what a given-up tile has to beat. */
const quantizerStep = (knobs: Knobs, configuration: Configuration): Configuration | null =>
  neighbour(knobs, configuration, 'quantizer', -1) ?? neighbour(knobs, configuration, 'quantizer', 1) ?? null;

export interface IntervalOutcome extends Streamed {
  readonly planned: readonly PlannedProbe[];
  readonly evidence: PerKnob<KnobEvidence>;
  /** What every choice of frames would have done; null where no filter is in play. */
  readonly forecast: readonly FrameOption[] | null;
  /** What each late frame in it loses. */
  readonly late: readonly LatePair[];
  /** Frames sent, had no capture come too late. */
  readonly plannedFrames: number;
  /** null where it was not asked, or nothing could be found. */
  readonly tileWorth: TileWorth | null;
  /** Encodes to learn it, and nothing else. */
  readonly tileEncodes: number;
  /** Encodes of all probes, the tiles' among them. */
  readonly probeEncodes: number;
  /** The tiles that kept full quality, where the sensor chose them for the whole interval. */
  readonly keptTiles: readonly boolean[];
  readonly utility: number;
  /** How much accuracy is being lost, as far as the scores tell. */
  readonly level: Level;
  readonly newContent: boolean;
  /** 0 where an earlier DNNGrad was used again, or no detection came near enough to the threshold. */
  readonly backwardPasses: number;
  /** Time of the backward pass, milliseconds. */
  readonly backwardMs: number;
  /** Knobs whose probe took an inference of its own, and the time of those, milliseconds. */
  readonly lookedAt: readonly KnobName[];
  readonly lookMs: number;
  /** Of key and delta frames. */
  readonly frameBytes: FrameBytes;
  /** Bandwidth had no frame come too late, on average over a key frame's period. */
  readonly plannedKbps: number;
}

/** @returns null when the source ended before the interval was full */
export async function runInterval(road: Road, plan: IntervalPlan): Promise<IntervalOutcome | null> {
  const { pace, listener } = road;
  listener.onStage('encode');
  await pace.hold();
  const streamed = await (isHeld(plan) ? streamHeld(road, plan) : streamFrames(road, plan));
  if (!streamed) return null;
  await pace.hold();
  const tiles = streamed.cut ? forgotten(plan.tiles) : plan.tiles;
  if (!plan.gradients) return withoutGradients(streamed, tiles);
  return { ...streamed, ...(await differentiate(road, { ...plan, tiles }, streamed)) };
}

/** An interval of which nobody wants to know how its knobs move accuracy. */
function withoutGradients(streamed: Streamed, tiles: TilePlan): IntervalOutcome {
  const { bytes, sentFrames } = streamed.account.totals();
  return {
    ...streamed,
    planned: [],
    evidence: {},
    forecast: null,
    late: [],
    plannedFrames: sentFrames,
    tileWorth: null,
    tileEncodes: 0,
    probeEncodes: 0,
    // Where tiles may be given up by their worth, gradients are wanted.
    keptTiles: chooseTiles({ ...tiles, worth: null }, 1, false),
    frameBytes: streamed.account.frameBytes(bytes),
    utility: 0,
    level: { expectedLoss: 0, lossWhereFound: 0, scoreMargin: 0, drift: 0 },
    newContent: false,
    backwardPasses: 0,
    backwardMs: 0,
    lookedAt: [],
    lookMs: 0,
    plannedKbps: (bytes * 8) / 1000 / INTERVAL_SECONDS,
  };
}

/** One backward pass and the probes on what was streamed. */
async function differentiate(
  road: Road,
  plan: IntervalPlan,
  { account, configuration }: Streamed,
): Promise<Omit<IntervalOutcome, keyof Streamed>> {
  const { pace, listener } = road;
  listener.onStage('dnnGrad');
  const backward = await road.server.dnnGrad(plan.utilitySlope, plan.backward, 'run');
  // At full speed the knobs' maps follow at once and all are shown together.
  if (pace.isSlow()) announceGradients(road, plan, [], backward, null, {});
  await pace.hold();

  listener.onStage('inputGrad');
  const tried = await forecastFrames(road, configuration, plan.active, 'run');
  const forecast = tried?.options ?? null;
  const planned = planProbes(road.knobs, configuration, plan.active, forecast);
  const taken = await takePictures(
    road.sensor,
    configuration,
    planned,
    weighsTiles(configuration, plan.active) ? quantizerStep(road.knobs, configuration) : null,
  );
  const { bytes: probeBytes, encodes: probeEncodes, tileEncodes } = taken;
  const { knobs: results, tiles: ofKeyFrame } = await road.server.accGrads({
    ...taken.pictures,
    use: 'run',
    tiles: taken.tiles && { grid: plan.tiles.grid, ...taken.tiles },
  });
  const frameBytes = account.frameBytes(probeBytes[0] ?? 0);
  const keys = keyFramesOf(configuration.keyFrameInterval);
  const frames = framesUnder(forecast, configuration);
  const { motion = [], filtered = false } = taken.tiles ?? {};
  const keptAt = ({ tiles }: Configuration): boolean[] => chooseTiles(plan.tiles, tiles / 100, filtered);
  const kept = keptAt(configuration);
  const deltaBytes = deltaBytesOf(frameBytes, frames, keys);
  const tileWorth =
    ofKeyFrame && overInterval(ofKeyFrame, { keyFrames: keys, deltaBytes, kept, motion, filtered });
  announceGradients(road, plan, planned, backward, tileWorth, results);
  await pace.hold();

  listener.onStage('accGrad');
  await pace.hold();

  const plannedBytes = meanBytes(frameBytes, frames, keys);
  return {
    planned,
    evidence: gatherEvidence(
      configuration,
      planned,
      results,
      probeBytes,
      frameBytes,
      forecast,
      tileWorth && { worth: tileWorth, keptAt },
    ),
    forecast,
    late: tried?.late ?? [],
    plannedFrames: frames,
    tileWorth,
    tileEncodes,
    probeEncodes,
    keptTiles: kept,
    frameBytes,
    utility: backward.utility,
    level: backward.level,
    newContent: backward.newContent,
    backwardPasses: backward.passes,
    backwardMs: backward.elapsedMs,
    lookedAt: planned.flatMap(({ name }) => ((results[name]?.inferenceMs ?? null) === null ? [] : [name])),
    lookMs: planned.reduce((ms, { name }) => ms + (results[name]?.inferenceMs ?? 0), 0),
    plannedKbps: (plannedBytes * 8) / 1000 / INTERVAL_SECONDS,
  };
}

function announceGradients(
  road: Road,
  plan: IntervalPlan,
  planned: readonly PlannedProbe[],
  { map: dnnGrad, age: dnnGradAge }: Differentiated,
  worth: TileWorth | null,
  results: PerKnob<KnobResult>,
): void {
  const knobs = planned.flatMap(({ name, configuration }) => {
    const result = results[name];
    if (!result) return [];
    return [[name, { maps: result.maps, neighbour: String(configuration[name]) }] as const];
  });
  const shape = gridShape(plan.tiles.grid);
  road.listener.onGradients({
    intervalIndex: plan.index,
    dnnGrad,
    dnnGradAge,
    tiles: worth && {
      worth,
      before: plan.tiles.worth,
      values: { ...shape, values: Float32Array.from(worth.values) },
    },
    knobs: Object.fromEntries(knobs),
  });
}
