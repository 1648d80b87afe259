import { beforeEach, expect, it, vi } from 'vitest';
import { topConfiguration, type Configuration } from '../../domain/configuration.ts';
import { DEFAULT_ONEADAPT } from '../../domain/experiment.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { ladders } from '../../domain/ladders.ts';
import type { RunControl, RunInfo, StartRun } from '../../engine/events.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';
import { setKnob } from './draft.ts';
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

const RAN: Configuration = { resolution: '320x192', quantizer: 144, frameRate: 5 };
const knobs = ladders({ width: 640, height: 384 }, 255);
const record = (index: number, configuration: Configuration): IntervalRecord =>
  ({ index, configuration }) as IntervalRecord;
const asked = (): unknown => engine.setConfiguration.mock.lastCall?.[0];

/** A run whose newest interval is the last of these. */
beforeEach(async () => {
  vi.clearAllMocks();
  useLab.setState(INITIAL);
  await startDraft();
  useLab.setState({ runState: 'running', origin: 'live', info: { knobs } as RunInfo });
});

it('keeps what was set by hand a moment before', () => {
  useLab.setState({ records: [record(0, RAN)] });
  setKnob('quantizer', 96);
  setKnob('frameRate', 10);
  expect(asked()).toEqual({ ...RAN, quantizer: 96, frameRate: 10 });
  // The interval that was under way ran without it.
  useLab.setState({ records: [record(0, RAN), record(1, RAN)] });
  setKnob('resolution', '640x384');
  expect(asked()).toEqual({ resolution: '640x384', quantizer: 96, frameRate: 10 });
});

it('goes on from where the policy has moved since', () => {
  useLab.setState({ records: [record(0, RAN)] });
  setKnob('quantizer', 96);
  const moved = { ...RAN, quantizer: 112, frameRate: 2 };
  useLab.setState({ records: [record(0, RAN), record(1, RAN), record(2, moved)] });
  setKnob('resolution', '640x384');
  expect(asked()).toEqual({ ...moved, resolution: '640x384' });
});

it('asks to wait where nobody can know yet how the knobs stand', () => {
  setKnob('quantizer', 96);
  useLab.setState({ origin: 'recorded', records: [record(0, RAN)] });
  setKnob('quantizer', 96);
  expect(engine.setConfiguration).not.toHaveBeenCalled();
  expect(useLab.getState().notices.map((notice) => notice.text)).toEqual([
    'A knob can be set by hand as soon as the live run has ended its first interval. Click again then.',
  ]);
});

it('knows how a static policy’s knobs stand before the first interval', () => {
  useLab.setState({
    draft: { ...DEFAULT_EXPERIMENT, policy: { name: 'static', configuration: { frameRate: 2 } } },
  });
  setKnob('quantizer', 96);
  const configuration = { ...topConfiguration(knobs), frameRate: 2, quantizer: 96 };
  expect(asked()).toEqual(configuration);
  expect(useLab.getState().draft.policy).toEqual({ name: 'static', configuration });
  expect(DEFAULT_EXPERIMENT.policy).toEqual({ name: 'oneadapt', ...DEFAULT_ONEADAPT });
});
