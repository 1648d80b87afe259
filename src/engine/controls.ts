/**
 * What can be changed while a run goes on, by hand or as the experiment plans it: who decides, under which budget, and what the
 * scene shows. Every change is kept, so that the run can be run again.
 */
import type { Budget } from '../domain/budget.ts';
import { positionsOf, type Configuration, type Knobs } from '../domain/configuration.ts';
import {
  EDIT_MOMENTS,
  type Change,
  type Edit,
  type Experiment,
  type GpuCost,
  type PolicySpec,
  type SceneContent,
} from '../domain/experiment.ts';
import type { KnobName } from '../domain/knob.ts';
import type { TilePins } from '../domain/tiles.ts';
import type { Decision, Policy, PolicyContext } from '../policies/policy.ts';

/** What is in force. */
export interface InForce {
  readonly budget: Budget;
  readonly policy: PolicySpec;
  readonly knobs: readonly KnobName[];
  readonly tilePins: TilePins;
  /** Sliders that stand elsewhere than the preset's own; empty where the source is no scene. */
  readonly content: Partial<SceneContent>;
}

export interface Deciding {
  readonly policy: Policy;
  readonly decision: Decision;
}

export interface Controls {
  now(): InForce;
  /** Who decides, and what was decided last. @throws Error before {@link Controls.begin} */
  deciding(): Deciding;
  /** The run is prepared: its policy begins. What was changed before is how it starts, and no change. */
  begin(knobs: Knobs, gpuCost: GpuCost): void;
  /** A change by hand. Of a configuration without effect before the run begins. */
  apply(change: Change): void;
  /**
   * An interval begins: changes planned before it are made. Where it is tried again after a loss they have been, and what a hand has
   * changed meanwhile holds from its start as well.
   */
  beforeInterval(index: number): void;
  /** It is over: changes planned during it are made. */
  afterInterval(index: number): void;
  /**
   * The policy's turn, unless another decides by now.
   * @param ran whose decision ran
   * @returns what is decided for the next interval
   */
  decide(ran: Deciding, next: () => Decision): Decision;
  /** What was changed since this was last asked. */
  takeEdits(): readonly Edit[];
}

export interface Told {
  /** A change that the experiment had planned has been made. */
  readonly onPlannedEdit: (change: Change) => void;
  readonly onContent: (content: Partial<SceneContent>) => void;
}

/** @param createPolicy what begins where a run begins, and wherever somebody else is to decide */
export function createControls(
  experiment: Experiment,
  createPolicy: (spec: PolicySpec, context: PolicyContext) => Policy,
  { onPlannedEdit, onContent }: Told,
): Controls {
  const { source } = experiment;
  let inForce: InForce = {
    budget: experiment.budget,
    policy: experiment.policy,
    knobs: experiment.knobs,
    tilePins: experiment.tilePins,
    content: source.kind === 'scene' ? { ...source.content } : {},
  };
  let prepared: { readonly knobs: Knobs; readonly gpuCost: GpuCost } | undefined;
  let current: Deciding | undefined;
  let edits: Readonly<Partial<Record<Edit['moment'], Change>>> = {};
  let moment: Edit['moment'] = 'before';

  const adopt = (start: PolicyContext['start']): void => {
    if (!prepared) return;
    const { policy: spec, knobs: active, budget } = inForce;
    const policy = createPolicy(spec, { ...prepared, active, start, budget });
    current = { policy, decision: policy.first() };
  };

  const keep = (change: Change): void => {
    edits = { ...edits, [moment]: joined(edits[moment], change) };
  };

  const place = (asked: Partial<Configuration>): void => {
    if (!prepared || !current) return;
    const { decision } = current;
    // Kept whole, so that it means the same when it is planned for another run.
    const configuration = { ...decision.configuration, ...asked };
    keep({ configuration });
    const { policy: spec } = inForce;
    if ('configuration' in spec) inForce = { ...inForce, policy: { ...spec, configuration } };
    adopt({
      configuration,
      positions: positionsOf(prepared.knobs, configuration),
      prices: decision.prices,
    });
  };

  const apply = ({ configuration, ...change }: Change): void => {
    const { content, ...others } = change;
    inForce = { ...inForce, ...others, content: { ...inForce.content, ...content } };
    if (content) onContent(inForce.content);
    if (change.policy ?? change.knobs) adopt(current?.decision ?? null);
    keep(change);
    if (configuration) place(configuration);
  };

  const applyPlanned = (index: number): void => {
    for (const { interval, moment: when, ...change } of experiment.edits) {
      if (interval !== index || when !== moment) continue;
      apply(change);
      onPlannedEdit(change);
    }
  };

  return {
    now: () => inForce,
    deciding() {
      if (!current) throw new Error('The run has not begun, so nobody decides yet.');
      return current;
    },
    begin(knobs, gpuCost) {
      prepared = { knobs, gpuCost };
      adopt(null);
      edits = {};
    },
    apply,
    beforeInterval(index) {
      const { before, during } = edits;
      if (during) edits = { before: joined(before, during) };
      if (moment === 'before') applyPlanned(index);
      moment = 'during';
    },
    afterInterval: applyPlanned,
    decide(ran, next) {
      if (current === ran) current = { policy: ran.policy, decision: next() };
      return (current ?? ran).decision;
    },
    takeEdits() {
      const taken = EDIT_MOMENTS.flatMap((when) => (edits[when] ? [{ ...edits[when], moment: when }] : []));
      edits = {};
      moment = 'before';
      return taken;
    },
  };
}

/** Changes of one moment are one. */
function joined(earlier: Change | undefined, later: Change): Change {
  const content = later.content && { content: { ...earlier?.content, ...later.content } };
  return { ...earlier, ...later, ...content };
}
