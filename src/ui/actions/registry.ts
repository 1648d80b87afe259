/** Everything that a person can do with one key or one button: feeds the buttons, the shortcuts and the help sheet. */
import { pauseComparing, resumeComparing, startComparing, stopComparing } from '../compare/compareSession.ts';
import { setPage } from '../compare/switchPage.ts';
import { byteCount } from '../format.ts';
import { restartWith } from '../store/draft.ts';
import { DEFAULT_EXPERIMENT } from '../store/defaults.ts';
import { FOOTAGE_DETECTOR } from '../store/footage.ts';
import { missingInputs } from '../store/inputs.ts';
import { hasEngine, useLab, type LabState } from '../store/labStore.ts';
import { notify } from '../store/notices.ts';
import { fetchAgain, SLOW_MOTION_HOLD_MS, startDraft, startWaiting, tell } from '../store/session.ts';
import { shareUrl } from '../store/urlSync.ts';
import { nextLayerKnob, setLayer, setTheme, setView, isDark } from '../store/view.ts';
import { startWebcam } from '../source/startWebcam.ts';

export interface Action {
  readonly id: string;
  readonly label: string;
  /** The key as KeyboardEvent.key gives it; none where only a button does it. */
  readonly key?: string;
  readonly run: () => void;
  /** Runs when the key is let go. */
  readonly release?: () => void;
  readonly isEnabled?: (state: LabState) => boolean;
}

/** Why nothing of the run can be steered or exported while the recording plays. */
export const RECORDED_REASON = 'What plays is a recording. Wait for the live run.';

const isRecorded = ({ origin }: LabState): boolean => origin === 'recorded';
const isRunPage = ({ page }: LabState): boolean => page === 'run';
const isAlive = (state: LabState): boolean =>
  isRunPage(state) && (state.runState === 'running' || state.runState === 'paused') && !isRecorded(state);
const isOver = ({ runState, origin }: LabState): boolean =>
  origin === 'opened' || runState === 'ended' || runState === 'failed';

function playOrPause(): void {
  const state = useLab.getState();
  if (!isRunPage(state)) {
    compareOrPause(state);
    return;
  }
  if (state.runState === 'running') tell((run) => run.pause());
  else if (state.runState === 'paused') tell((run) => run.play());
  else if (isOver(state)) void startDraft();
}

function compareOrPause({ comparing }: LabState): void {
  if (comparing === 'running') pauseComparing();
  else if (comparing === 'paused') resumeComparing();
  else if (comparing !== 'preparing') void startComparing();
}

/** A run that waited for the engine has it then. */
const stopAndRun = (): void =>
  void stopComparing().then(() => {
    if (isRunPage(useLab.getState())) startWaiting();
  });

function toggleSlowMotion(): void {
  const slowMotion = !useLab.getState().slowMotion;
  useLab.setState({ slowMotion });
  tell((run) => run.setSlowMotion(slowMotion ? SLOW_MOTION_HOLD_MS : 0));
}

function toggleTruth(): void {
  const truth = !useLab.getState().truth;
  useLab.setState(truth ? { truth } : { truth, measuring: null });
  tell((run) => run.setTruth(truth));
}

async function share(): Promise<void> {
  const { draft } = useLab.getState();
  const isLocal =
    missingInputs(draft).length > 0 || draft.source.kind !== 'scene' || isLocalModel(draft.detector);
  const aside = isLocal
    ? ' Files and the camera stay on this computer: whoever opens it is asked for their own.'
    : '';
  try {
    await navigator.clipboard.writeText(shareUrl());
    notify(`The address of this experiment is copied.${aside}`);
  } catch {
    notify(
      `The browser did not let the page copy. Copy the address bar instead: it holds the experiment.${aside}`,
    );
  }
}

const isLocalModel = (detector: LabState['draft']['detector']): boolean =>
  typeof detector !== 'string' && !/^https?:/.test(detector.model);

/** A camera that has ended must be asked for again; everything else is simply started. */
function retry(): void {
  const { draft } = useLab.getState();
  if (draft.source.kind === 'webcam') void startWebcam();
  else void startDraft();
}

/** What always works: the built-in scene and detector. A static configuration may be of another source's ladders. */
function backToScene(): void {
  const { source, detector } = DEFAULT_EXPERIMENT;
  const { policy } = useLab.getState().draft;
  restartWith({
    source,
    detector,
    policy: 'configuration' in policy ? { ...policy, configuration: {} } : policy,
  });
}

