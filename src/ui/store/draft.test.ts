import { beforeEach, expect, it, vi } from 'vitest';
import type { Configuration } from '../../domain/configuration.ts';
import { DEFAULT_CHAMELEON } from '../../domain/experiment.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import type { RunControl, StartRun } from '../../engine/events.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';
import { setKnob, setPolicyName, toggleTuned } from './draft.ts';
import { INITIAL, useLab } from './labStore.ts';
import { startDraft } from './session.ts';

const engine = vi.hoisted(() => ({
  setConfiguration: vi.fn<RunControl['setConfiguration']>(),
  setPolicy: vi.fn<RunControl['setPolicy']>(),
  stop: () => Promise.resolve(),
}));
vi.mock('../../engine/run.ts', () => {
  const startRun: StartRun = () => engine as unknown as RunControl;
  return { startRun };
});

const RAN: Configuration = {
  ...{ resolution: '320x192', quantizer: 144, frameRate: 5 },
  ...{ keyFrameInterval: 1, codec: 'vp9', colour: 'colour', tiles: 100 },
  ...{ pixelFilter: 0, areaFilter: 0, edgeFilter: 0 },
  ...{ inputSize: '480x288', member: 'default', enhancement: 'off' },
};

/** A run whose newest interval ran at {@link RAN}. */
beforeEach(async () => {
  vi.clearAllMocks();
  useLab.setState(INITIAL);
  await startDraft();
  const record = { index: 0, configuration: RAN } as IntervalRecord;
  useLab.setState({ runState: 'running', origin: 'live', records: [record] });
});

it('sets one knob and leaves the others to whoever moves them', () => {
  setKnob('quantizer', 96);
  setKnob('frameRate', 10);
  expect(engine.setConfiguration.mock.calls).toEqual([[{ quantizer: 96 }], [{ frameRate: 10 }]]);
});

it('leaves a knob that is no longer tuned where it is seen to stand', () => {
  toggleTuned('resolution');
  expect(engine.setPolicy.mock.lastCall?.[1]).toEqual(['quantizer', 'frameRate']);
  expect(engine.setConfiguration).toHaveBeenLastCalledWith({ resolution: RAN.resolution });
  toggleTuned('resolution');
  expect(engine.setPolicy.mock.lastCall?.[1]).toHaveLength(3);
  toggleTuned('codec');
  expect(engine.setPolicy.mock.lastCall?.[1]).toEqual(['resolution', 'quantizer', 'frameRate', 'codec']);
  expect(engine.setConfiguration).toHaveBeenCalledOnce();
});

it('goes static where the knobs are seen to stand, and says so in its settings', () => {
  setPolicyName('static');
  setKnob('quantizer', 96);
  const policy = { name: 'static', configuration: { ...RAN, quantizer: 96 } };
  expect(useLab.getState().draft.policy).toEqual(policy);
  expect(DEFAULT_EXPERIMENT.policy.name).toBe('oneadapt');
});

it('starts a rival as its authors have it, and writes what is then set by hand into its settings', () => {
  setPolicyName('dds');
  expect(useLab.getState().draft.policy).toEqual({ name: 'dds', again: {}, configuration: {} });
  setKnob('quantizer', 96);
  expect(useLab.getState().draft.policy).toEqual({
    name: 'dds',
    again: {},
    configuration: { quantizer: 96 },
  });
  setPolicyName('chameleon');
  setKnob('quantizer', 96);
  expect(useLab.getState().draft.policy).toEqual({ name: 'chameleon', ...DEFAULT_CHAMELEON });
});

it('asks to wait while the page shows no run of its own', () => {
  useLab.setState({ origin: 'recorded' });
  setKnob('quantizer', 96);
  setKnob('quantizer', 96);
  expect(engine.setConfiguration).not.toHaveBeenCalled();
  expect(useLab.getState().notices.map((notice) => notice.text)).toEqual([
    'A knob can be set by hand as soon as the live run shows its first interval. Click again then.',
  ]);
});
