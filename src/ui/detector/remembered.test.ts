import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forget, recall, remember } from './remembered.ts';
import { CARD } from './testCard.ts';

const KEY = 'oneadapt-lab-cards';
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

it('gives back the newest card of a model until it is forgotten', () => {
  expect(recall('a')).toBeNull();
  remember('a', CARD);
  remember('b', { ...CARD, label: 'Other' });
  remember('a', { ...CARD, threshold: 0.7 });
  expect(recall('a')).toEqual({ ...CARD, threshold: 0.7 });
  expect(recall('b')?.label).toBe('Other');
  forget('a');
  expect([recall('a'), recall('b')?.label]).toEqual([null, 'Other']);
});

it('keeps the newest few', () => {
  for (let i = 0; i < 60; i += 1) remember(`m${i}`, CARD);
  expect(recall('m0')).toBeNull();
  expect(recall('m59')).toEqual(CARD);
  expect((JSON.parse(kept.get(KEY) ?? '[]') as unknown[]).length).toBeLessThan(60);
});

it('takes nothing that is no card, and keeps the rest', () => {
  const entries = [
    { fingerprint: 'bad', card: { ...CARD, threshold: 7 } },
    3,
    { fingerprint: 'good', card: CARD },
  ];
  kept.set(KEY, JSON.stringify(entries));
  expect([recall('bad'), recall('good')]).toEqual([null, CARD]);
  kept.set(KEY, '{');
  expect(recall('good')).toBeNull();
  remember('good', CARD);
  expect(recall('good')).toEqual(CARD);
});

it('does without storage where the browser refuses it', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    },
  });
  remember('a', CARD);
  forget('a');
  expect(recall('a')).toBeNull();
});