/** Opens the file chooser of a hidden input. */
const choose = (id: string): void => document.getElementById(id)?.click();

export const ACTIONS: readonly Action[] = [
  {
    id: 'playPause',
    label: 'Play or pause',
    key: ' ',
    run: playOrPause,
    isEnabled: (state) =>
      isRunPage(state)
        ? (isAlive(state) || isOver(state)) && !isRecorded(state)
        : state.comparing !== 'preparing',
  },
  {
    id: 'step',
    label: 'Run one interval, then pause',
    key: 's',
    run: () => tell((run) => run.step()),
    isEnabled: isAlive,
  },
  {
    id: 'slowMotion',
    label: 'Slow motion: name each stage',
    key: 'm',
    run: toggleSlowMotion,
    isEnabled: (state) => isRunPage(state) && !isRecorded(state),
  },
  {
    id: 'truth',
    label: 'Measure the truth after each interval',
    run: toggleTruth,
    isEnabled: (state) => !isRecorded(state),
  },
  {
    id: 'hideHeat',
    label: 'Hide the heat map while held',
    key: 'h',
    run: () => setView({ heatHidden: true }),
    release: () => setView({ heatHidden: false }),
    isEnabled: isRunPage,
  },
  {
    id: 'layerNone',
    label: 'Layer: frame only',
    key: '1',
    run: () => setLayer('none'),
    isEnabled: isRunPage,
  },
  {
    id: 'layerDnnGrad',
    label: 'Layer: DNNGrad',
    key: '2',
    run: () => setLayer('dnnGrad'),
    isEnabled: isRunPage,
  },
  {
    id: 'layerInputGrad',
    label: 'Layer: InputGrad of a knob',
    key: '3',
    run: () => setLayer('inputGrad'),
    isEnabled: isRunPage,
  },
  {
    id: 'layerProduct',
    label: 'Layer: product of a knob',
    key: '4',
    run: () => setLayer('product'),
    isEnabled: isRunPage,
  },
  {
    id: 'layerAll',
    label: 'Layer: all knobs side by side',
    key: '5',
    run: () => setLayer('all'),
    isEnabled: isRunPage,
  },
  { id: 'layerKnob', label: 'Layer: the next knob', key: '6', run: nextLayerKnob, isEnabled: isRunPage },
  {
    id: 'switchPage',
    label: 'Run or compare',
    key: 'v',
    run: () => setPage(isRunPage(useLab.getState()) ? 'compare' : 'run'),
  },
  {
    id: 'stopComparing',
    label: 'Stop the comparison',
    key: 'x',
    run: stopAndRun,
    isEnabled: ({ comparing }) => hasEngine(comparing),
  },
  { id: 'compare', label: 'Compare again', run: () => void startComparing() },
  {
    id: 'export',
    label: 'Export',
    key: 'e',
    run: () => useLab.setState(({ exportOpen }) => ({ exportOpen: !exportOpen })),
  },
  { id: 'open', label: 'Open a report or an experiment', key: 'o', run: () => choose('open-report-input') },
  { id: 'share', label: 'Copy the address of this experiment', key: 'c', run: () => void share() },
  {
    id: 'theme',
    label: 'Light or dark',
    key: 't',
    run: () => setTheme(isDark(useLab.getState().theme) ? 'light' : 'dark'),
  },
  {
    id: 'help',
    label: 'Help',
    key: '?',
    run: () => useLab.setState(({ helpOpen }) => ({ helpOpen: !helpOpen })),
  },
  { id: 'retry', label: 'Retry', run: retry },
  {
    id: 'useScene',
    label: 'Use the built-in scene',
    run: backToScene,
  },
  {
    id: 'useCoco',
    label: `Use ${FOOTAGE_DETECTOR.label}: fetches ${byteCount(FOOTAGE_DETECTOR.bytes ?? 0)}`,
    run: () => restartWith({ detector: FOOTAGE_DETECTOR.name }),
  },
  { id: 'fetchAgain', label: 'Try again', run: fetchAgain },
  { id: 'runAgain', label: 'Run again', run: retry, isEnabled: isOver },
];

/** @throws Error for an id that no action has */
export function actionOf(id: string): Action {
  const action = ACTIONS.find((a) => a.id === id);
  if (!action) throw new Error(`No action is called "${id}".`);
  return action;
}
