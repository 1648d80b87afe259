/**
 * Runs the exported model in tfjs in a browser on held-out frames: `npx tsx training/verify.ts 0 30 60`.
 * The first frame's output has to agree with PyTorch's (training/data/reference.f32, written by train.py); the boxes
 * are drawn into training/data/verify-N.jpg, to be looked at.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { browserArguments, requireBrowser } from '../scripts/findBrowser.ts';
import { INPUT_HEIGHT, INPUT_WIDTH } from './architecture.ts';
import type { Verified } from './verifyPage.ts';

const DATA = new URL('data/', import.meta.url).pathname;
const PORT = 5218;
const TOLERANCE = 1e-3;
const FRAME_BYTES = INPUT_WIDTH * INPUT_HEIGHT * 3;

function frame(index: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_BYTES);
  const file = openSync(`${DATA}heldout.rgb`, 'r');
  readSync(file, bytes, 0, FRAME_BYTES, index * FRAME_BYTES);
  closeSync(file);
  return bytes;
}

async function main(): Promise<void> {
  const indices = process.argv.slice(2).map(Number);
  const server = await createServer({ server: { port: PORT, strictPort: true }, logLevel: 'error' });
  await server.listen();
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArguments() });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/tsconfig.json`);
    for (const [position, index] of (indices.length > 0 ? indices : [0]).entries()) {
      const call = `verifyFrame([${frame(index).join()}], ${INPUT_WIDTH}, ${INPUT_HEIGHT}, 0.3)`;
      const result = await page.evaluate<Verified>(
        `import('/training/verifyPage.ts').then((m) => m.${call})`,
      );
      writeFileSync(`${DATA}verify-${index}.jpg`, Buffer.from(result.picture, 'base64'));
      console.log(
        `frame ${index}: ${result.kernels} kernels, ${result.milliseconds.toFixed(0)} ms on the CPU`,
      );
      if (position === 0 && index === 0) compare(result.output);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

function compare(output: readonly number[]): void {
  const bytes = readFileSync(`${DATA}reference.f32`);
  const reference = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const worst = output.reduce((most, x, i) => Math.max(most, Math.abs(x - (reference[i] ?? Infinity))), 0);
  console.log(`Largest difference from PyTorch: ${worst.toExponential(1)}`);
  if (!(worst < TOLERANCE)) {
    throw new Error(`tfjs and PyTorch differ by ${worst}, more than ${TOLERANCE}. Export the model again.`);
  }
}

await main();
