import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkWritable, writeReports } from './writeReports.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'oneadapt-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('writes all files, and leaves nothing else behind', async () => {
  const out = path.join(directory, 'runs', 'a');
  await checkWritable(out);
  await writeReports(out, { 'report.json': '{}', 'timeline.csv': 'a\r\n' });
  expect((await readdir(out)).sort()).toEqual(['report.json', 'timeline.csv']);
  expect(await readFile(path.join(out, 'report.json'), 'utf8')).toBe('{}');
});

test.each(['report.json', 'timeline.csv', 'report.html'])('leaves nothing when %s fails', async (name) => {
  await mkdir(path.join(directory, name));
  const files = { 'report.json': '{}', 'timeline.csv': 'a\r\n', 'report.html': '<p>' };
  await expect(writeReports(directory, files)).rejects.toThrow('The report could not be written');
  expect(await readdir(directory)).toEqual([name]);
});

test('notices beforehand that the place is a file', async () => {
  const file = path.join(directory, 'file');
  await writeFile(file, '');
  await expect(checkWritable(path.join(file, 'runs'))).rejects.toThrow('is not a directory');
});
