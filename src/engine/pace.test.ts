import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from './pace.ts';

describe('pace', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const settle = async (promise: Promise<void>): Promise<() => boolean> => {
    let done = false;
    void promise.then(() => (done = true));
    await vi.advanceTimersByTimeAsync(0);
    return () => done;
  };

  it('never waits in virtual time, and its clock is the moment asked for', async () => {
    const pace = createPace(false, () => undefined);
    await pace.until(3.5);
    expect(pace.now()).toBe(3.5);
  });

  it('waits for the moment when live', async () => {
    const pace = createPace(true, () => undefined);
    await pace.beforeInterval();
    const done = await settle(pace.until(0.5));
    await vi.advanceTimersByTimeAsync(400);
    expect(done()).toBe(false);
    await vi.advanceTimersByTimeAsync(110);
    expect(done()).toBe(true);
  });

  it('stops the clock while paused', async () => {
    const pace = createPace(true, () => undefined);
    await pace.beforeInterval();
    const done = await settle(pace.until(0.2));
    pace.pause();
    await vi.advanceTimersByTimeAsync(5000);
    expect(done()).toBe(false);
    expect(pace.now()).toBeLessThan(0.1);
    pace.play();
    await vi.advanceTimersByTimeAsync(250);
    expect(done()).toBe(true);
  });

  it('pauses after one interval of a step', async () => {
    const states: boolean[] = [];
    const pace = createPace(false, (paused) => states.push(paused));
    pace.pause();
    pace.step();
    await pace.until(1);
    const done = await settle(pace.beforeInterval());
    expect(done()).toBe(false);
    expect(states).toEqual([true, false, true]);
  });

  it('does what there is to do while it is paused before an interval, each time it is nudged', async () => {
    const pace = createPace(true, () => undefined);
    pace.pause();
    let done = 0;
    const begun = await settle(pace.beforeInterval(() => Promise.resolve(void (done += 1))));
    expect(done).toBe(1);
    pace.nudge();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toBe(2);
    expect(begun()).toBe(false);
    pace.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(begun()).toBe(true);
  });

  it('rests until the next interval, through pause and play', async () => {
    const pace = createPace(true, () => undefined);
    await pace.beforeInterval();
    await vi.advanceTimersByTimeAsync(300);
    pace.rest();
    await vi.advanceTimersByTimeAsync(2000);
    pace.pause();
    pace.play();
    await vi.advanceTimersByTimeAsync(2000);
    expect(pace.now()).toBeCloseTo(0.3, 6);
    await pace.beforeInterval();
    await vi.advanceTimersByTimeAsync(200);
    expect(pace.now()).toBeCloseTo(0.5, 6);
  });

  it('does not count holds of slow motion as time', async () => {
    const pace = createPace(true, () => undefined);
    await pace.beforeInterval();
    pace.setHold(1000);
    const done = await settle(pace.hold());
    await vi.advanceTimersByTimeAsync(1001);
    expect(done()).toBe(true);
    expect(pace.now()).toBeLessThan(0.05);
  });

  it('lets everything go when the run is stopped', async () => {
    const pace = createPace(true, () => undefined);
    pace.pause();
    const done = await settle(pace.until(1000));
    pace.release();
    await vi.advanceTimersByTimeAsync(1);
    expect(done()).toBe(true);
  });
});
