import { expect, it, vi } from 'vitest';
import type { IntervalRecord } from '../../domain/interval.ts';
import type { RunControl, RunInfo, StartRun } from '../../engine/events.ts';
import { setBudget, setOneAdapt } from './draft.ts';
import { holdClip } from './inputs.ts';
import { useLab } from './labStore.ts';
import { fetchAgain, startDraft } from './session.ts';

/** The engine is a large download: a person edits while it is on its way. */
const engine = vi.hoisted(() => {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return {
    asked: false,
    arrive,
    arrived,
    startRun: vi.fn<StartRun>(
      () => ({ stop: () => Promise.resolve(), setBudget: () => undefined }) as unknown as RunControl,
    ),
  };
});
vi.mock('../../engine/run.ts', async () => {
  engine.asked = true;
  await engine.arrived;
  return { startRun: engine.startRun };
});

it('starts with what was edited while the engine was loaded', async () => {
  const started = startDraft();
  await vi.waitFor(() => expect(engine.asked).toBe(true));
  setBudget({ bandwidthKbps: 123 });
  setOneAdapt({ learningRate: 0.1 });
  engine.arrive();
  await started;
  expect(engine.startRun.mock.calls.map(([experiment]) => experiment)).toMatchObject([
    { budget: { bandwidthKbps: 123 }, policy: { learningRate: 0.1 } },
  ]);
});

const interval = {} as IntervalRecord;

it('shows nothing of a run under the name of the next, which keeps none of its intervals', async () => {
  useLab.setState({ origin: 'live', records: [interval, interval] });
  await startDraft();
  expect(useLab.getState()).toMatchObject({ origin: 'none', records: [] });
  engine.startRun.mock.lastCall?.[2].onError('The weights are cut off.', 'other');
  expect(useLab.getState().notices.at(-1)?.text).toBe('The weights are cut off.');
});

it('ends the recording when the run that it stands for fails', async () => {
  useLab.setState({ origin: 'recorded', records: [interval] });
  await startDraft();
  expect(useLab.getState().origin).toBe('recorded');
  engine.startRun.mock.lastCall?.[2].onError('There is no such clip.', 'other');
  const { origin, records, notices } = useLab.getState();
  expect([origin, records, notices.at(-1)?.text]).toEqual(['none', [], 'There is no such clip.']);
});

it('goes on with the street detector where the other cannot be fetched, says so once, and tries again', async () => {
  const source = { kind: 'clip', file: 'a.mp4' } as const;
  holdClip('a.mp4', new Blob());
  useLab.setState(({ draft }) => ({ draft: { ...draft, source, detector: 'nanodet-coco' }, notices: [] }));
  await startDraft();
  const before = engine.startRun.mock.calls.length;
  engine.startRun.mock.lastCall?.[2].onError('This machine is offline.', 'detectorNotFetched');
  await vi.waitFor(() => expect(engine.startRun.mock.calls).toHaveLength(before + 1));
  const [experiment, , listener] = engine.startRun.mock.lastCall ?? [];
  expect(experiment).toMatchObject({ source, detector: 'default' });
  listener?.onReady({ experiment } as RunInfo);
  expect(useLab.getState().notices).toMatchObject([
    { level: 'warning', text: expect.stringMatching(/street detector runs instead.*offline\.$/) as string },
  ]);
  fetchAgain();
  await vi.waitFor(() => expect(engine.startRun.mock.calls).toHaveLength(before + 2));
  expect(engine.startRun.mock.lastCall?.[0]).toMatchObject({ source, detector: 'nanodet-coco' });
  expect(useLab.getState().notices).toEqual([]);
});

it('keeps the error where the run had intervals to lose', async () => {
  useLab.setState(({ draft }) => ({ draft: { ...draft, detector: 'nanodet-coco' }, notices: [] }));
  await startDraft();
  useLab.setState({ origin: 'live', records: [interval] });
  engine.startRun.mock.lastCall?.[2].onError('This machine is offline.', 'detectorNotFetched');
  expect(useLab.getState().notices).toMatchObject([{ level: 'error' }]);
});

it('moves the controls along with the changes that the experiment had planned', async () => {
  const budget = { bandwidthKbps: 400, gpuMsPerSecond: null };
  useLab.setState(({ draft }) => ({
    draft: { ...draft, source: { kind: 'scene', preset: 'plaza' }, budget },
  }));
  await startDraft();
  const listener = engine.startRun.mock.lastCall?.[2];
  listener?.onPlannedEdit({ budget: { bandwidthKbps: 300, gpuMsPerSecond: 45 }, content: { rain: 1 } });
  listener?.onPlannedEdit({ policy: { name: 'static', configuration: { frameRate: 5 } } });
  listener?.onPlannedEdit({ configuration: { quantizer: 96 } });
  expect(useLab.getState().draft).toMatchObject({
    budget: { bandwidthKbps: 300, gpuMsPerSecond: 45 },
    source: { content: { rain: 1 } },
    policy: { name: 'static', configuration: { frameRate: 5, quantizer: 96 } },
  });
  // A hand that moves one budget leaves the other where the run has it.
  setBudget({ bandwidthKbps: 500 });
  expect(useLab.getState().draft.budget).toEqual({ bandwidthKbps: 500, gpuMsPerSecond: 45 });
});
