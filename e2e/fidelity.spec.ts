/** `npm run fidelity` as a person calls it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { DEFAULT_KNOBS } from '../src/domain/knob.ts';
import { readFidelity } from '../src/reports/index.ts';
import { npmRun, ownLines } from './support/npmRun.ts';

let directory: string;
test.beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'oneadapt-e2e-'));
});
test.afterEach(() => rm(directory, { recursive: true }));

test('measures every estimator on a walk and writes both files', async () => {
  const [file, out] = [path.join(directory, 'walk.json'), path.join(directory, 'walk')];
  const scene = {
    source: { kind: 'scene', preset: 'crossing' },
    detector: 'street-nano',
    backend: 'wasm',
    seconds: 3,
  };
  await writeFile(file, JSON.stringify(scene));
  const outcome = await npmRun('fidelity', [file, '--out', out]);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect((await readdir(out)).sort()).toEqual(['fidelity.html', 'fidelity.json']);
  const text = await readFile(path.join(out, 'fidelity.json'), 'utf8');
  const { knobs, level, cost, intervals } = readFidelity(JSON.parse(text), 'fidelity.json');
  expect(Object.keys(knobs).sort()).toEqual([...DEFAULT_KNOBS].sort());
  expect(intervals).toHaveLength(3);
  for (const name of DEFAULT_KNOBS) {
    const { estimators } = knobs[name] ?? { estimators: {} };
    for (const estimator of [
      'default',
      'calibrated@8',
      'reused@8',
      'signed@20',
      'distortion@8',
      'distortion@20',
      'towardSource@8',
    ]) {
      expect(estimators[estimator]?.samples, `${name} ${estimator}`).toBeGreaterThanOrEqual(3);
    }
    expect(estimators.default).toEqual(estimators['calibrated@8']);
  }
  expect(level.default?.samples).toBe(3);
  expect(cost.backwardPerInference).toBeGreaterThan(0);
  expect(cost.encodesPerFrame).toBeGreaterThan(0);
  const html = await readFile(path.join(out, 'fidelity.html'), 'utf8');
  expect(html).toContain('<svg');
  expect(html).not.toContain('<script');
});

test('refuses in a sentence, and writes nothing', async () => {
  const outcome = await npmRun('fidelity', [path.join(directory, 'gone.json'), '--out', directory]);
  expect(outcome.code).toBe(1);
  expect(ownLines(outcome.stderr)).toHaveLength(1);
  expect(outcome.stderr).toContain('does not exist.');
  expect(await readdir(directory)).toEqual([]);
});
