import { describe, expect, it } from 'vitest';
import { CARD } from './testCard.ts';
import { cardOf, formOf, isSameCard, labelsOf, nameOf } from './cardForm.ts';

describe('the form of a card', () => {
  it('gives the card back when nothing was changed, with what the form does not show', () => {
    for (const labels of [CARD.labels, ['car', 'bus', 'tram']]) {
      const card = { ...CARD, labels, licence: 'AGPL-3.0', parameters: 7 };
      expect(cardOf(formOf(card), card)).toEqual({ card, problem: null });
    }
  });

  it('leaves the text of names empty where classes have none', () => {
    expect(formOf(CARD).names).toBe('');
    expect(formOf({ ...CARD, labels: ['car', 'class 1', 'class 2'] }).names).toBe('car');
    expect(formOf({ ...CARD, labels: ['class 0', 'car', 'class 2'] }).names).toBe('class 0\ncar');
  });

  it('numbers the classes that are left out, and trims what was pasted', () => {
    expect(labelsOf({ classes: 4, names: ' car\r\n\r\nbus  \n\n' })).toEqual([
      'car',
      'class 1',
      'bus',
      'class 3',
    ]);
    expect(labelsOf({ classes: 2, names: ' \n' })).toEqual(['class 0', 'class 1']);
  });

  it('says in a sentence what has to be corrected', () => {
    const form = formOf(CARD);
    const problemOf = (patch: Partial<typeof form>): string | null =>
      cardOf({ ...form, ...patch }, CARD).problem;
    expect(problemOf({ names: 'a\nb\nc\nd' })).toMatch(/^There are 4 names for 3 classes\. .*\.$/);
    const head = { kind: 'dfl', nodes: ['a', 'b', 'c'], strides: [8, 16], bins: 16 } as const;
    expect(problemOf({ head: { ...head, nodes: [...head.nodes], strides: [...head.strides] } })).toBe(
      'As many strides as nodes.',
    );
    expect(problemOf({ head: { kind: 'dfl', nodes: [], strides: [], bins: 16 } })).toMatch(
      /^Name at least one node/,
    );
    expect(problemOf({ head: { kind: 'gfl', strides: [0], bins: 8 } })).toMatch(/^Give the strides as whole/);
    expect(problemOf({ input: { ...CARD.input, std: [0, 1, 1] } })).toMatch(/no deviation is 0\.$/);
  });

  it('names the detector in reports after what it is called', () => {
    const { card } = cardOf({ ...formOf(CARD), label: ' Car parts, small ' }, CARD);
    expect(card).toMatchObject({ label: 'Car parts, small', name: 'car-parts-small' });
    expect(nameOf('車')).toBe('車');
    expect(nameOf('…')).toBe('my-detector');
  });

  it('tells cards apart by what a run sees of them', () => {
    const { width, height, ...rest } = CARD.input;
    expect(
      isSameCard(CARD, { ...CARD, description: 'Other words.', input: { ...rest, height, width } }),
    ).toBe(true);
    expect(isSameCard(CARD, { ...CARD, threshold: 0.3 })).toBe(false);
    expect(isSameCard(CARD, { ...CARD, labels: ['a', 'b', 'c'] })).toBe(false);
  });
});
