import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withPatience } from './patience.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = (): Promise<void> => new Promise(() => undefined);

it('gives up in a sentence after fifteen seconds', async () => {
  const waiting = withPatience(never(), 'Nothing came.');
  const failed = expect(waiting).rejects.toThrow('Nothing came.');
  await vi.advanceTimersByTimeAsync(14_500);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  await failed;
});

it('takes an answer, and leaves no timer', async () => {
  await withPatience(Promise.resolve(), 'Nothing came.');
  expect(vi.getTimerCount()).toBe(0);
});
