/** Edits of the experiment: what a run can take while it runs is sent to it, the rest starts a new one. */
import type { Budget } from '../../domain/budget.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Experiment, OneAdaptOptions, PolicyName, SceneContent } from '../../domain/experiment.ts';
import { defaultPolicy, edited } from '../../domain/experiment.ts';
import { KNOB_NAMES, type KnobName, type KnobValue } from '../../domain/knob.ts';
import { cyclePin, NO_PINS, type TileGrid, type TilePins } from '../../domain/tiles.ts';
import { afterEdit, asNamed } from './footage.ts';
import { lastRecord, useLab } from './labStore.ts';
import { notify } from './notices.ts';
import { flush } from './publisher.ts';
import { startDraft, tell } from './session.ts';

const edit = (patch: Partial<Experiment>): void =>
  useLab.setState(({ draft }) => ({ draft: { ...draft, ...patch } }));

/** Source, detector, backend, seed and the like: a new run. */
export function restartWith(patch: Partial<Experiment>): void {
  useLab.setState(({ draft, footage }) => afterEdit(draft, footage, patch));
  void startDraft();
}

/** Starts an experiment that somebody wrote, with the detector that it names. */
export function startExperiment(experiment: Experiment): void {
  useLab.setState(({ footage }) => ({ draft: experiment, footage: asNamed(footage, experiment) }));
  void startDraft();
}

export function setBudget(patch: Partial<Budget>): void {
  const budget = { ...useLab.getState().draft.budget, ...patch };
  edit({ budget });
  tell((run) => run.setBudget(budget));
}

export function setContent(patch: Partial<SceneContent>): void {
  edit(edited(useLab.getState().draft, { content: patch }));
  const { source } = useLab.getState().draft;
  if (source.kind === 'scene') tell((run) => run.setSceneContent(source.content ?? {}));
}

function sendPolicy(): void {
  const { policy, knobs } = useLab.getState().draft;
  tell((run) => run.setPolicy(policy, knobs));
}

/** What ran last, where the page shows the run that it steers. */
function shownConfiguration(): Configuration | undefined {
  flush();
  const state = useLab.getState();
  return state.origin === 'live' ? lastRecord(state)?.configuration : undefined;
}

/** Static stays where the knobs stand, OneAdapt climbs on from there, and a rival starts as its authors have it. */
export function setPolicyName(name: PolicyName): void {
  if (useLab.getState().draft.policy.name === name) return;
  edit({
    policy: name === 'static' ? { name, configuration: shownConfiguration() ?? {} } : defaultPolicy(name),
  });
  sendPolicy();
}

export function setOneAdapt(patch: Partial<OneAdaptOptions>): void {
  const { policy } = useLab.getState().draft;
  if (policy.name !== 'oneadapt') return;
  edit({ policy: { ...policy, ...patch } });
  sendPolicy();
}

/** Whether the policy moves a knob; one that it no longer moves is left where it is seen to stand. */
export function toggleTuned(name: KnobName): void {
  const { knobs } = useLab.getState().draft;
  const adapts = knobs.includes(name);
  edit({ knobs: KNOB_NAMES.filter((k) => (k === name ? !adapts : knobs.includes(k))) });
  sendPolicy();
  const shown = shownConfiguration();
  if (adapts && shown) tell((run) => run.setConfiguration({ [name]: shown[name] }));
}

/** Tiles that a person takes from the closed form; known to a run from its next second on. */
export function setTilePins(tilePins: TilePins): void {
  edit({ tilePins });
  tell((run) => run.setTilePins(tilePins));
}

/** Pins a tile to full quality, then to low, then leaves it to its value. */
export const cycleTile = (tile: number): void =>
  setTilePins(cyclePin(useLab.getState().draft.tilePins, tile));

/** Other tiles: a new run, without the old ones' pins. */
export const setTileGrid = (tileGrid: TileGrid): void => restartWith({ tileGrid, tilePins: NO_PINS });

/** Puts one knob on a value by hand. */
export function setKnob(name: KnobName, value: KnobValue): void {
  const { origin, draft } = useLab.getState();
  if (origin !== 'live') {
    notify('A knob can be set by hand as soon as the live run shows its first interval. Click again then.');
    return;
  }
  edit(edited(draft, { configuration: { [name]: value } }));
  tell((run) => run.setConfiguration({ [name]: value }));
}
