/**
 * Several policies in lockstep on the same frames, in virtual time. Each second is captured once, while the policies are at work
 * on the one before; every policy has a lane of its own on sensor and server and is charged for itself alone. What two of them
 * send alike is encoded and looked at once, since the sensor remembers what it has encoded of a second and the server what it
 * has seen by its content. Every second is a stream of its own, so that key frames are one a second.
 */
import { gridConfigurations, type Comparison, type Contender, type GridPoint } from '../domain/comparison.ts';
import { topConfiguration, type Configuration } from '../domain/configuration.ts';
import { f1 } from '../domain/accuracy.ts';
import type { GpuCost } from '../domain/experiment.ts';
import { holdsTiles } from '../domain/heldTiles.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from '../domain/interval.ts';
import type { KnobName } from '../domain/knob.ts';
import { settingOf } from '../domain/serverKnobs.ts';
import type { TilePlan, TileWorth } from '../domain/tiles.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';
import { isFetchError } from '../detectors/fetchError.ts';
import { createPolicy } from '../policies/index.ts';
import type { Decision, FrameSeen, Policy } from '../policies/policy.ts';
import type { FrameView, RunInfo, RunInputs, RunListener } from './events.ts';
import { runInterval, type IntervalPlan, type Road } from './interval.ts';
import { StoppedError, openSensor, openServer, type SensorLine, type ServerLine } from './lines.ts';
import { createDisplay } from './display.ts';
import { createLink } from './link.ts';
import { createPace } from './pace.ts';
import { environmentOf, prepareServer, sensorInput, serverInput } from './prepare.ts';
import { recordOf } from './record.ts';
import { captureFrames, type Captures } from './stream.ts';
import { decisionThatRan, observe, planOf, type Turn } from './turn.ts';

export interface CompareListener extends Pick<
  RunListener,
  'onProgress' | 'onReady' | 'onWork' | 'onNotice' | 'onError'
> {
  /** @param configurations the grid's; empty without one */
  onGridReady(configurations: readonly Configuration[]): void;
  /** @param contender its place */
  onFrame(contender: number, view: FrameView): void;
  onInterval(contender: number, record: IntervalRecord): void;
  /** Where there is a grid: how an interval would have been at each of its configurations. */
  onGrid(intervalIndex: number, points: readonly GridPoint[]): void;
}

export interface CompareControl {
  /** Resolves when it has ended, failed or was stopped; never rejects. */
  readonly finished: Promise<void>;
  play(): void;
  pause(): void;
  stop(): Promise<void>;
}

/** A contender on the road. */
interface Lane {
  readonly road: Road;
  readonly policy: Policy;
  readonly contender: Contender;
  readonly decision: Decision;
  /** As its last interval showed it, and the one before. */
  readonly tileWorth: TileWorth | null;
  readonly worthBefore: TileWorth | null;
  readonly seenBefore: FrameSeen | null;
}

/**
 * @param pictures are decoded frames wanted?
 */
