/** `npm run sweep` as a person calls it: killed and called again, and in another machine's browser. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { findBrowser } from '../scripts/findBrowser.ts';
import { PROJECT } from './support/assets.ts';
import { npmRun } from './support/npmRun.ts';

const SWEEP = {
  sources: [
    { name: 'crossing', source: { kind: 'scene', preset: 'crossing' } },
    {
      name: 'list',
      source: {
        kind: 'playlist',
        items: ['plaza', 'highway'].map((preset) => ({ source: { kind: 'scene', preset }, seconds: 1 })),
      },
    },
    // Its clip is none.
    { name: 'broken', source: { kind: 'clip', file: 'sweep.json' } },
  ],
  budgets: [{ bandwidthKbps: 200 }],
  policies: [{ policy: 'oneadapt' }, { policy: { name: 'static', configuration: { quantizer: 128 } } }],
  grid: { quantizer: 2 },
  detector: 'street-nano',
  backend: 'wasm',
  seconds: 2,
  gpuCost: { inferenceMs: 20, backwardMs: 60 },
};

let directory: string;
const started: ChildProcess[] = [];
test.beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'oneadapt-e2e-'));
});
test.afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

/** A process of its own, so that it is what gets the signal. */
function start(words: readonly string[], until: RegExp): { child: ChildProcess; told: Promise<string> } {
  const child = spawn(process.execPath, [...words], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const told = new Promise<string>((resolve, reject) => {
    let text = '';
    const take = (data: Buffer): void => {
      text += data.toString();
      if (until.test(text)) resolve(text);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', () => reject(new Error(text)));
  });
  return { child, told };
}

test('goes on where it was killed, and gives the same table in the browser of a Playwright server', async () => {
  const file = path.join(directory, 'sweep.json');
  await writeFile(file, JSON.stringify(SWEEP));
  const [here, there] = [path.join(directory, 'here'), path.join(directory, 'there')];

  const words = ['--import', 'tsx', 'scripts/sweep.ts', file, '--out', here, '--jobs', '1'];
  const { child, told } = start(words, /crossing, seed 1: finished, 1 of 3/);
  await told;
  child.kill('SIGKILL');
  expect(await readdir(here)).toEqual(['cells']);

  const again = await npmRun('sweep', [file, '--out', here, '--jobs', '1']);
  expect(again.code, again.stderr).toBe(0);
  expect(again.stderr).toContain('1 of 3 jobs were finished before.');
  expect(again.stderr).not.toContain('crossing, seed 1: finished');
  expect(again.stderr).toContain('1 of 3 jobs failed');
  expect((await readdir(here)).sort()).toEqual([
    'cells',
    'figures',
    'results.csv',
    'results.json',
    'results.svg',
  ]);
  const table = await readFile(path.join(here, 'results.csv'), 'utf8');
  const rows = table.trimEnd().split('\r\n');
  expect(rows).toHaveLength(1 + 3 * 2);
  expect(rows.filter((row) => row.startsWith('broken,') && row.includes('is not a video file'))).toHaveLength(
    2,
  );

  const server = [
    'node_modules/playwright/cli.js',
    'run-server',
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--unsafe',
  ];
  const said = await start(server, /Listening on \S+\n/).told;
  const address = /ws:\S+/.exec(said)?.[0] ?? '';
  const options = encodeURIComponent(JSON.stringify({ executablePath: findBrowser() }));
  const endpoint = `${address}?launch-options=${options}`;
  const remote = await npmRun('sweep', [file, '--out', there, '--jobs', '0', '--browser', endpoint]);
  expect(remote.code, remote.stderr).toBe(0);
  expect(await readFile(path.join(there, 'results.csv'), 'utf8')).toBe(table);
});
