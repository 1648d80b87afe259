/** `npm run experiment` as a person calls it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { RunReport } from '../src/domain/interval.ts';
import { DEFAULT_KNOBS } from '../src/domain/knob.ts';
import { parseReport } from '../src/reports/index.ts';
import { absent, asset } from './support/assets.ts';
import { npmRun, ownLines, type Outcome } from './support/npmRun.ts';

let directory: string;
test.beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'oneadapt-e2e-'));
});
test.afterEach(() => rm(directory, { recursive: true }));

const out = (name: string): string => path.join(directory, name);

async function experiment(json: unknown, to: string): Promise<Outcome> {
  const file = path.join(directory, `${path.basename(to)}.json`);
  await writeFile(file, typeof json === 'string' ? json : JSON.stringify(json));
  return npmRun('experiment', [file, '--out', to]);
}

async function reportIn(to: string): Promise<RunReport> {
  expect((await readdir(to)).sort()).toEqual(['report.html', 'report.json', 'timeline.csv']);
  const report = parseReport(await readFile(path.join(to, 'report.json'), 'utf8'));
  expect(parseReport(await readFile(path.join(to, 'report.html'), 'utf8'))).toEqual(report);
  const rows = (await readFile(path.join(to, 'timeline.csv'), 'utf8')).trimEnd().split('\r\n');
  expect(rows).toHaveLength(report.intervals.length + 1);
  return report;
}

test('runs the scene on WebGPU', async () => {
  const outcome = await experiment(
    { source: { kind: 'scene', preset: 'crossing' }, seconds: 2 },
    out('scene'),
  );
  expect(outcome.code, outcome.stderr).toBe(0);
  const report = await reportIn(out('scene'));
  expect(report.environment.backend).toBe('webgpu');
  expect(report.intervals).toHaveLength(2);
  expect(report.experiment).toMatchObject({ seed: 1, codec: 'vp9', clock: 'virtual' });
  expect(report.summary.accuracyTruth).toBeGreaterThan(0);
});

test('gives the same configurations and bytes twice', async () => {
  const json = {
    source: { kind: 'scene', preset: 'plaza' },
    detector: 'street-nano',
    backend: 'wasm',
    seconds: 4,
    seed: 3,
    budget: { bandwidthKbps: 300 },
  };
  for (const name of ['first', 'second']) {
    const outcome = await experiment(json, out(name));
    expect(outcome.code, outcome.stderr).toBe(0);
  }
  const what = ({ intervals }: RunReport) => intervals.map((i) => [i.configuration, i.bytes, i.accuracy]);
  expect(what(await reportIn(out('second')))).toEqual(what(await reportIn(out('first'))));
});

for (const { clip, model } of [
  { clip: 'clips/street-traffic.mp4', model: 'models/centernet-mb3-coco/model.json' },
  { clip: 'clips/plaza-pedestrians.mp4', model: 'models/nanodet-m-coco/model.json' },
]) {
  test(`runs ${clip} with ${model} on half of its bandwidth`, { tag: '@long' }, async () => {
    const [file, detector] = [asset(clip), asset(model)];
    test.skip(file === undefined, absent(clip));
    test.skip(detector === undefined, absent(model));
    const base = {
      source: { kind: 'clip', file },
      detector: { model: detector },
      backend: 'wasm',
      seconds: 8,
    };
    // What the clip takes at the top is the same whoever looks.
    const whole = { ...base, detector: 'street-nano', seconds: 3, policy: 'static' };
    const free = await experiment(whole, out('free'));
    expect(free.code, free.stderr).toBe(0);
    const top = (await reportIn(out('free'))).summary.referenceBandwidthKbps;
    const budget = { bandwidthKbps: Math.round(top / 2) };
    const outcome = await experiment({ ...base, budget }, out('half'));
    expect(outcome.code, outcome.stderr).toBe(0);
    const { intervals, summary } = await reportIn(out('half'));
    expect(intervals).toHaveLength(8);
    expect(summary.accuracy).toBeGreaterThan(0);
    const settled = intervals.slice(-4).reduce((sum, i) => sum + i.bandwidthKbps / 4, 0);
    expect(settled).toBeLessThanOrEqual(budget.bandwidthKbps);
    expect(settled).toBeGreaterThanOrEqual(budget.bandwidthKbps * 0.6);
    for (const { index, gradients } of intervals) {
      expect(Object.keys(gradients).sort(), `interval ${index}`).toEqual([...DEFAULT_KNOBS].sort());
    }
  });
}

test('with zero lag keeps a clip within a token bucket of a quarter of its bandwidth, the codec among its knobs', async () => {
  const clip = 'clips/dog-and-woman.mp4';
  const file = asset(clip);
  test.skip(file === undefined, absent(clip));
  const base = { source: { kind: 'clip', file }, detector: 'street-nano', backend: 'wasm' };
  const free = await experiment({ ...base, seconds: 2, policy: 'static' }, out('free'));
  expect(free.code, free.stderr).toBe(0);
  const top = (await reportIn(out('free'))).summary.referenceBandwidthKbps;
  const quarter = {
    policy: { name: 'oneadapt', lag: 'zero' },
    knobs: ['resolution', 'quantizer', 'codec'],
    budget: { bandwidthKbps: Math.round(top / 4) },
    seconds: 6,
  };
  const outcome = await experiment({ ...base, ...quarter }, out('quarter'));
  expect(outcome.code, outcome.stderr).toBe(0);
  const { summary, intervals } = await reportIn(out('quarter'));
  expect(summary.bucketViolations).toBe(0);
  expect(summary.bandwidthKbps).toBeGreaterThan(top / 8);
  for (const { gradients } of intervals)
    expect(Object.keys(gradients).sort()).toEqual(['codec', 'quantizer', 'resolution']);
});

const scene = { source: { kind: 'scene', preset: 'crossing' }, seconds: 2 };

for (const [what, json, sentence] of [
  ['no JSON', '{"source": ', 'is not JSON'],
  ['no source', {}, 'source is missing'],
  ['a key that nobody reads', { ...scene, buget: {} }, '"buget"'],
  [
    'a negative budget',
    { ...scene, budget: { bandwidthKbps: -1 } },
    'budget.bandwidthKbps is -1, but must be',
  ],
  ['an unknown knob', { ...scene, knobs: ['sharpness'] }, 'knobs[0] is "sharpness", but must be one of'],
  [
    'a clip that is not there',
    { source: { kind: 'clip', file: 'gone.mp4' } },
    'The clip gone.mp4 does not exist',
  ],
  [
    'a model that is not there',
    { ...scene, detector: { model: 'gone/model.json' } },
    'gone/model.json does not exist',
  ],
] as const) {
  test(`refuses ${what} before anything else is said, in a sentence`, async () => {
    const { code, stderr } = await experiment(json, out('refused'));
    expect(code).toBe(1);
    const lines = ownLines(stderr);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(sentence);
    expect(lines[0]).toMatch(/^[A-Z].*\.$/);
    expect(await readdir(directory)).toEqual(['refused.json']);
  });
}

test('tells what is wrong inside a clip, and writes nothing', async () => {
  await mkdir(out('clips'));
  await writeFile(out('clips/list.mp4'), 'milk, bread, eggs '.repeat(200));
  const json = { source: { kind: 'clip', file: 'clips/list.mp4' }, backend: 'wasm' };
  const { code, stderr } = await experiment(json, out('broken'));
  expect(code).toBe(1);
  expect(ownLines(stderr).at(-1)).toMatch(
    /^The file clips\/list\.mp4 is not a video file that can be read .*\.$/,
  );
  expect((await readdir(directory)).sort()).toEqual(['broken.json', 'clips']);
});

test('refuses a model whose shards are missing, and writes nothing', async () => {
  const manifest = [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2], dtype: 'float32' }] }];
  await mkdir(out('model'));
  await writeFile(
    out('model/model.json'),
    JSON.stringify({ format: 'graph-model', modelTopology: { node: [] }, weightsManifest: manifest }),
  );
  const json = { ...scene, backend: 'wasm', detector: { model: 'model/model.json' } };
  const { code, stderr } = await experiment(json, out('shards'));
  expect(code).toBe(1);
  expect(ownLines(stderr).at(-1)).toMatch(/a\.bin.*\.$/);
  expect((await readdir(directory)).sort()).toEqual(['model', 'shards.json']);
});

test('refuses a detector that the lab does not know', async () => {
  const { code, stderr } = await experiment(
    { ...scene, backend: 'wasm', detector: 'resnet' },
    out('unknown'),
  );
  expect(code).toBe(1);
  expect(ownLines(stderr).at(-1)).toContain('There is no detector called "resnet".');
  expect(await readdir(directory)).toEqual(['unknown.json']);
});
