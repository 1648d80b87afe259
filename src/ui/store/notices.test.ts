import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useLab } from './labStore.ts';
import { notify } from './notices.ts';

const texts = (): readonly string[] => useLab.getState().notices.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  useLab.setState({ notices: [] });
});
afterEach(() => void vi.useRealTimers());

it('lets news leave by itself, but nothing that asks for attention or offers a way out', () => {
  notify('The report was saved.');
  notify('The clip is short.', 'warning');
  notify('The street detector finds little here.', 'info', ['useCoco']);
  expect(texts()).toHaveLength(3);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['The clip is short.', 'The street detector finds little here.']);
});
