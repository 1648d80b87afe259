import { describe, expect, it, vi } from 'vitest';
import type { IntervalFidelity } from '../domain/fidelity.ts';
import type { Measuring } from './events.ts';
import type { IntervalOutcome, IntervalPlan, Road } from './interval.ts';
import type { Watching } from './trueChanges.ts';
import { createTruth } from './truth.ts';

const FIDELITY: IntervalFidelity = { accuracy: 1, steps: [], level: {}, probedFrames: 3 };
const STEPS = 4;
const planOf = (index: number): IntervalPlan => ({ index, active: ['quantizer'] }) as unknown as IntervalPlan;
const OUTCOME = {} as IntervalOutcome;

/** An instrument whose steps end when the test says so. */
function setUp(on: boolean) {
  const told: (Measuring | null)[] = [];
  const found: number[] = [];
  const rest = vi.fn();
  let finishStep: () => void = () => undefined;
  const measured = vi.fn(
    async (
      _road: Road,
      _plan: IntervalPlan,
      _outcome: IntervalOutcome,
      _names: unknown,
      watching?: Watching,
    ) => {
      for (let done = 0; done < STEPS; done += 1) {
        watching?.onStep?.(done, STEPS);
        if (watching?.signal?.aborted === true) return null;
        await new Promise<void>((resolve) => (finishStep = resolve));
      }
      return FIDELITY;
    },
  );
  const listener = {
    onMeasuring: (measuring: Measuring | null) => void told.push(measuring),
    onFidelity: (index: number) => void found.push(index),
  };
  const road = { pace: { rest } } as unknown as Road;
  const truth = createTruth(on, listener, measured);
  const steps = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      await Promise.resolve();
      finishStep();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  return { truth, road, told, found, rest, measured, steps };
}

describe('truth', () => {
  it('is not measured unless it is wanted', async () => {
    const { truth, road, measured, rest } = setUp(false);
    truth.ended(planOf(0), OUTCOME);
    await truth.measure(road);
    expect(measured).not.toHaveBeenCalled();
    expect(rest).not.toHaveBeenCalled();
  });

  it('is measured once, while the clock rests, and tells how far it is', async () => {
    const { truth, road, told, found, measured, rest, steps } = setUp(true);
    truth.ended(planOf(3), OUTCOME);
    const working = truth.measure(road);
    await steps(STEPS);
    await working;
    await truth.measure(road);
    expect([found, measured.mock.calls.length, rest.mock.calls.length]).toEqual([[3], 1, 1]);
    expect(told[1]).toEqual({ intervalIndex: 3, done: 1, total: STEPS });
    expect(told.at(-1)).toBeNull();
  });

  it('is called off before the next step, and wanted again it begins anew', async () => {
    const { truth, road, found, measured, told, steps } = setUp(true);
    truth.ended(planOf(0), OUTCOME);
    const calledOff = truth.measure(road);
    truth.setOn(false);
    await steps(1);
    await calledOff;
    expect([found, told.at(-1)]).toEqual([[], null]);
    truth.setOn(true);
    const working = truth.measure(road);
    await steps(STEPS);
    await working;
    expect([found, measured.mock.calls.length]).toEqual([[0], 2]);
  });

  it('is not measured on an interval whose frames are gone', async () => {
    const { truth, road, measured } = setUp(true);
    truth.ended(planOf(0), OUTCOME);
    truth.begins();
    await truth.measure(road);
    expect(measured).not.toHaveBeenCalled();
  });

  it('hands on what went wrong, and does not try the interval again', async () => {
    const { truth, road, measured, told } = setUp(true);
    measured.mockRejectedValueOnce(new Error('The device is gone.'));
    truth.ended(planOf(0), OUTCOME);
    await expect(truth.measure(road)).rejects.toThrow('The device is gone.');
    await truth.measure(road);
    expect(measured).toHaveBeenCalledTimes(1);
    expect(told.at(-1)).toBeNull();
  });
});
