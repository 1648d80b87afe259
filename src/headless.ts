/**
 * The page that the command line opens: the same engine as the lab's, without a person. It waits for
 * `runExperiment` to be called, tells what happens through `onExperimentEvent`, and answers with the intervals.
 */
import { withFidelity, type IntervalRecord } from './domain/interval.ts';
import type { GradientView, RunInfo, RunInputs, RunListener } from './engine/events.ts';
import type { GridPoint } from './domain/comparison.ts';
import type { Configuration } from './domain/configuration.ts';
import { sentenceOf } from './domain/sentenceOf.ts';
import { startComparison } from './engine/compare.ts';
import { runTrials } from './engine/tileTrials/trials.ts';
import { startRun } from './engine/run.ts';
import { heatmapPictures } from './headless/pictures.ts';
import type {
  ComparisonResult,
  ComparisonTask,
  HeadlessEvent,
  HeadlessPage,
  HeadlessResult,
  HeadlessTask,
  ServedFile,
  TileTrialsResult,
  TileTrialsTask,
} from './headless/task.ts';

/** Least time between two signs of life that say nothing else, milliseconds. */
const ALIVE_EVERY_MS = 1000;

const page = window as unknown as HeadlessPage;
const tell = (event: HeadlessEvent): void => void page.onExperimentEvent(event);

let toldAt = 0;
function alive(): void {
  if (performance.now() - toldAt < ALIVE_EVERY_MS) return;
  toldAt = performance.now();
  tell({ kind: 'alive' });
}

async function fetchFile({ name, url }: ServedFile): Promise<File> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(
      `The file ${name} could not be read (${response.status} ${response.statusText}). Run the experiment again.`,
    );
  return new File([await response.blob()], name);
}

const inputsOf = async ({ clips, modelFiles, fidelity }: HeadlessTask): Promise<RunInputs> => ({
  ...(await filesOf(clips, modelFiles)),
  ...(fidelity ? { fidelity: true } : {}),
});

async function runExperiment(task: HeadlessTask): Promise<HeadlessResult> {
  const inputs = await inputsOf(task);
  let intervals: readonly IntervalRecord[] = [];
  let info: RunInfo | undefined;
  let gradients: GradientView | undefined;
  let error: string | undefined;

  const listener: RunListener = {
    onProgress: (progress) => tell({ kind: 'progress', progress }),
    onReady: (ready) => (info = ready),
    onState: () => undefined,
    onStage: alive,
    onWork: alive,
    onFrame: (view) => {
      view.image?.close();
      alive();
    },
    onGradients: (view) => (gradients = view),
    onInterval: (record) => {
      intervals = [...intervals, record];
      tell({ kind: 'interval', record });
    },
    onPlannedEdit: () => undefined,
    onMeasuring: alive,
    onFidelity: (index, fidelity) => (intervals = withFidelity(intervals, new Map([[index, fidelity]]))),
    onNotice: (message) => tell({ kind: 'notice', message }),
    onError: (message) => (error = message),
  };
  const control = startRun(task.experiment, inputs, listener);
  control.play();
  await control.finished;

  if (error !== undefined) return { ok: false, error };
  if (info === undefined || intervals.length === 0) {
    return { ok: false, error: 'The run ended before its first interval. Choose a longer source.' };
  }
  return { ok: true, info, intervals, pictures: gradients ? await heatmapPictures(gradients) : [] };
}

const filesOf = async (
  clips: readonly ServedFile[],
  modelFiles: readonly ServedFile[],
): Promise<Pick<RunInputs, 'clips' | 'modelFiles'>> => {
  const files = await Promise.all(modelFiles.map(fetchFile));
  return {
    clips: new Map(await Promise.all(clips.map(async (clip) => [clip.name, await fetchFile(clip)] as const))),
    ...(files.length === 0 ? {} : { modelFiles: files }),
  };
};

async function runTileTrials({ clips, modelFiles, ...task }: TileTrialsTask): Promise<TileTrialsResult> {
  const inputs = await filesOf(clips, modelFiles);
  return { ok: true, intervals: await runTrials(task, inputs, alive) };
}

async function runComparison({ comparison, clips, modelFiles }: ComparisonTask): Promise<ComparisonResult> {
  const inputs = await filesOf(clips, modelFiles);
  const intervals: IntervalRecord[][] = comparison.contenders.map(() => []);
  const grid: (readonly GridPoint[])[] = [];
  let configurations: readonly Configuration[] = [];
  let info: RunInfo | undefined;
  let error: string | undefined;
  const control = startComparison(comparison, inputs, false, {
    onProgress: (progress) => tell({ kind: 'progress', progress }),
    onReady: (ready) => (info = ready),
    onGridReady: (all) => (configurations = all),
    onFrame: alive,
    onInterval: (place, record) => {
      intervals[place]?.push(record);
      if (intervals.every(({ length }) => length > record.index))
        tell({ kind: 'compared', intervalIndex: record.index });
      else alive();
    },
    onWork: alive,
    onGrid: (index, points) => (grid[index] = points),
    onNotice: (message) => tell({ kind: 'notice', message }),
    onError: (message) => (error = message),
  });
  control.play();
  await control.finished;
  if (error !== undefined || !info) return { ok: false, error: error ?? 'The comparison never began.' };
  return { ok: true, info, intervals, configurations, grid };
}

const failed = (error: unknown): { readonly ok: false; readonly error: string } => ({
  ok: false,
  error: sentenceOf(error),
});

page.runExperiment = (task) => runExperiment(task).catch(failed);
page.runComparison = (task) => runComparison(task).catch(failed);
page.runTileTrials = (task) => runTileTrials(task).catch(failed);
