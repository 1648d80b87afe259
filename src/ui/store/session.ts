/**
 * The live run: started, steered and replaced here. Only the newest run may speak; events of one that was replaced
 * are dropped and their bitmaps closed.
 */
import { comesWithLab } from '../../detectors/registry.ts';
import { edited, type Experiment } from '../../domain/experiment.ts';
import { sentenceOf } from '../../domain/sentenceOf.ts';
import type { RunControl, RunInfo, RunListener } from '../../engine/events.ts';
import { count } from '../format.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';
import { missedAgain, sentenceOfStandIn, withStandIn } from './footage.ts';
import { inputsOf, missingInputs, releaseCamera } from './inputs.ts';
import { hasEngine, NOTHING_SHOWN, useLab, type Notice, type Origin } from './labStore.ts';
import { dismissRemedies, notify } from './notices.ts';
import { clearPicture, showFrame, showGradients } from './picture.ts';
import { discard, flush, publish, publishFidelity, publishRecord } from './publisher.ts';

/** How long slow motion holds each stage, milliseconds. */
export const SLOW_MOTION_HOLD_MS = 1600;

/** Actions that help where a run has failed. */
const FAILED_REMEDIES = ['retry', 'useScene'];

let control: RunControl | null = null;
let generation = 0;
let stopPlayback: (() => void) | null = null;
/** A run was asked for while the comparison had the page or the engine. */
let isWaiting = false;

/** A recorded run plays until the live one has its first frame. */
export function setPlayback(stop: () => void): void {
  stopPlayback?.();
  stopPlayback = stop;
}

export function endPlayback(): void {
  stopPlayback?.();
  stopPlayback = null;
}

/** What was shown goes: nothing of one run stands under the name of another. */
function clear(): void {
  discard();
  clearPicture();
  useLab.setState(NOTHING_SHOWN);
}

/** Without a live run to come there is nothing that the recording stands for. */
function endRecording(): void {
  endPlayback();
  if (useLab.getState().origin === 'recorded') clear();
}

/** How many intervals of the live run are shown. */
function keptIntervals(): number {
  flush();
  const { origin, records } = useLab.getState();
  return origin === 'live' ? records.length : 0;
}

/** Makes a run the one that is shown, from its first interval. */
export function show(origin: Origin, info: RunInfo): void {
  discard();
  clearPicture();
  useLab.setState({ ...NOTHING_SHOWN, origin, info });
}

/**
 * A listener that shows what it hears, as long as `isCurrent` says so.
 * @param origin what the run is marked as
 */
export function showingListener(origin: Origin, isCurrent: () => boolean): RunListener {
  let waiting: RunInfo | null = null;
  const begin = (): void => {
    if (waiting) {
      const info = waiting;
      waiting = null;
      if (origin === 'live') endPlayback();
      show(origin, info);
    }
  };
  return {
    onProgress: (progress) => {
      if (isCurrent()) publish({ progress });
    },
    onReady: (info) => {
      if (!isCurrent()) return;
      waiting = info;
      const { source, detector } = info.experiment;
      const isUnsaid = origin === 'live' && !useLab.getState().notices.some(isOfStandIn);
      if (isUnsaid && source.kind !== 'scene' && comesWithLab(detector)) {
        notify(STREET_ONLY, 'info', ['useCoco']);
      }
      if (useLab.getState().origin === 'none') begin();
    },
    onState: (runState) => {
      if (!isCurrent()) return;
      flush();
      useLab.setState(runState === 'preparing' ? { runState } : { runState, progress: null });
    },
    onStage: (stage) => {
      if (isCurrent()) publish({ stage });
    },
    onFrame: (view) => {
      if (!isCurrent()) {
        view.image?.close();
        return;
      }
      begin();
      showFrame(view);
      const { intervalIndex, frameIndex, seconds, accuracy, detections } = view;
      publish({ frame: { intervalIndex, frameIndex, seconds, accuracy, detections: detections.length } });
    },
    onGradients: (view) => {
      if (!isCurrent()) return;
      begin();
      showGradients(view);
      publish({ gradientsOf: view.intervalIndex });
    },
    onInterval: (record) => {
      if (!isCurrent()) return;
      begin();
      publishRecord(record);
    },
    onPlannedEdit: (change) => {
      if (isCurrent()) useLab.setState(({ draft }) => ({ draft: edited(draft, change) }));
    },
    onWork: () => undefined,
    onMeasuring: (measuring) => {
      if (isCurrent()) publish({ measuring });
    },
    onFidelity: (index, fidelity) => {
      if (isCurrent()) publishFidelity(index, fidelity);
    },
    onNotice: (message) => {
      if (isCurrent()) notify(message);
    },
    onError: (message, failure) => {
      if (!isCurrent()) return;
      const kept = keptIntervals();
      if (failure === 'detectorNotFetched' && kept === 0 && runStandIn(message)) return;
      endRecording();
      notify(kept > 0 ? `${message} ${count(kept, 'interval')} kept.` : message, 'error', FAILED_REMEDIES);
    },
  };
}

