import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { parseSweepArguments } from './arguments.ts';
import { endpointWithArguments } from './browsers.ts';
import { digestsOf, keepCosts, keepJob, readCosts, readJob } from './keep.ts';
import { sweepProgress } from './progress.ts';
import { finished, second, testJobs } from './testSweep.ts';

describe('the words of a sweep', () => {
  it('name browsers here and elsewhere, and a part', () => {
    expect(parseSweepArguments(['a.json', '--out', 'x'], 9)).toEqual({
      ...{ file: 'a.json', out: 'x', localBrowsers: 4, endpoints: [], shard: null },
    });
    expect(parseSweepArguments(['a.json', '--out', 'x'], 1)?.localBrowsers).toBe(1);
    const words = ['a.json', '--out', 'x', '--jobs', '0', '--browser', 'ws://b:1/', '--browser', 'ws://c:1/'];
    expect(parseSweepArguments([...words, '--shard', '2/3'], 4)).toMatchObject({
      ...{ localBrowsers: 0, endpoints: ['ws://b:1/', 'ws://c:1/'], shard: { index: 2, of: 3 } },
    });
    expect(parseSweepArguments(['-h'])).toBeNull();
  });

  test.each([
    [['--out', 'x'], 'Name one sweep file.'],
    [['a.json', 'b.json', '--out', 'x'], 'Name one sweep file.'],
    [['a.json'], 'No directory for the results was named.'],
    [['a.json', '--out', 'x', '--jobs', '0'], '--jobs 0 must be a whole number from 1'],
    [['a.json', '--out', 'x', '--browser', 'host:3000'], 'is no address of a Playwright server'],
    [['a.json', '--out', 'x', '--shard', '4/3'], '--shard 4/3 must be I/N'],
  ])('%j are refused in a sentence', (words, part) => {
    expect(() => parseSweepArguments(words)).toThrow(part);
  });

  it('keep the launch options of an endpoint and add the lab’s switches', () => {
    const url = new URL(
      endpointWithArguments('ws://b:1/?launch-options={"executablePath":"/c","args":["--x"]}'),
    );
    const options = JSON.parse(url.searchParams.get('launch-options') ?? '') as { args: string[] };
    expect(options).toMatchObject({ executablePath: '/c' });
    expect(options.args).toEqual(expect.arrayContaining(['--x', '--enable-unsafe-webgpu']));
    expect(() => endpointWithArguments('ws://b:1/?launch-options={')).toThrow('are not JSON');
  });
});

describe('what is kept', () => {
  let out: string;
  beforeEach(async () => {
    out = await mkdtemp(path.join(tmpdir(), 'oneadapt-'));
  });
  afterEach(() => rm(out, { recursive: true }));

  it('is a finished job by its key, whole or not at all', async () => {
    const [job] = testJobs();
    if (!job) throw new Error('no job');
    expect(await readJob(out, 'abc')).toBeNull();
    const done = finished(job, [[second(1, 1)]]);
    await keepJob(out, 'abc', done);
    expect(await readJob(out, 'abc')).toEqual(JSON.parse(JSON.stringify(done)));
    expect(await readdir(path.join(out, 'cells'))).toEqual(['abc.json']);
    await writeFile(path.join(out, 'cells', 'cut.json'), '{"schemaVersion": 1, "runs"');
    expect(await readJob(out, 'cut')).toBeNull();
  });

  it('is what passes cost', async () => {
    expect(await readCosts(out)).toEqual({});
    await keepCosts(out, { kind: { inferenceMs: 1, backwardMs: 2 } });
    expect(await readCosts(out)).toEqual({ kind: { inferenceMs: 1, backwardMs: 2 } });
  });

  it('is told by what files hold, not by their names', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => path.join(out, name));
    if (a === undefined || b === undefined || c === undefined) throw new Error('no files');
    await Promise.all([writeFile(a, 'same'), writeFile(b, 'same'), writeFile(c, 'other')]);
    const clips = [a, b, c].map((file) => ({ name: file, file }));
    const [ofA, ofB, ofC] = await digestsOf({ clips, modelFiles: [] }, new Map());
    expect(ofA).toBe(ofB);
    expect(ofA).not.toBe(ofC);
  });
});

it('progress tells the time left by the seconds of video that are done', () => {
  const lines: string[] = [];
  const out = {
    isTTY: false,
    write: (text: string) => lines.push(text.trim()),
  } as unknown as NodeJS.WriteStream;
  let now = 0;
  const lengths = new Map([
    ['a', 10],
    ['b', 30],
  ]);
  const progress = sweepProgress(out, 40, lengths, () => now);
  progress.started('a');
  now = 20_000;
  progress.at('a', 5);
  // Four seconds of computing for a second of video, and 35 to go.
  expect(lines).toEqual(['a 5/10 s, 3 min left']);
  progress.at('a', 6);
  progress.ended('a', 'a: finished.');
  progress.started('b');
  now = 60_000;
  progress.at('b', 20);
  expect(lines.slice(1)).toEqual(['a: finished.', 'b 20/30 s, 20 s left']);
});
