/**
 * One interval on the road: capture → encode → link → decode → detect, then one backward pass and the probes. The same
 * for live and virtual time; when live, the newest frame wins and what could not be analysed is counted.
 */
import {
  topConfiguration,
  neighbour,
  sameConfiguration,
  type Configuration,
  type Knobs,
} from '../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';
import { settingOf, type ServerSetting } from '../domain/serverKnobs.ts';
import { gridShape, type TilePlan, type TileWorth } from '../domain/tiles.ts';
import { keyFramesOf, meanBytes, type FrameBytes } from '../gradients/bandwidthGrad.ts';
import type { FrameOption } from '../gradients/frameForecast.ts';
import type { Backward, Choice, KnobEvidence, Trial } from '../policies/policy.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Capture } from '../sensor/sensor.ts';
import { createAccount, type Account } from './account.ts';
import { chooseStream } from './chooseStream.ts';
import type { RunListener } from './events.ts';
import { framesUnder, gatherEvidence, planProbes, type PlannedProbe } from './evidence.ts';
import { forecastFrames } from './frameForecast.ts';
import type { Link } from './link.ts';
import type { Pace } from './pace.ts';
import { takePictures } from './pictures.ts';
import type { KnobResult } from './serverProbe.ts';
import type { Analysis, AnalysisRequest, Differentiated, Level } from './serverWorker.ts';
import type { SensorLine, ServerLine } from './lines.ts';

export interface Road {
  readonly sensor: SensorLine;
  readonly server: ServerLine;
  readonly link: Link;
  readonly pace: Pace;
  readonly live: boolean;
  readonly knobs: Knobs;
  /** Score above which the candidates of the experiment's detector are detections. */
  readonly threshold: number;
  readonly listener: RunListener;
}

export interface IntervalPlan {
  readonly index: number;
  readonly startSeconds: number;
  readonly configuration: Configuration;
  /** The knobs that the policy might move, whose neighbours are probed. */
  readonly active: readonly KnobName[];
  /** The server's decoder is a new one. */
  readonly restart: boolean;
  /** Steepness of the utility that is differentiated. */
  readonly utilitySlope: number;
  readonly backward: Backward;
  /** Zero lag: the frames are held back, encoded as this asks, and one of the encodes is sent. */
  readonly choose?: (trials: readonly Trial[]) => Choice;
  /** Decides which tiles keep full quality. */
  readonly tiles: TilePlan;
}

/** Some tiles are given up, or might be in the next interval: then it has to be known what each is worth. */
const weighsTiles = (configuration: Configuration, active: readonly KnobName[]): boolean =>
  active.includes('tiles') || configuration.tiles < 100;

/** One rung away on the quantizer: what a given-up tile has to beat. */
const quantizerStep = (knobs: Knobs, configuration: Configuration): Configuration | null =>
  neighbour(knobs, configuration, 'quantizer', -1) ?? neighbour(knobs, configuration, 'quantizer', 1) ?? null;

export interface IntervalOutcome {
  /** What was sent: as planned, or as chosen with zero lag. */
  readonly configuration: Configuration;
  /** Frames that were encoded to choose from and not sent. */
  readonly unsentEncodes: number;
  readonly account: Account;
  readonly planned: readonly PlannedProbe[];
  readonly evidence: PerKnob<KnobEvidence>;
  /** What every choice of frames would have done; null where no filter is in play. */
  readonly forecast: readonly FrameOption[] | null;
  /** Frames sent, had no capture come too late. */
  readonly plannedFrames: number;
  /** null where it was not asked, or nothing could be found. */
  readonly tileWorth: TileWorth | null;
  /** Frames encoded to learn it. */
  readonly tileEncodes: number;
  readonly utility: number;
  /** How much accuracy is being lost, as far as the scores tell. */
  readonly level: Level;
  /** 0 where an earlier DNNGrad was used again, or no detection came near enough to the threshold. */
  readonly backwardPasses: number;
  /** Time of the backward pass, milliseconds. */
  readonly backwardMs: number;
  /** Knobs whose probe took an inference of its own, and the time of those, milliseconds. */
  readonly lookedAt: readonly KnobName[];
  readonly lookMs: number;
  /** Live only: captures that came too late. */
  readonly missedFrames: number;
  /** Of key and delta frames. */
  readonly frameBytes: FrameBytes;
  /** Bandwidth had no frame come too late, on average over a key frame's period. */
  readonly plannedKbps: number;
}

