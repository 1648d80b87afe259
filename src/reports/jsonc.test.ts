import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJsonc } from './jsonc.ts';

it('leaves out comments and nothing else', () => {
  const text = `{ // {"a": 0}
    "a": "http://b/*c*/", /* "d": 1,
    more */ "e\\"//": 2 // end`;
  expect(parseJsonc(`${text}\n}`)).toEqual({ a: 'http://b/*c*/', 'e"//': 2 });
});

it('reads every JSON as JSON does', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJsonc(text)).toEqual(JSON.parse(text));
    }),
  );
});

it('refuses what is no JSON, at its place', () => {
  expect(() => parseJsonc('{"a": /* no end')).toThrow(SyntaxError);
  expect(() => parseJsonc('/* two\nlines */ {"a" 1}')).toThrow(/position 21|line 2/);
});
