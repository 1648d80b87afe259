/** The life of a run: prepare, loop over intervals, end. What happens within an interval is in interval.ts. */
import type { Experiment, GpuCost } from '../domain/experiment.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { KnobName } from '../domain/knob.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import type { TileWorth } from '../domain/tiles.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';
import { isFetchError } from '../detectors/fetchError.ts';
import { createPolicy } from '../policies/index.ts';
import { createWalk } from '../policies/walk.ts';
import type { FrameSeen } from '../policies/policy.ts';
import { createControls } from './controls.ts';
import type { RunControl, RunState, StartRun } from './events.ts';
import { isHeld } from './held.ts';
import { runInterval, type IntervalOutcome, type Road } from './interval.ts';
import {
  DeviceLostError,
  StoppedError,
  openSensor,
  openServer,
  type SensorLine,
  type ServerLine,
} from './lines.ts';
import { createDisplay } from './display.ts';
import { createLink } from './link.ts';
import { createPace } from './pace.ts';
import { environmentOf, prepareServer, sensorInput, serverInput } from './prepare.ts';
import { recordOf } from './record.ts';
import type { SensorInfo } from './sensorWorker.ts';
import type { ServerInfo } from './serverCalls.ts';
import type { NeededRungs } from './setups.ts';
import { createTruth } from './truth.ts';
import { decisionThatRan, observe, planOf, type Observed, type Turn } from './turn.ts';

/** Said where a knob is to be tuned that has one value only. */
const WHY_ONE_VALUE: Readonly<Partial<Record<KnobName, string>>> = {
  codec:
    'This browser encodes only one codec with a fixed quantizer, so the codec is not tuned. Use a current Chrome or Chromium to tune it.',
  inputSize:
    'This detector runs at one size of picture only, so its input size is not tuned. Choose one of the street detectors to tune it.',
  member:
    'This detector has no cheaper members of its family, so the member is not tuned. Choose another street detector to tune it.',
};

/** A device lost more often than this is not coming back. */
const MAX_DEVICE_LOSSES = 3;

