import { expect, it } from 'vitest';
import { readOptions } from './commandLine.ts';

const USAGE = 'Usage: npm run lab -- FILE --out DIR';
const read = (...args: string[]) =>
  readOptions(
    { args, options: { out: { type: 'string' }, fast: { type: 'boolean' } }, allowPositionals: true },
    USAGE,
  );

it('reads options and files', () => {
  expect(read('a.json', '--out', 'runs')).toMatchObject({ positionals: ['a.json'], values: { out: 'runs' } });
});

it('says in one sentence which option it does not know, or what lacks a value, and how the command is called', () => {
  const said = (...args: string[]): string => {
    try {
      read(...args);
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return '';
  };
  expect(said('--oot', 'runs')).toBe(`There is no option --oot. ${USAGE}`);
  expect(said('--out')).toBe(`--out needs a value. ${USAGE}`);
  expect(said('a.json', '--out', '--fast')).toBe(`--out needs a value. ${USAGE}`);
  expect(said('--fast=1')).toBe(`--fast takes no value. ${USAGE}`);
  expect(() => readOptions({ args: ['a.json'], options: {} }, USAGE)).toThrow(
    `"a.json" is more than this command takes. ${USAGE}`,
  );
});
