import { expect, it } from 'vitest';
import { readOptions } from './commandLine.ts';

const USAGE = 'Usage: npm run lab -- FILE --out DIR';
const read = (...args: string[]) =>
  readOptions({ args, options: { out: { type: 'string' } }, allowPositionals: true }, USAGE);

it('reads options and files', () => {
  expect(read('a.json', '--out', 'runs')).toMatchObject({ positionals: ['a.json'], values: { out: 'runs' } });
});

it('says in one sentence which option it does not know, or what lacks a value, and how the command is called', () => {
  expect(() => read('--oot', 'runs')).toThrow(`Unknown option '--oot'. ${USAGE}`);
  expect(() => read('--out')).toThrow(`Option '--out <value>' argument missing. ${USAGE}`);
});