/** Shares a frame's time between its neighbours: a live capture later than this is left out. */
const LATE_SECONDS = 1 / CAPTURE_FPS;

interface Waiting {
  readonly frameIndex: number;
  /** Seconds at which it was to be captured. */
  readonly due: number;
  readonly capture: Capture;
}

/** @returns null when the source ended before the interval was full */
export async function runInterval(road: Road, plan: IntervalPlan): Promise<IntervalOutcome | null> {
  const { pace, listener } = road;
  listener.onStage('encode');
  await pace.hold();
  const streamed = await streamFrames(road, plan);
  if (!streamed) return null;
  const { account, missedFrames, configuration, unsentEncodes } = streamed;

  listener.onStage('dnnGrad');
  const backward = await road.server.dnnGrad(plan.utilitySlope, plan.backward, 'run');
  // At full speed the knobs' maps follow at once and all are shown together.
  if (pace.isSlow()) announceGradients(road, plan, [], backward, null, {});
  await pace.hold();

  listener.onStage('inputGrad');
  const forecast = await forecastFrames(road, configuration, plan.active, 'run');
  const planned = planProbes(road.knobs, configuration, plan.active, forecast);
  const taken = await takePictures(
    road.sensor,
    configuration,
    planned,
    weighsTiles(configuration, plan.active) ? quantizerStep(road.knobs, configuration) : null,
  );
  const { bytes: probeBytes, tileEncodes } = taken;
  const { knobs: results, tiles: tileWorth } = await road.server.accGrads({
    ...taken.pictures,
    use: 'run',
    tiles: taken.tiles && { grid: plan.tiles.grid, ...taken.tiles },
  });
  announceGradients(road, plan, planned, backward, tileWorth, results);
  await pace.hold();

  listener.onStage('accGrad');
  await pace.hold();

  const frameBytes = account.frameBytes(probeBytes[0] ?? 0);
  const keys = keyFramesOf(configuration.keyFrameInterval);
  const frames = framesUnder(forecast, configuration);
  const plannedBytes = meanBytes(frameBytes, frames, keys);
  return {
    account,
    configuration,
    unsentEncodes,
    planned,
    evidence: gatherEvidence(configuration, planned, results, probeBytes, frameBytes, forecast),
    forecast,
    plannedFrames: frames,
    tileWorth,
    tileEncodes,
    frameBytes,
    utility: backward.utility,
    level: backward.level,
    backwardPasses: backward.passes,
    backwardMs: backward.elapsedMs,
    lookedAt: planned.flatMap(({ name }) => ((results[name]?.inferenceMs ?? null) === null ? [] : [name])),
    lookMs: planned.reduce((ms, { name }) => ms + (results[name]?.inferenceMs ?? 0), 0),
    missedFrames,
    plannedKbps: (plannedBytes * 8) / 1000 / INTERVAL_SECONDS,
  };
}

interface Streamed {
  readonly account: Account;
  readonly missedFrames: number;
  readonly configuration: Configuration;
  readonly unsentEncodes: number;
}

