import { expect, it, vi } from 'vitest';
import type { IntervalRecord } from '../../domain/interval.ts';
import type { RunControl, StartRun } from '../../engine/events.ts';
import { setBudget, setOneAdapt } from './draft.ts';
import { useLab } from './labStore.ts';
import { startDraft } from './session.ts';

/** The engine is a large download: a person edits while it is on its way. */
const engine = vi.hoisted(() => {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return {
    asked: false,
    arrive,
    arrived,
    startRun: vi.fn<StartRun>(() => ({ stop: () => Promise.resolve() }) as RunControl),
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
