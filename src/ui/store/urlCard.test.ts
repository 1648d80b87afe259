import { expect, it } from 'vitest';
import { CARD } from '../detector/testCard.ts';
import { readCard, writeCard } from './urlCard.ts';
import { UrlReader } from './urlReader.ts';

const model = 'https://example.org/model.json';

it('gives back the card of a fetched model', async () => {
  const query = new URLSearchParams();
  writeCard(query, { model, card: CARD });
  const again = new UrlReader(new URLSearchParams(query.toString()));
  expect(await readCard(again, { model })).toEqual({ model, card: CARD });
  expect(again.notices).toEqual([]);
});

it('holds none of files, of registered detectors, and none that is far too long', () => {
  const query = new URLSearchParams();
  writeCard(query, 'default');
  writeCard(query, { model: 'model.json', card: CARD });
  writeCard(query, { model, card: { ...CARD, description: 'long '.repeat(3000) } });
  expect(query.toString()).toBe('');
});

it.each(['{', '{"name": "mine"}', '3'])('says that a card is not one: %s', async (text) => {
  const read = new UrlReader(new URLSearchParams({ card: text }));
  expect(await readCard(read, { model })).toEqual({ model });
  expect(read.notices.join('|')).toMatch(/^The address’s card .*\.$/);
});
