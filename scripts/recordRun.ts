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
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { optionsOrExit } from './commandLine.ts';
import type { RecordedFiles, RecordingOrder } from '../src/ui/recording/recorder.ts';
import { browserArguments, requireBrowser } from './findBrowser.ts';

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

async function recordInBrowser(): Promise<RecordedFiles> {
  // The page must not be reloaded under the recorder when somebody saves a file.
  const server = await createServer({ server: { hmr: false, watch: null }, logLevel: 'warn' });
  await server.listen(0);
  const address = server.resolvedUrls?.local[0];
  if (address === undefined)
    throw new Error('The development server gave no address. Free a port and try again.');
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArguments() });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => console.log(message.text()));
    await page.goto(`${address}src/ui/recording/recorder.html`);
    // As text, because the module is the server's and not this process's.
    const script = `import('/src/ui/recording/recorder.ts').then((m) => m.record(${JSON.stringify(order)}))`;
    return await page.evaluate<RecordedFiles>(script);
  } finally {
    await browser.close();
    await server.close();
  }
}

const files = await recordInBrowser();
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
