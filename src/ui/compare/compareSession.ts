/** The comparison: started, steered, ended, and what it has shown as a report. Only the newest may speak. */
import type { Comparison, ComparisonReport } from '../../domain/comparison.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { sentenceOf } from '../../domain/sentenceOf.ts';
import type { CompareControl, CompareListener } from '../../engine/compare.ts';
import { count } from '../format.ts';
import { clamp } from '../store/defaults.ts';
import { asNamed } from '../store/footage.ts';
import { awaitCard, inputsOf, missingInputs, releaseCamera } from '../store/inputs.ts';
import { useLab } from '../store/labStore.ts';
import { dismissRemedies, notify } from '../store/notices.ts';
import { infoOf } from '../store/report.ts';
import { endRun, waitForView } from '../store/session.ts';
import { NOTHING_COMPARED, useCompare, intervalsDone, setSetup, COMPARE_SECONDS } from './compareStore.ts';
import { choiceOf, contendersOf, gridOver } from './contenders.ts';
import { clearLanes, showLaneFrame } from './lanePictures.ts';

/** Actions that help where a comparison has failed. */
const FAILED_REMEDIES = ['compare'];

/** Records are handed to the store at most this often, milliseconds. */
const PUBLISH_PERIOD_MS = 100;

let control: CompareControl | null = null;
let generation = 0;
let arrived: { readonly place: number; readonly record: IntervalRecord }[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
/** Since when the speed is measured, and how many intervals were done then. */
let pacedFrom: { readonly ms: number; readonly done: number } | null = null;

/** Hands over what is waiting, now. */
function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (arrived.length === 0) return;
  const fresh = arrived;
  arrived = [];
  useCompare.setState((state) => {
    const runs = state.runs.map(({ contender, intervals }, place) => {
      const own = fresh.filter((one) => one.place === place).map(({ record }) => record);
      return own.length === 0 ? { contender, intervals } : { contender, intervals: [...intervals, ...own] };
    });
    return { runs, speed: speedAt(intervalsDone({ runs })) };
  });
}

function speedAt(done: number): number | null {
  if (!pacedFrom || done <= pacedFrom.done) return useCompare.getState().speed;
  return (done - pacedFrom.done) / Math.max(0.001, (performance.now() - pacedFrom.ms) / 1000);
}

const paceFromHere = (): void =>
  void (pacedFrom = { ms: performance.now(), done: intervalsDone(useCompare.getState()) });

/** What is to be compared. @throws Error in a sentence where that cannot be */
function asked(): Comparison {
  const { draft } = useLab.getState();
  const { chosen, seconds, withGrid, standing } = useCompare.getState().setup;
  if (chosen.length === 0)
    throw new Error('No policy is ticked. Tick at least one, better two, and compare.');
  const [missing] = missingInputs(draft);
  if (missing) {
    throw new Error(
      missing.part === 'source'
        ? 'The source of this comparison is not at hand, since addresses and reports hold only its name. Choose it under Source.'
        : 'The detector of this comparison is not at hand, since addresses and reports hold only its name. Choose its files under Detector.',
    );
  }
  if (draft.source.kind === 'webcam')
    throw new Error('A webcam shows every policy other frames. Choose a clip or the scene to compare.');
  const contenders = contendersOf(chosen, standing, draft.budget);
  const grid = withGrid ? gridOver(draft.knobs) : null;
  if (grid && Object.keys(grid).length === 0)
    throw new Error(
      'The grid is over resolution, quantizer and frame rate, none of which is tuned. Tune one of them in the run’s view, or compare without the grid.',
    );
  return { experiment: { ...draft, clock: 'virtual', seconds, edits: [] }, contenders, grid };
}

/** Ends the ordinary run, which keeps what it has shown, and compares what is ticked. */
export async function startComparing(): Promise<void> {
  const mine = ++generation;
  const isCurrent = (): boolean => mine === generation;
  dismissRemedies();
  try {
    const comparison = asked();
    const previous = control;
    control = null;
    forget();
    useCompare.setState({
      ...NOTHING_COMPARED,
      comparison,
      runs: comparison.contenders.map((contender) => ({ contender, intervals: [] })),
      progress: { label: 'Loading the engine', fraction: null },
    });
    useLab.setState({ comparing: 'preparing' });
    await Promise.all([previous?.stop(), endRun()]);
    const { startComparison } = await import('../../engine/compare.ts');
    if (!isCurrent()) return;
    const inputs = inputsOf(comparison.experiment);
    const started = startComparison(comparison, inputs, true, listener(isCurrent));
    control = started;
    started.play();
    await started.finished;
    if (!isCurrent()) return;
    flush();
    if (useLab.getState().comparing !== 'failed') ended('ended');
  } catch (error) {
    if (!isCurrent()) return;
    if (useLab.getState().comparing === 'preparing') ended('failed');
    notify(sentenceOf(error), 'error', useLab.getState().comparing === 'failed' ? FAILED_REMEDIES : []);
  }
}

