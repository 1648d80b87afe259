import { expect, it, vi } from 'vitest';
import type { RunControl, StartRun } from '../../engine/events.ts';
import { setBudget, setOneAdapt } from './draft.ts';
import { startDraft } from './session.ts';

/** The engine is a large download: a person edits while it is on its way. */
const engine = vi.hoisted(() => {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return { asked: false, arrive, arrived, startRun: vi.fn<StartRun>(() => ({}) as RunControl) };
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
