/**
 * `npm run recovery -- --out docs/recovery.md`: one scene gives way to another at once, and OneAdapt is held against what would
 * have been each content's best static configuration under the same budget. `--seconds N` is how long each scene lasts.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from './commandLine.ts';
import type { Comparison } from '../src/domain/comparison.ts';
import { DEFAULT_ONEADAPT, SCENE_PRESETS, type ScenePreset } from '../src/domain/experiment.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';
import { parseExperiment } from '../src/reports/index.ts';
import { ensureBuild } from './ensureBuild.ts';
import { driveBrowser } from './experiment/driveBrowser.ts';
import { checkDocument, writeDocument } from './experiment/writeReports.ts';
import { startLabServer } from './labServer.ts';
import { recoveryMarkdown, type RecoveryRun } from './recovery/table.ts';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const USAGE = 'Usage: npm run recovery -- --out FILE.md [--seconds N]';
const DEFAULT_SECONDS = 10;
const BUDGETS_KBPS = [150, 300, 600];
const GRID = { resolution: 3, quantizer: 5, frameRate: 3 };
const SEED = 1;
/** Every scene follows another one. */
const ORDERS: readonly (readonly ScenePreset[])[] = [
  ['crossing', 'night-rain', 'plaza', 'highway'],
  ['highway', 'crossing', 'plaza', 'night-rain'],
];

async function main(): Promise<void> {
  const { values } = readOptions(
    { options: { out: { type: 'string' }, seconds: { type: 'string' } } },
    USAGE,
  );
  const { out } = values;
  const seconds = Number(values.seconds ?? DEFAULT_SECONDS);
  if (out === undefined || !Number.isInteger(seconds) || seconds < 6) throw new Error(`${USAGE}.`);
  await checkDocument(out);
  // Of what is measured, whatever is committed meanwhile.
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const root = await ensureBuild(PROJECT, () => console.error('Building the lab.'));
  const server = await startLabServer({ root });
  const runs: RecoveryRun[] = [];
  try {
    for (const presets of ORDERS) {
      const comparison: Comparison = {
        experiment: parseExperiment({
          source: {
            kind: 'playlist',
            items: presets.map((preset) => ({ source: { kind: 'scene', preset }, seconds })),
          },
          detector: 'street-nano',
          seconds: seconds * presets.length,
          backend: 'wasm',
          seed: SEED,
          gpuCost: { inferenceMs: 10, backwardMs: 20 },
        }),
        contenders: BUDGETS_KBPS.map((bandwidthKbps) => ({
          name: `${bandwidthKbps} kbps`,
          policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
          budget: { bandwidthKbps, gpuMsPerSecond: null },
        })),
        grid: GRID,
      };
      const result = await driveBrowser({
        url: `${server.url}headless.html`,
        entry: 'runComparison',
        task: { comparison, clips: [], modelFiles: [] },
        signal: new AbortController().signal,
        onEvent: (event) => {
          if (event.kind === 'compared')
            console.error(`${presets.join(', ')}: second ${event.intervalIndex + 1}`);
        },
      });
      if (!result.ok) throw new Error(result.error);
      runs.push({ presets, seconds, budgetsKbps: BUDGETS_KBPS, ...result });
    }
  } finally {
    await server.close();
  }
  const command = `npm run recovery -- --out ${out}${seconds === DEFAULT_SECONDS ? '' : ` --seconds ${seconds}`}`;
  await writeDocument(out, recoveryMarkdown(runs, { commit, command }));
  console.error(`Written: ${out}; ${SCENE_PRESETS.length} scenes in ${ORDERS.length} orders.`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