export function startComparison(
  { experiment, contenders, grid }: Comparison,
  inputs: RunInputs,
  pictures: boolean,
  listener: CompareListener,
): CompareControl {
  const stop = new AbortController();
  const stopped = (): boolean => stop.signal.aborted;
  const pace = createPace(false, () => undefined);
  let sensor: SensorLine | undefined;
  let server: ServerLine | undefined;
  /** Every second is a stream of its own, so that nobody chooses how often key frames come. */
  const activeOf = ({ knobs = experiment.knobs }: Contender): KnobName[] =>
    experiment.knobs.filter((name) => name !== 'keyFrameInterval' && knobs.includes(name));
  /** Of a knob that is held nobody needs a gradient here, where none is shown. */
  const probedOf = (contender: Contender): KnobName[] => {
    const { policy } = contender;
    const active = activeOf(contender);
    const isHeld = policy.name === 'oneadapt' && holdsTiles(policy, active);
    return isHeld ? active.filter((name) => name !== 'tiles') : active;
  };

  const prepare = async (): Promise<{ road: Road; info: RunInfo }> => {
    if (experiment.source.kind === 'webcam')
      throw new Error('A webcam shows every policy other frames. Choose a clip or the scene to compare.');
    listener.onProgress({ label: 'Opening the source and probing the encoder', fraction: null });
    const source = await openSensor(sensorInput(experiment, inputs), stop.signal);
    sensor = source.line;
    const started = await openServer(serverInput(experiment, inputs, true), listener.onProgress, stop.signal);
    server = started.line;
    const { knobs, gpuCost } = await prepareServer(source.info, started, experiment, listener);
    const { captureSize } = source.info;
    const road: Road = {
      sensor,
      server,
      link: createLink(experiment.link),
      display: createDisplay(experiment.link.deadlineMs),
      pace,
      live: false,
      knobs,
      threshold: started.info.threshold,
      pictures: false,
      listener: QUIET,
    };
    const environment = environmentOf(started.info);
    return { road, info: { experiment: { ...experiment, gpuCost }, environment, knobs, captureSize } };
  };

  const enter = (road: Road, contender: Contender, place: number, gpuCost: GpuCost): Lane => {
    const { knobs } = road;
    const { budget } = contender;
    const context = { knobs, active: activeOf(contender), start: null, budget, gpuCost };
    const policy = createPolicy(contender.policy, context);
    const lane: Road = {
      ...road,
      server: road.server.lane(place + 1),
      link: createLink(experiment.link),
      display: createDisplay(experiment.link.deadlineMs),
      pictures,
      listener: {
        ...QUIET,
        onStage: () => listener.onWork(),
        onWork: () => listener.onWork(),
        onFrame: (view) => listener.onFrame(place, view),
      },
    };
    const nothing = { tileWorth: null, worthBefore: null, seenBefore: null };
    return { road: lane, policy, contender, decision: policy.first(), ...nothing };
  };

  const loop = async (): Promise<void> => {
    const { road, info } = await prepare();
    const gpuCost = info.experiment.gpuCost ?? { inferenceMs: 0, backwardMs: 0 };
    let lanes = contenders.map((contender, place) => enter(road, contender, place, gpuCost));
    const configurations = grid ? gridConfigurations(road.knobs, grid) : [];
    listener.onReady(info);
    listener.onGridReady(configurations);
    const { fallback } = info.environment;
    if (fallback !== null) listener.onNotice(fallback);
    const wanted = experiment.seconds === null ? Infinity : Math.floor(experiment.seconds / INTERVAL_SECONDS);
    // What is captured does not depend on the policies, so the next second is captured while they are at work on one.
    const ahead = (index: number): Promise<Captures | null> | null => {
      if (index >= wanted || stopped()) return null;
      const coming = captureAhead(road, index);
      // It is awaited when it is its turn, unless a lane has failed before.
      coming.catch(() => undefined);
      return coming;
    };
    let coming = ahead(0);
    for (let index = 0; coming && !stopped(); index += 1) {
      await pace.beforeInterval();
      if (stopped()) return;
      const captures = await coming;
      if (!captures) {
        if (index === 0)
          throw new Error('The source ended before its first second was over. Use a longer clip.');
        if (wanted !== Infinity)
          listener.onNotice(`The source ended after ${index} of the ${wanted} seconds that were asked for.`);
        return;
      }
      await road.sensor.advance();
      coming = ahead(index + 1);
      const run = (lane: Lane, place: number): Promise<Lane> =>
        runLane(lane, place, index, captures, gpuCost).then(({ lane: next, record }) => {
          if (!stopped()) listener.onInterval(place, record);
          return next;
        });
      // Its tiles are nobody's: without a plan of its own they would be those of the policy that asked last.
      const ofGrid = { ...road, sensor: road.sensor.lane(0, tilesUnknown()) };
      const tried = gridPoints(ofGrid, configurations, captures, () => listener.onWork());
      // Where a lane fails first, the comparison ends by that and nobody waits for the grid.
      tried.catch(() => undefined);
      lanes = await Promise.all(lanes.map(run));
      if (grid) listener.onGrid(index, await tried);
    }
  };

  /** Only those that a person has pinned are decided. */
  const tilesUnknown = (): TilePlan => {
    const { tileGrid: grid, tilePins: pins } = experiment;
    return { grid, worth: null, before: null, pins };
  };

  /** The next interval's frames, and what the reference sees on them. */
  const captureAhead = async (road: Road, index: number): Promise<Captures | null> => {
    const top = topConfiguration(road.knobs);
    const plan: Pick<IntervalPlan, 'startSeconds' | 'configuration' | 'tiles' | 'restart'> = {
      startSeconds: index * INTERVAL_SECONDS,
      configuration: top,
      tiles: tilesUnknown(),
      restart: true,
    };
    const captured = await captureFrames(road, plan, { send: false, ahead: true });
    if (!captured) return null;
    const frames = [];
    for (const frame of captured.frames) {
      const request = { packets: [], referencePackets: [frame.capture.reference], setting: settingOf(top) };
      const { reference } = await road.server.analyse({ ...request, picture: false });
      frames.push({ ...frame, reference });
    }
    return { ...captured, frames };
  };

  const runLane = async (
    lane: Lane,
    place: number,
    index: number,
    captures: Captures,
    gpuCost: GpuCost,
  ): Promise<{ lane: Lane; record: IntervalRecord }> => {
    const { policy, decision, contender } = lane;
    const { budget } = contender;
    const { tileWorth: worth, worthBefore: before } = lane;
    const unknown = tilesUnknown();
    const tiles = { ...unknown, grid: policy.regions?.grid ?? unknown.grid, worth, before };
    const road: Road = { ...lane.road, sensor: lane.road.sensor.lane(place + 1, tiles) };
    const turn: Turn = {
      index,
      startSeconds: index * INTERVAL_SECONDS,
      policy,
      decision,
      budget,
      active: probedOf(contender),
      tiles,
      seenBefore: lane.seenBefore,
      restart: true,
      showsGradients: false,
      gpuCost,
      captures,
    };
    const plan = planOf(turn);
    const outcome = await runInterval(road, plan);
    if (!outcome) throw new Error('An interval that was captured has no frames. Run the comparison again.');
    const observed = await observe(road, turn, outcome);
    const next = policy.next({ ...observed, budget });
    const ran = {
      plan: { ...plan, configuration: outcome.configuration },
      ...{ policy, budget, outcome, gpuCost },
      decision: decisionThatRan(decision, outcome),
      knobs: road.knobs,
      skippedFrames: 0,
      edits: [],
    };
    return {
      record: recordOf(ran, next, budget),
      lane: {
        ...lane,
        decision: next,
        tileWorth: outcome.tileWorth,
        worthBefore: lane.tileWorth,
        seenBefore: observed.seen.at(-1) ?? null,
      },
    };
  };

  const finished = loop()
    .catch((error: unknown) => {
      if (error instanceof StoppedError) return;
      const message = sentenceOf(error);
      listener.onError(message, isFetchError(error) ? 'detectorNotFetched' : 'other');
    })
    .finally(() => {
      sensor?.close();
      server?.close();
    });
  return {
    finished,
    play: pace.play,
    pause: pace.pause,
    stop: async () => {
      stop.abort();
      pace.release();
      await finished;
    },
  };
}

const QUIET: Road['listener'] = {
  onStage: () => undefined,
  onWork: () => undefined,
  onFrame: (view) => view.image?.close(),
  onGradients: () => undefined,
};

/** The interval at every configuration of the grid. */
async function gridPoints(
  { sensor, server }: Road,
  configurations: readonly Configuration[],
  { frames }: Captures,
  onPoint: () => void,
): Promise<GridPoint[]> {
  const points: GridPoint[] = [];
  for (const [place, configuration] of configurations.entries()) {
    const captures = await sensor.reencode(configuration, 'instrument');
    const packets = captures.map(({ packet }) => packet);
    const { detections, inferences } = await server.replay(packets, settingOf(configuration), null);
    points.push({
      configuration: place,
      bytes: packets.reduce((sum, packet) => sum + (packet?.data.length ?? 0), 0),
      frames: inferences,
      accuracies: frames.map(({ reference }, i) => f1(detections[i] ?? [], reference ?? [])),
    });
    onPoint();
  }
  return points;
}
