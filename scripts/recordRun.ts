/**
 * Records the run that the page plays while the live one is prepared, into public/recorded/ (or --out DIR):
 *
 *   npx tsx scripts/recordRun.ts [--out DIR] [--seconds 12] [--detector NAME] [--backend wasm|webgpu]
 *
 * It starts the development server and a headless Chromium, runs a real experiment in virtual time, in which a hand
 * drags the budget down half-way, and packs what is seen (src/ui/recording/format.ts).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsOrExit } from './commandLine.ts';
import type { RecordedFiles, RecordingOrder } from '../src/ui/recording/recorder.ts';
import { withDevPages } from './devPages.ts';

/** All three files together: they must not hold up the first paint. */
const MAX_BYTES = 1_500_000;
/** A recording on a slow machine takes minutes. */
const PATIENCE_MS = 30 * 60_000;

const { values } = optionsOrExit(
  {
    options: {
      out: { type: 'string', default: 'public/recorded' },
      seconds: { type: 'string', default: '12' },
      detector: { type: 'string', default: 'default' },
      backend: { type: 'string', default: 'wasm' },
    },
  },
  'Usage: npx tsx scripts/recordRun.ts [--out DIR] [--seconds N] [--detector NAME] [--backend wasm|webgpu]',
);
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 2) {
  console.error(
    `--seconds ${values.seconds} is not a whole number above 1. Give the length of the recording.`,
  );
  process.exit(1);
}

const order: RecordingOrder = {
  experiment: {
    source: { kind: 'scene', preset: 'crossing' },
    detector: values.detector,
    backend: values.backend,
    budget: { bandwidthKbps: 400, gpuMsPerSecond: null },
    seconds,
    seed: 1,
    clock: 'virtual',
  },
  drag: { interval: Math.floor(seconds / 2), budget: { bandwidthKbps: 200, gpuMsPerSecond: null } },
  videoBitrate: 300_000,
};

const files = await withDevPages(async (open) => {
  const page = await open();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('console', (message) => console.log(message.text()));
  // As text, because the module is the server's and not this process's.
  const script = `import('/src/ui/recording/recorder.ts').then((m) => m.record(${JSON.stringify(order)}))`;
  return page.evaluate<RecordedFiles>(script);
});
const contents = [
  ['run.json', Buffer.from(files.runJson)],
  ['frames.webm', Buffer.from(files.framesBase64, 'base64')],
  ['heatmaps.bin', Buffer.from(files.heatmapsBase64, 'base64')],
] as const;
const total = contents.reduce((sum, [, bytes]) => sum + bytes.byteLength, 0);
if (total > MAX_BYTES) {
  console.error(`The recording has ${total} bytes, more than ${MAX_BYTES}. Record fewer --seconds.`);
  process.exit(1);
}
mkdirSync(values.out, { recursive: true });
for (const [name, bytes] of contents) {
  writeFileSync(join(values.out, name), bytes);
  console.log(`${join(values.out, name)}: ${bytes.byteLength} bytes`);
}
