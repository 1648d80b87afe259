import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UrlReader } from '../store/urlReader.ts';
import { DEFAULT_SETUP, type Setup } from './compareStore.ts';
import { CHOICES } from './contenders.ts';
import { readCompare, writeCompare } from './urlCompare.ts';

const read = (text: string): { setup: Setup | null; notices: readonly string[] } => {
  const reader = new UrlReader(new URLSearchParams(text));
  return { setup: readCompare(reader), notices: reader.notices };
};

it('reads what it wrote', () => {
  const setups = fc.record({
    chosen: fc.subarray([...CHOICES]),
    seconds: fc.integer({ min: 1, max: 3600 }),
    withGrid: fc.boolean(),
    standing: fc.record(
      { quantizer: fc.constantFrom(96, 240), frameRate: fc.constant(5) },
      { requiredKeys: [] },
    ),
  });
  fc.assert(
    fc.property(setups, (setup) => {
      const query = new URLSearchParams();
      writeCompare(query, setup);
      // Where the static one stands matters only where it is compared.
      const standing = setup.chosen.includes('static') ? setup.standing : {};
      expect(read(query.toString())).toEqual({ setup: { ...setup, standing }, notices: [] });
    }),
  );
});

it('says what it did not take, and opens the ordinary view where nothing is asked', () => {
  expect(read('seed=3')).toEqual({ setup: null, notices: [] });
  expect(read('view=compare').setup).toEqual({ ...DEFAULT_SETUP });
  const { setup, notices } = read('view=compare&compare=oneadapt,magic&compareSeconds=999999');
  expect(setup?.chosen).toEqual(['oneadapt']);
  expect(setup?.seconds).toBe(3600);
  expect(notices).toEqual([expect.stringContaining('magic'), expect.stringContaining('compareSeconds')]);
});