function ended(comparing: 'ended' | 'failed'): void {
  useCompare.setState({ progress: null });
  useLab.setState({ comparing });
}

/** What waits belongs to a comparison that is no longer shown. */
function forget(): void {
  clearTimeout(timer);
  timer = undefined;
  arrived = [];
  pacedFrom = null;
  clearLanes();
}

const listener = (isCurrent: () => boolean): CompareListener => ({
  onProgress: (progress) => {
    if (isCurrent()) useCompare.setState({ progress });
  },
  onReady: (info) => {
    if (!isCurrent()) return;
    useCompare.setState({ info, progress: null });
    paceFromHere();
    if (useLab.getState().comparing === 'preparing') useLab.setState({ comparing: 'running' });
  },
  onGridReady: (configurations) => {
    if (isCurrent()) useCompare.setState({ configurations });
  },
  onFrame: (place, view) => {
    if (isCurrent()) showLaneFrame(place, view);
    else view.image?.close();
  },
  onInterval: (place, record) => {
    if (!isCurrent()) return;
    arrived.push({ place, record });
    timer ??= setTimeout(flush, PUBLISH_PERIOD_MS);
  },
  onWork: () => undefined,
  onGrid: (index, points) => {
    if (isCurrent()) useCompare.setState(({ grid }) => ({ grid: [...grid.slice(0, index), points] }));
  },
  onNotice: (message) => {
    if (isCurrent()) notify(message);
  },
  onError: (message) => {
    if (!isCurrent()) return;
    flush();
    ended('failed');
    const kept = intervalsDone(useCompare.getState());
    notify(kept > 0 ? `${message} ${count(kept, 'interval')} kept.` : message, 'error', FAILED_REMEDIES);
  },
});

export function pauseComparing(): void {
  control?.pause();
  useLab.setState({ comparing: 'paused' });
}

export function resumeComparing(): void {
  paceFromHere();
  control?.play();
  useLab.setState({ comparing: 'running' });
}

/** Ends it; what it showed stays. */
export async function stopComparing(): Promise<void> {
  flush();
  generation++;
  const ending = control;
  control = null;
  ended('ended');
  await ending?.stop();
}

/** @throws Error before the first interval */
export async function currentComparison(): Promise<ComparisonReport> {
  flush();
  const { info, comparison, runs, configurations, grid } = useCompare.getState();
  if (!info || !comparison || intervalsDone({ runs }) === 0) {
    throw new Error(
      'There is nothing to report before every policy has finished its first interval. Wait a second and try again.',
    );
  }
  const { buildComparison } = await import('../../reports/index.ts');
  return buildComparison(info, comparison, { runs, configurations, grid });
}

/** Shows the report of a comparison; what it compared is ticked, ready to be run again. */
export async function showComparison(report: ComparisonReport): Promise<void> {
  await stopComparing();
  await waitForView();
  forget();
  const { comparison, runs, configurations, grid } = report;
  const { experiment, contenders } = comparison;
  awaitCard(experiment.detector);
  const budget = contenders[0]?.budget ?? experiment.budget;
  releaseCamera();
  useLab.setState(({ footage }) => ({
    page: 'compare',
    comparing: 'opened',
    draft: { ...experiment, budget, clock: 'live', seconds: null },
    footage: asNamed(footage, experiment),
  }));
  useCompare.setState({
    ...NOTHING_COMPARED,
    ...{ comparison, runs, configurations, grid },
    info: infoOf({ ...report, experiment }),
  });
  setSetup({
    chosen: [...new Set(contenders.map(choiceOf))],
    withGrid: comparison.grid !== null,
    seconds: clamp(experiment.seconds ?? runs[0]?.intervals.length ?? 1, COMPARE_SECONDS),
    standing:
      contenders.flatMap(({ policy }) => (policy.name === 'static' ? [policy.configuration] : []))[0] ?? {},
  });
}
