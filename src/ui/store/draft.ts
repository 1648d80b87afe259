/** Edits of the experiment: what a run can take while it runs is sent to it, the rest starts a new one. */
import type { Budget } from '../../domain/budget.ts';
import { topConfiguration, type Configuration } from '../../domain/configuration.ts';
import type { Experiment, OneAdaptOptions, PolicyName, SceneContent } from '../../domain/experiment.ts';
import { DEFAULT_ONEADAPT } from '../../domain/experiment.ts';
import { KNOB_NAMES, type KnobName, type KnobValue } from '../../domain/knob.ts';
import type { RunInfo } from '../../engine/events.ts';
import { lastRecord, useLab } from './labStore.ts';
import { notify } from './notices.ts';
import { flush } from './publisher.ts';
import { startDraft, tell } from './session.ts';

const edit = (patch: Partial<Experiment>): void =>
  useLab.setState(({ draft }) => ({ draft: { ...draft, ...patch } }));

/** Source, detector, backend, seed and the like: a new run. */
export function restartWith(patch: Partial<Experiment>): void {
  edit(patch);
  void startDraft();
}

export function setBudget(patch: Partial<Budget>): void {
  const budget = { ...useLab.getState().draft.budget, ...patch };
  edit({ budget });
  tell((run) => run.setBudget(budget));
}

export function setContent(patch: Partial<SceneContent>): void {
  const { source } = useLab.getState().draft;
  if (source.kind !== 'scene') return;
  const content = { ...source.content, ...patch };
  edit({ source: { ...source, content } });
  tell((run) => run.setSceneContent(content));
}

function sendPolicy(): void {
  const { policy, knobs } = useLab.getState().draft;
  tell((run) => run.setPolicy(policy, knobs));
}

/** What was last set by hand: in force until interval `from` has run it. */
let asked:
  { readonly run: RunInfo; readonly configuration: Configuration; readonly from: number } | undefined;

/**
 * The configuration that a change by hand starts from: what was last asked for, else what ran last.
 * @returns undefined while the page does not know where the run's knobs stand
 */
function pendingConfiguration(): Configuration | undefined {
  flush();
  const state = useLab.getState();
  const { info, origin, runState } = state;
  // What is shown is a recording, or still the run before this one.
  if (!info || origin === 'recorded' || runState === 'preparing') return undefined;
  const record = lastRecord(state);
  if (asked?.run === info && (record?.index ?? -1) < asked.from) return asked.configuration;
  if (record) return record.configuration;
  const { policy } = state.draft;
  return policy.name === 'static' ? { ...topConfiguration(info.knobs), ...policy.configuration } : undefined;
}

/** Static stays where the knobs stand; OneAdapt climbs on from there. */
export function setPolicyName(name: PolicyName): void {
  if (useLab.getState().draft.policy.name === name) return;
  edit({
    policy:
      name === 'oneadapt'
        ? { name, ...DEFAULT_ONEADAPT }
        : { name, configuration: pendingConfiguration() ?? {} },
  });
  sendPolicy();
}

export function setOneAdapt(patch: Partial<OneAdaptOptions>): void {
  const { policy } = useLab.getState().draft;
  if (policy.name !== 'oneadapt') return;
  edit({ policy: { ...policy, ...patch } });
  sendPolicy();
}

/** A pinned knob is left where it stands. */
export function togglePin(name: KnobName): void {
  const { knobs } = useLab.getState().draft;
  const adapts = knobs.includes(name);
  edit({ knobs: KNOB_NAMES.filter((k) => (k === name ? !adapts : knobs.includes(k))) });
  sendPolicy();
}

/** Puts one knob on a value by hand. */
export function setKnob(name: KnobName, value: KnobValue): void {
  const pending = pendingConfiguration();
  const state = useLab.getState();
  if (!pending || !state.info) {
    notify(
      'A knob can be set by hand as soon as the live run has ended its first interval. Click again then.',
    );
    return;
  }
  const { policy } = state.draft;
  const fixed = policy.name === 'static' ? policy.configuration : {};
  const configuration = { ...pending, ...fixed, [name]: value };
  // The interval under way began without it, the one after runs it.
  asked = { run: state.info, configuration, from: (lastRecord(state)?.index ?? -1) + 2 };
  if (policy.name === 'static') {
    edit({ policy: { ...policy, configuration } });
    sendPolicy();
  }
  tell((run) => run.setConfiguration(configuration));
}
