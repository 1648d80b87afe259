import { expect, it } from 'vitest';
import { NORMALISATIONS, normalisationOf, normalised, withChannels } from './normalisation.ts';
import { CARD } from './testCard.ts';

it('knows each by its figures, in either order of the colours', () => {
  for (const known of NORMALISATIONS) {
    for (const channels of ['RGB', 'BGR'] as const) {
      const input = normalised({ ...CARD.input, channels }, known);
      expect(normalisationOf(input)).toBe(known);
      expect(normalisationOf(withChannels(input, 'RGB'))).toBe(known);
    }
  }
});

it('leaves figures of their own alone, and each colour its own', () => {
  const input = { ...CARD.input, mean: [1, 2, 3] as [number, number, number] };
  expect(normalisationOf(input)).toBeUndefined();
  const turned = withChannels(input, 'BGR');
  expect(turned).toMatchObject({ channels: 'BGR', mean: [3, 2, 1] });
  expect(withChannels(turned, 'BGR')).toBe(turned);
  expect(withChannels(turned, 'RGB')).toEqual(input);
});
