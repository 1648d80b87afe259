import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PreviewModel } from '../../engine/preview.ts';
import { awaitCard } from '../store/inputs.ts';
import type { Bringing } from '../store/labStore.ts';
import { remember } from './remembered.ts';
import { startingCard } from './startingCard.ts';
import { CARD } from './testCard.ts';

const kept = new Map<string, string>();
beforeEach(() =>
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }),
);
afterEach(() => {
  vi.unstubAllGlobals();
  kept.clear();
});

const recognised = (file: string): PreviewModel =>
  ({
    fingerprint: 'f',
    file,
    card: { ...CARD, label: 'YOLO (recognised)' },
    origin: 'recognised',
  }) as PreviewModel;
const brought = (label: string, card: Bringing['card'] = null): Bringing =>
  ({ model: label, files: [], label, card }) as unknown as Bringing;

it('calls a recognised model by its folder, else by its kind', () => {
  const { card, from } = startingCard(brought('cars'), recognised('model.json'));
  expect([card.label, card.name, from]).toEqual(['cars', 'cars', 'proposal']);
  expect(startingCard(brought('model.json'), recognised('model.json')).card.label).toBe('YOLO');
  const ofFile = { ...recognised('model.json'), origin: 'file' as const, card: CARD };
  expect(startingCard(brought('cars'), ofFile).card).toEqual(CARD);
});

it('begins with what was corrected before, what runs, or what an opened report says', () => {
  const corrected = { ...CARD, threshold: 0.7 };
  remember('f', corrected);
  expect(startingCard(brought('cars'), recognised('model.json'))).toMatchObject({
    ...{ card: corrected, from: 'remembered', proposal: { label: 'cars' } },
  });
  awaitCard({ model: 'of/the/report.json', card: { ...CARD, threshold: 0.6 } });
  const ofReport = startingCard(brought('cars'), recognised('report.json'));
  expect([ofReport.from, ofReport.card.threshold]).toEqual(['report', 0.6]);
  const running = { ...CARD, threshold: 0.5 };
  expect(startingCard(brought('cars', running), recognised('report.json'))).toMatchObject({
    card: running,
    from: 'run',
  });
});

it('does not take a report’s card for another model of the same file name', () => {
  awaitCard({ model: 'other.json', card: { ...CARD, labels: ['one'] } });
  expect(startingCard(brought('cars'), recognised('other.json')).from).toBe('proposal');
});
