/**
 * One interval on the road: capture → encode → link → decode → detect, then one backward pass and the probes. The same
 * for live and virtual time; when live, the newest frame wins and what could not be analysed is counted.
 */
import {
  createFrameGate,
  topConfiguration,
  sameConfiguration,
  type Configuration,
  type Knobs,
} from '../domain/configuration.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import type { KnobName, PerKnob } from '../domain/knob.ts';
import type { Size } from '../domain/size.ts';
import { keyFramesOf, meanBytes, type FrameBytes } from '../gradients/bandwidthGrad.ts';
import type { KnobEvidence } from '../policies/policy.ts';
import type { Capture } from '../sensor/sensor.ts';
import { createAccount, type Account } from './account.ts';
import type { RunListener } from './events.ts';
import { gatherEvidence, planProbes, type PlannedProbe } from './evidence.ts';
import type { Link } from './link.ts';
import type { Pace } from './pace.ts';
import type { Analysis, AnalysisRequest, KnobResult, Level } from './serverWorker.ts';
import type { SensorLine, ServerLine } from './lines.ts';

export interface Road {
  readonly sensor: SensorLine;
  readonly server: ServerLine;
  readonly link: Link;
  readonly pace: Pace;
  readonly live: boolean;
  readonly knobs: Knobs;
  readonly inputSize: Size;
  /** Score above which the detector's candidates are detections. */
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
}

export interface IntervalOutcome {
  readonly account: Account;
  readonly planned: readonly PlannedProbe[];
  readonly evidence: PerKnob<KnobEvidence>;
  readonly utility: number;
  /** How much accuracy is being lost, as far as the scores tell. */
  readonly level: Level;
  /** 0 where no detection came near enough to the threshold to be differentiated. */
  readonly backwardPasses: number;
  /** Time of the backward pass, milliseconds. */
  readonly backwardMs: number;
  /** Live only: captures that came too late. */
  readonly missedFrames: number;
  /** Of key and delta frames. */
  readonly frameBytes: FrameBytes;
  /** Bandwidth had no frame been dropped, on average over a key frame's period. */
  readonly plannedKbps: number;
}

/** Shares a frame's time between its neighbours: a live capture later than this is left out. */
const LATE_SECONDS = 1 / CAPTURE_FPS;

interface Waiting {
  readonly frameIndex: number;
  readonly capture: Capture;
}

/** @returns null when the source ended before the interval was full */
export async function runInterval(road: Road, plan: IntervalPlan): Promise<IntervalOutcome | null> {
  const { pace, listener } = road;
  listener.onStage('encode');
  await pace.hold();
  const streamed = await streamFrames(road, plan);
  if (!streamed) return null;
  const { account, missedFrames } = streamed;

  listener.onStage('dnnGrad');
  const backward = await road.server.dnnGrad(plan.utilitySlope);
  // At full speed the knobs' maps follow at once and all are shown together.
  if (pace.isSlow()) listener.onGradients({ intervalIndex: plan.index, dnnGrad: backward.map, knobs: {} });
  await pace.hold();

  listener.onStage('inputGrad');
  const planned = planProbes(road.knobs, plan.configuration, plan.active);
  const encoded = planned.filter((probe) => probe.isEncoded);
  const configurations = [plan.configuration, ...encoded.map((probe) => probe.configuration)];
  /** A neighbour that is not encoded looks like the present configuration, which is the first. */
  const pictureOf = (probe: PlannedProbe): number => encoded.indexOf(probe) + 1;
  const { probes, original } = await road.sensor.probe(configurations, road.inputSize);
  const results = await road.server.accGrads({
    pictures: probes.map((probe) => probe.pixels),
    original,
    knobs: planned.map((probe) => ({ name: probe.name, step: probe.step, picture: pictureOf(probe) })),
  });
  announceGradients(road, plan, planned, backward.map, results);
  await pace.hold();

  listener.onStage('accGrad');
  await pace.hold();

  const bytesOf = (picture: number): number => probes[picture]?.bytes ?? 0;
  const probeBytes = [bytesOf(0), ...planned.map((probe) => bytesOf(pictureOf(probe)))];
  const frameBytes = account.frameBytes(bytesOf(0));
  const { frameRate, keyFrameInterval } = plan.configuration;
  const plannedBytes = meanBytes(frameBytes, frameRate * INTERVAL_SECONDS, keyFramesOf(keyFrameInterval));
  return {
    account,
    planned,
    evidence: gatherEvidence(road.knobs, plan.configuration, planned, results, probeBytes, frameBytes),
    frameBytes,
    utility: backward.utility,
    level: backward.level,
    backwardPasses: backward.passes,
    backwardMs: backward.elapsedMs,
    missedFrames,
    plannedKbps: (plannedBytes * 8) / 1000 / INTERVAL_SECONDS,
  };
}

/** Captures the interval's frames and has them analysed. */
async function streamFrames(
  road: Road,
  { index, startSeconds, configuration, restart }: IntervalPlan,
): Promise<{ account: Account; missedFrames: number } | null> {
  const { pace, live, sensor, link, listener } = road;
  const account = createAccount();
  const top = topConfiguration(road.knobs);
  const isTop = sameConfiguration(configuration, top);
  let missedFrames = 0;
  const isSent = createFrameGate(configuration.frameRate, CAPTURE_FPS);
  let waiting: Waiting[] = [];
  let inFlight: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;

  const analyse = async (batch: readonly Waiting[]): Promise<void> => {
    const newest = batch.at(-1);
    if (!newest) return;
    const packets = batch.flatMap(({ capture }) => (capture.packet ? [capture.packet] : []));
    const request: AnalysisRequest = {
      packets,
      referencePackets: isTop ? null : batch.map(({ capture }) => capture.reference),
    };
    const analysis: Analysis = await road.server.analyse(request);
    account.inferred(analysis.inferences, analysis.elapsedMs);
    const { truth, seconds } = newest.capture;
    listener.onFrame({
      intervalIndex: index,
      frameIndex: newest.frameIndex,
      seconds,
      image: analysis.image,
      bytes: packets.reduce((sum, packet) => sum + packet.data.length, 0),
      detections: analysis.detections,
      reference: analysis.reference,
      truth,
      accuracy: account.measured({ ...analysis, truth }),
    });
  };

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
      send: isSent(frameIndex),
      first,
      restart,
    });
    if (!capture) return null;
    account.captured(capture.reference.data.length);
    if (capture.packet) {
      const { data, key } = capture.packet;
      account.sent(data.length, key, link.send(due, data.length) - due);
    }
    waiting.push({ frameIndex, capture });
    if (first) listener.onStage('detect');
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
  if (waiting.length > 0) await analyse(waiting);
  if (failure) throw failure.error;
  await pace.hold();
  return { account, missedFrames };
}

function announceGradients(
  road: Road,
  plan: IntervalPlan,
  planned: readonly PlannedProbe[],
  dnnGrad: { columns: number; rows: number; values: Float32Array },
  results: PerKnob<KnobResult>,
): void {
  const knobs = planned.flatMap(({ name, configuration }) => {
    const result = results[name];
    if (!result) return [];
    const { inputGrad, product } = result;
    return [[name, { inputGrad, product, neighbour: String(configuration[name]) }] as const];
  });
  road.listener.onGradients({ intervalIndex: plan.index, dnnGrad, knobs: Object.fromEntries(knobs) });
}