/** The draft runs as soon as its view is opened. */
export async function waitForView(): Promise<void> {
  isWaiting = true;
  await endRun();
  if (useLab.getState().draft.source.kind !== 'webcam') releaseCamera();
}

/** Starts the run that waits, where one does. */
export function startWaiting(): void {
  if (isWaiting) void startDraft();
}

/** What waited is no longer wanted: something else is shown. */
export const dropWaiting = (): void => void (isWaiting = false);

/**
 * Stops whatever runs and starts the draft; what the page does not hold falls back to what is built in. There is one engine
 * at a time: while the comparison has it, or has the page, the run waits.
 */
export async function startDraft(): Promise<void> {
  const { page, comparing } = useLab.getState();
  if (page === 'run' && hasEngine(comparing)) notify(ONE_ENGINE, 'warning', ['stopComparing']);
  if (page === 'compare' || hasEngine(comparing)) return waitForView();
  isWaiting = false;
  const mine = ++generation;
  const isCurrent = (): boolean => mine === generation;
  const previous = control;
  control = null;
  dismissRemedies();
  // A recording plays on until the new run has its first frame.
  if (useLab.getState().origin !== 'recorded') clear();
  useLab.setState({
    runState: 'preparing',
    progress: { label: 'Loading the engine', fraction: null },
    stage: null,
  });
  try {
    await previous?.stop();
    const { startRun } = await import('../../engine/run.ts');
    if (!isCurrent()) return;
    // Read now: until the engine is here, edits reach no run but only the draft.
    const experiment = withoutMissing(useLab.getState().draft);
    if (experiment.source.kind !== 'webcam') releaseCamera();
    const { slowMotion, truth } = useLab.getState();
    const started = startRun(experiment, inputsOf(experiment), showingListener('live', isCurrent));
    control = started;
    if (truth) started.setTruth(true);
    if (slowMotion) started.setSlowMotion(SLOW_MOTION_HOLD_MS);
    guardCamera(experiment, isCurrent);
  } catch (error) {
    if (!isCurrent()) return;
    endRecording();
    useLab.setState({ runState: 'failed', progress: null });
    notify(sentenceOf(error), 'error', FAILED_REMEDIES);
  }
}

const ONE_ENGINE =
  'A comparison is going on, and there is one engine at a time. Stop it, and the run starts; what was compared stays.';

const STREET_ONLY =
  'This detector has learnt the built-in street alone and finds little elsewhere. Pick a COCO detector for clips and the webcam.';

/** Its sentence says what the street detector cannot do. */
const isOfStandIn = ({ remedies }: Notice): boolean => remedies.includes('fetchAgain');

/** A detector of the lab's own goes on with the run. @returns whether there is one that can stand in */
function runStandIn(reason: string): boolean {
  const { draft, footage } = useLab.getState();
  const instead = withStandIn(draft, footage);
  if (!instead) return false;
  useLab.setState(instead);
  void startDraft();
  notify(sentenceOfStandIn(draft, reason), 'warning', ['fetchAgain']);
  return true;
}

/** Runs again with the detector that could not be fetched. */
export function fetchAgain(): void {
  useLab.setState(({ draft, footage }) => missedAgain(draft, footage));
  void startDraft();
}

function withoutMissing(draft: Experiment): Experiment {
  const missing = missingInputs(draft);
  if (missing.length === 0) return draft;
  for (const { sentence: text } of missing) notify(text, 'warning');
  const without = (part: 'source' | 'detector'): boolean => missing.some((m) => m.part === part);
  const experiment = {
    ...draft,
    ...(without('source') ? { source: DEFAULT_EXPERIMENT.source } : {}),
    ...(without('detector') ? { detector: DEFAULT_EXPERIMENT.detector } : {}),
  };
  useLab.setState({ draft: experiment });
  return experiment;
}

/** A camera that is pulled out ends the run; its intervals stay. */
function guardCamera(experiment: Experiment, isCurrent: () => boolean): void {
  inputsOf(experiment).camera?.addEventListener(
    'ended',
    () => {
      if (!isCurrent()) return;
      const kept = count(keptIntervals(), 'interval');
      notify(
        `The camera went away, so the run has ended with its ${kept} kept. Plug it in and retry.`,
        'warning',
        FAILED_REMEDIES,
      );
      void endRun();
    },
    { once: true },
  );
}

/** Ends the live run; what it showed stays. */
export async function endRun(): Promise<void> {
  generation++;
  const ending = control;
  control = null;
  flush();
  endRecording();
  useLab.setState({ runState: 'ended', progress: null, measuring: null });
  await ending?.stop();
}

/** Tells the live run something, where there is one. */
export function tell(what: (run: RunControl) => void): void {
  if (control) what(control);
}