export const startRun: StartRun = (experiment, inputs, listener) => {
  const live = experiment.clock === 'live';
  let state: RunState = 'preparing';
  const stop = new AbortController();
  const stopped = (): boolean => stop.signal.aborted;
  let sensor: SensorLine | undefined;
  let server: ServerLine | undefined;
  /** Of the server's knobs, prepared before the first interval. */
  let needed: NeededRungs = {};
  const truth = createTruth(inputs.fidelity === true, listener);
  /** As the last interval showed it, and the one before. */
  let tileWorth: TileWorth | null = null;
  let worthBefore: TileWorth | null = null;
  const controls = createControls(
    experiment,
    inputs.fidelity ? (_, context) => createWalk(experiment.seed, context) : createPolicy,
    {
      onPlannedEdit: (change) => listener.onPlannedEdit(change),
      onContent: (content) => void sensor?.setSceneContent(content).catch(() => undefined),
    },
  );

  const setState = (next: RunState): void => {
    if (state === next) return;
    state = next;
    listener.onState(next);
  };
  const pace = createPace(live, (paused) => {
    if (state === 'running' || state === 'paused') setState(paused ? 'paused' : 'running');
  });

  const asPrepared = (): Experiment => {
    const { content, ...inForce } = controls.now();
    const { source } = experiment;
    return { ...experiment, ...inForce, source: source.kind === 'scene' ? { ...source, content } : source };
  };

  /** Everything that has to be there before the first interval. */
  const prepare = async (): Promise<{
    road: Road;
    serverInfo: ServerInfo;
    sensorInfo: SensorInfo;
    gpuCost: GpuCost;
  }> => {
    if (experiment.source.kind === 'webcam' && !live) {
      throw new Error(
        'A webcam runs in live time only. Set "clock" to "live" or choose a clip or the scene.',
      );
    }
    listener.onProgress({ label: 'Opening the source and probing the encoder', fraction: null });
    const opened = await openSensor(sensorInput(experiment, inputs), stop.signal);
    sensor = opened.line;
    // The sliders may have been moved while the source was being opened.
    if (experiment.source.kind === 'scene') await sensor.setSceneContent(controls.now().content);
    const started = await openServer(serverInput(experiment, inputs), listener.onProgress, stop.signal);
    server = started.line;
    const ready = await prepareServer(opened.info, started, asPrepared(), listener);
    needed = ready.needed;
    const road: Road = {
      sensor,
      server,
      link: createLink(experiment.link),
      display: createDisplay(experiment.link.deadlineMs),
      pace,
      live,
      knobs: ready.knobs,
      threshold: started.info.threshold,
      pictures: true,
      listener,
    };
    return { road, serverInfo: started.info, sensorInfo: opened.info, gpuCost: ready.gpuCost };
  };

  /**
   * A new worker, device and detector after the device was lost; the source goes on where it is.
   * @param leftOut what the run does without
   * @throws Error when the detector would run on another backend, whose figures do not belong into this run
   */
  const replaceServer = async (road: Road, lost: ServerInfo, leftOut: string): Promise<Road> => {
    server?.close();
    pace.rest();
    listener.onNotice(`${leftOut}; the detector is being loaded again and the run goes on.`);
    const restarted = await openServer(serverInput(experiment, inputs), listener.onProgress, stop.signal);
    server = restarted.line;
    if (restarted.info.backend !== lost.backend) {
      throw new Error(
        `${restarted.info.fallback ?? `The detector would go on on ${restarted.info.backend}.`} ` +
          'The run ends here with its intervals kept; start it again to go on.',
      );
    }
    await server.prepare(needed, false, listener.onProgress);
    return { ...road, server };
  };

  const loop = async (): Promise<void> => {
    const prepared = await prepare();
    let { road } = prepared;
    const { gpuCost, serverInfo, sensorInfo } = prepared;
    controls.begin(road.knobs, gpuCost);
    if (stopped()) return;
    listener.onReady({
      experiment: { ...asPrepared(), gpuCost },
      environment: environmentOf(serverInfo),
      knobs: road.knobs,
      captureSize: sensorInfo.captureSize,
    });
    if (serverInfo.fallback !== null) listener.onNotice(serverInfo.fallback);
    for (const [name, why] of Object.entries(WHY_ONE_VALUE)) {
      if (
        controls.now().knobs.some((knob) => knob === name) &&
        road.knobs[name as KnobName].values.length < 2
      )
        listener.onNotice(why);
    }
    setState('running');

    const wanted = experiment.seconds === null ? Infinity : Math.floor(experiment.seconds / INTERVAL_SECONDS);
    let startSeconds = 0;
    let losses = 0;
    let restart = true;
    /** The last interval was not sent as it came, but as a stream of its own. */
    let wasHeld = false;
    let seenBefore: FrameSeen | null = null;
    /** After a loss of the device. @throws what it was given where that is no such loss, or one too many */
    const recover = async (error: unknown, leftOut: string): Promise<void> => {
      if (!(error instanceof DeviceLostError) || (losses += 1) > MAX_DEVICE_LOSSES) throw error;
      road = await replaceServer(road, serverInfo, `${error.message} ${leftOut}`);
      restart = true;
    };
    const measureTruth = (): Promise<void> =>
      truth
        .measure(road)
        .catch((error: unknown) => recover(error, 'The truth about this second is left out'));
    for (let index = 0; index < wanted && !stopped();) {
      await pace.beforeInterval(measureTruth);
      if (stopped()) return;
      truth.begins();
      controls.beforeInterval(index);
      const { budget, knobs: active, tilePins: pins } = controls.now();
      const ran = controls.deciding();
      const behind = live ? Math.max(0, Math.floor((pace.now() - startSeconds) * CAPTURE_FPS)) : 0;
      startSeconds += behind / CAPTURE_FPS;
      const turn: Turn = {
        index,
        startSeconds,
        policy: ran.policy,
        // A new worker has no gradient to use again.
        decision: restart ? { ...ran.decision, backward: 'always' } : ran.decision,
        budget,
        active,
        tiles: { grid: experiment.tileGrid, worth: tileWorth, before: worthBefore, pins },
        seenBefore,
        restart: restart || wasHeld,
        showsGradients: true,
        gpuCost,
      };
      const planned = planOf(turn);
      let outcome: IntervalOutcome | null;
      let observed: Observed | null;
      try {
        outcome = await runInterval(road, planned);
        observed = outcome && (await observe(road, turn, outcome));
        restart = false;
        // A stream that was left for another one starts anew.
        wasHeld = isHeld(planned);
      } catch (error) {
        await recover(error, 'This second is left out');
        startSeconds += INTERVAL_SECONDS;
        continue;
      }
      if (stopped()) return;
      if (!outcome || !observed) {
        if (index === 0)
          throw new Error('The source ended before its first second was over. Use a longer clip.');
        if (wanted !== Infinity)
          listener.onNotice(`The source ended after ${index} of the ${wanted} seconds that were asked for.`);
        return;
      }
      const plan = { ...planned, configuration: outcome.configuration };
      worthBefore = tileWorth;
      tileWorth = outcome.tileWorth;
      listener.onStage('ascent');
      controls.afterInterval(index);
      // A drag during the interval counts from the next one on.
      const { budget: budgetNext } = controls.now();
      const observation = { ...observed, budget: budgetNext };
      seenBefore = observation.seen.at(-1) ?? null;
      const next = controls.decide(ran, () => ran.policy.next(observation));
      const record = {
        plan,
        policy: ran.policy,
        budget,
        decision: decisionThatRan(ran.decision, outcome),
        outcome,
        gpuCost,
        knobs: road.knobs,
        skippedFrames: behind,
        edits: controls.takeEdits(),
      };
      listener.onInterval(recordOf(record, next, budgetNext));
      truth.ended(plan, outcome);
      await pace.hold();
      await measureTruth();
      startSeconds += INTERVAL_SECONDS;
      index += 1;
    }
  };

  const finished = loop()
    .then(() => setState('ended'))
    .catch((error: unknown) => {
      if (error instanceof StoppedError) {
        setState('ended');
        return;
      }
      listener.onError(sentenceOf(error), isFetchError(error) ? 'detectorNotFetched' : 'other');
      setState('failed');
    })
    .finally(() => {
      sensor?.close();
      server?.close();
    });

  const control: RunControl = {
    finished,
    play: pace.play,
    pause: pace.pause,
    step: pace.step,
    setSlowMotion: pace.setHold,
    setTruth: (on) => {
      truth.setOn(on);
      pace.nudge();
    },
    setBudget: (budget) => controls.apply({ budget }),
    setSceneContent: (content) => controls.apply({ content }),
    setTilePins: (tilePins) => controls.apply({ tilePins }),
    setPolicy: (policy, knobs) => controls.apply({ policy, knobs }),
    setConfiguration: (configuration) => controls.apply({ configuration }),
    memory: async () => (await server?.memory()) ?? { tensors: 0, gpuBytes: 0 },
    stop: async () => {
      stop.abort();
      pace.release();
      await finished;
    },
  };
  return control;
};
