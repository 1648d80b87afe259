import { describe, expect, it, vi } from 'vitest';
import { topConfiguration } from '../domain/configuration.ts';
import { defaultPolicy, type Experiment, type TimedEdit } from '../domain/experiment.ts';
import { ladders } from '../domain/ladders.ts';
import { NO_PINS } from '../domain/tiles.ts';
import type { Decision, Policy, PolicyContext } from '../policies/policy.ts';
import { createControls, type Controls } from './controls.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const TOP = topConfiguration(knobs);
const GPU_COST = { inferenceMs: 5, backwardMs: 10 };
const PRICES = { bandwidth: 0.5, gpu: 0 };
const kbps = (bandwidthKbps: number) => ({ bandwidthKbps, gpuMsPerSecond: null });
const decisionAt = (quantizer: number): Decision => ({
  ...{ configuration: { ...TOP, quantizer }, positions: {}, prices: PRICES, steering: {} },
  backward: 'never',
});

/** Policies begin where they are told to, or at quantizer 128, and say so. */
function controlsOf(edits: readonly TimedEdit[] = []) {
  const experiment = {
    ...{
      source: { kind: 'scene', preset: 'plaza', content: { rain: 0.5 } },
      policy: defaultPolicy('oneadapt'),
    },
    ...{ knobs: ['quantizer'], budget: kbps(400), tilePins: NO_PINS, edits },
  } as unknown as Experiment;
  const createPolicy = vi.fn((_: unknown, { start }: PolicyContext): Policy => {
    const decision = { ...decisionAt(128), ...start };
    return { first: () => decision, next: () => decision } as unknown as Policy;
  });
  const told = { onPlannedEdit: vi.fn(), onContent: vi.fn() };
  return { controls: createControls(experiment, createPolicy, told), createPolicy, ...told };
}

function begun(edits?: readonly TimedEdit[]) {
  const made = controlsOf(edits);
  made.controls.begin(knobs, GPU_COST);
  return made;
}

/** One interval from its beginning to its record. */
function interval(
  controls: Controls,
  index: number,
  next: () => Decision,
  meanwhile = (): void => undefined,
) {
  controls.beforeInterval(index);
  const ran = controls.deciding();
  meanwhile();
  controls.afterInterval(index);
  const decided = controls.decide(ran, next);
  return { ran: ran.decision, decided, edits: controls.takeEdits() };
}

describe('the controls of a run', () => {
  it('take what was changed while the run was prepared for how it starts', () => {
    const { controls, createPolicy } = controlsOf();
    controls.apply({ budget: kbps(200), content: { light: 0 } });
    controls.apply({ configuration: { quantizer: 32 } });
    controls.begin(knobs, GPU_COST);
    expect(controls.now()).toMatchObject({ budget: kbps(200), content: { rain: 0.5, light: 0 } });
    expect(createPolicy).toHaveBeenCalledExactlyOnceWith(
      defaultPolicy('oneadapt'),
      expect.objectContaining({ start: null, budget: kbps(200), gpuCost: GPU_COST }),
    );
    expect(controls.deciding().decision.configuration.quantizer).toBe(128);
    expect(controls.takeEdits()).toEqual([]);
  });

  it('let the policy go on from interval to interval', () => {
    const { controls } = begun();
    expect(interval(controls, 0, () => decisionAt(96)).ran.configuration.quantizer).toBe(128);
    expect(interval(controls, 1, () => decisionAt(64)).ran.configuration.quantizer).toBe(96);
    expect(controls.deciding().decision.configuration.quantizer).toBe(64);
  });

  it('make what is planned before an interval once, though it is tried again after a loss, and keep what a hand did meanwhile as done before it', () => {
    const budget = kbps(100);
    const { controls, onPlannedEdit } = begun([{ interval: 1, moment: 'before', budget }]);
    interval(controls, 0, () => decisionAt(96));
    expect(controls.now().budget).toEqual(kbps(400));
    controls.beforeInterval(1);
    expect(controls.now().budget).toEqual(budget);
    // The device is lost, a hand moves the slider, and the second is tried again.
    controls.apply({ budget: kbps(300) });
    const { edits } = interval(controls, 1, () => decisionAt(96));
    expect(controls.now().budget).toEqual(kbps(300));
    expect(onPlannedEdit).toHaveBeenCalledExactlyOnceWith({ budget });
    // Run again the second is not lost, and runs under what it ran under.
    expect(edits).toEqual([{ moment: 'before', budget: kbps(300) }]);
  });

  it('make nothing that is planned during an interval where it is tried again', () => {
    const { controls, onPlannedEdit } = begun([{ interval: 0, moment: 'during', budget: kbps(100) }]);
    controls.beforeInterval(0);
    controls.beforeInterval(0);
    expect(onPlannedEdit).not.toHaveBeenCalled();
    expect(controls.now().budget).toEqual(kbps(400));
  });

  it('make what is planned during an interval when it is over, and not before the decision that it starts with', () => {
    const { controls, createPolicy } = begun([
      { interval: 0, moment: 'during', configuration: { quantizer: 32 } },
    ]);
    const { ran, decided, edits } = interval(controls, 0, () => decisionAt(96));
    expect(ran.configuration.quantizer).toBe(128);
    expect(decided.configuration.quantizer).toBe(32);
    const [spec, { start }] = createPolicy.mock.lastCall ?? expect.fail('no policy began');
    expect(spec).toEqual(defaultPolicy('oneadapt'));
    // Where the other knobs stood, and at the prices of the decision that ran.
    expect(start?.positions.quantizer).toBe(1);
    expect(start?.prices).toEqual(PRICES);
    expect(edits).toEqual([{ moment: 'during', configuration: { ...TOP, quantizer: 32 } }]);
  });

  it('keep changes of one moment as one, each slider of the scene where it was put last', () => {
    const { controls, onContent } = begun();
    controls.apply({ content: { rain: 1 } });
    controls.apply({ content: { light: 0.2 } });
    controls.apply({ content: { light: 0.1 }, budget: kbps(50) });
    expect(onContent).toHaveBeenLastCalledWith({ rain: 1, light: 0.1 });
    const { edits } = interval(controls, 0, () => decisionAt(96));
    expect(edits).toEqual([{ moment: 'before', content: { rain: 1, light: 0.1 }, budget: kbps(50) }]);
    expect(controls.takeEdits()).toEqual([]);
  });

  it('let a policy that was chosen meanwhile begin where the last one stood, and the last one decide no more', () => {
    const { controls, createPolicy } = begun();
    const next = vi.fn(() => decisionAt(96));
    const chosen = { policy: defaultPolicy('eaar'), knobs: ['resolution'] as const };
    const { decided } = interval(controls, 0, next, () => controls.apply(chosen));
    expect(next).not.toHaveBeenCalled();
    expect(decided.configuration.quantizer).toBe(128);
    const { configuration } = decisionAt(128);
    expect(createPolicy).toHaveBeenLastCalledWith(
      chosen.policy,
      expect.objectContaining({
        active: ['resolution'],
        start: expect.objectContaining({ configuration }) as unknown,
      }),
    );
  });

  it('let a static keep what a hand has put it to', () => {
    const { controls } = begun();
    controls.apply({ policy: { name: 'static', configuration: { quantizer: 128 } } });
    controls.apply({ configuration: { quantizer: 64 } });
    expect(controls.now().policy).toEqual({ name: 'static', configuration: { ...TOP, quantizer: 64 } });
  });
});