/** Captures the interval's frames and has them analysed. */
async function streamFrames(road: Road, plan: IntervalPlan): Promise<Streamed | null> {
  const { pace, live, sensor, link } = road;
  const { startSeconds, choose } = plan;
  const account = createAccount();
  const top = topConfiguration(road.knobs);
  let { configuration } = plan;
  const hasLowPins = plan.tiles.pins.low.length > 0;
  let missedFrames = 0;
  let unsentEncodes = 0;
  let waiting: Waiting[] = [];
  let inFlight: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const analyse = (batch: readonly Waiting[]): Promise<void> =>
    analyseFrames(
      road,
      plan.index,
      account,
      settingOf(configuration),
      sameConfiguration(configuration, top) && !hasLowPins,
      batch,
    );
  const send = ({ data, key }: Packet, captured: number, sent: number): void =>
    account.sent(data.length, key, link.send(sent, data.length) - captured);

  for (let frameIndex = 0; frameIndex < CAPTURE_FPS * INTERVAL_SECONDS; frameIndex += 1) {
    const due = startSeconds + frameIndex / CAPTURE_FPS;
    await pace.until(due);
    const first = frameIndex === 0;
    if (live && !first && pace.now() > due + LATE_SECONDS) {
      missedFrames += 1;
      continue;
    }
    const capture = await sensor.capture({
      seconds: due,
      index: frameIndex,
      configuration,
      top,
      tiles: plan.tiles,
      send: !choose,
      first,
      restart: plan.restart,
    });
    if (!capture) return null;
    account.captured(capture.reference.data.length);
    if (capture.packet) send(capture.packet, due, due);
    waiting.push({ frameIndex, due, capture });
    if (choose) continue;
    if (first) road.listener.onStage('detect');
    if (inFlight && live) continue;
    const batch = waiting;
    waiting = [];
    inFlight = analyse(batch)
      .catch((error: unknown) => (failure ??= { error }))
      .then(() => (inFlight = undefined));
    if (!live) await inFlight;
    if (failure) throw failure.error;
  }
  await inFlight;
  if (choose) {
    const chosen = await chooseStream(sensor, configuration, choose);
    ({ configuration, unsentEncodes } = chosen);
    road.listener.onStage('detect');
    const sentAt = live ? pace.now() : startSeconds + INTERVAL_SECONDS;
    for (const [i, { capture, ...frame }] of waiting.entries()) {
      const packet = chosen.packets[i] ?? null;
      if (packet) send(packet, frame.due, sentAt);
      await analyse([{ ...frame, capture: { ...capture, packet } }]);
    }
  } else if (waiting.length > 0) {
    await analyse(waiting);
  }
  if (failure) throw failure.error;
  await pace.hold();
  return { account, missedFrames, configuration, unsentEncodes };
}

/** Has captures since the last analysis decoded and the newest detected, measured and shown. */
async function analyseFrames(
  { server, listener }: Road,
  intervalIndex: number,
  account: Account,
  setting: ServerSetting,
  isTop: boolean,
  batch: readonly Waiting[],
): Promise<void> {
  const newest = batch.at(-1);
  if (!newest) return;
  const packets = batch.flatMap(({ capture }) => (capture.packet ? [capture.packet] : []));
  const request: AnalysisRequest = {
    packets,
    referencePackets: isTop ? null : batch.map(({ capture }) => capture.reference),
    setting,
  };
  const analysis: Analysis = await server.analyse(request);
  account.inferred(analysis.inferences, analysis.elapsedMs);
  const { truth, seconds } = newest.capture;
  const { frameIndex } = newest;
  const shownIndex =
    batch.findLast(({ capture }) => capture.packet !== null)?.frameIndex ??
    account.measuredFrames().at(-1)?.shownIndex ??
    0;
  listener.onFrame({
    intervalIndex,
    frameIndex,
    seconds,
    image: analysis.image,
    bytes: packets.reduce((sum, packet) => sum + packet.data.length, 0),
    detections: analysis.detections,
    reference: analysis.reference,
    truth,
    accuracy: account.measured({ ...analysis, truth, frameIndex, shownIndex }),
  });
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
    tiles: worth && { worth, values: { ...shape, values: Float32Array.from(worth.values) } },
    knobs: Object.fromEntries(knobs),
  });
}
