/**
 * Runs an exported member in the lab's own detector code in a browser: `npx tsx training/verify.ts street-large 0 30`.
 * Every exit has to agree with PyTorch on the frame that publish.py left in training/data; the boxes in the frames of
 * the split `usual` that are named are drawn into training/data/<member>-N.jpg, to be looked at.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { withDevPages } from '../scripts/devPages.ts';
import type { Size } from '../src/domain/size.ts';
import { FAMILY } from './architecture.ts';
import type { Verified } from './verifyPage.ts';

const DATA = new URL('data/', import.meta.url).pathname;
/** Logits are about 10 at most, and sums of 32-bit floats differ in the last digits. */
const TOLERANCE = 2e-3;
const FRAME = { width: 640, height: 384 };

/** One of the split `usual`, in base64. */
function frame(index: number): string {
  const bytes = new Uint8Array(FRAME.width * FRAME.height * 3);
  const file = openSync(`${DATA}usual.rgb`, 'r');
  readSync(file, bytes, 0, bytes.length, index * bytes.length);
  closeSync(file);
  return Buffer.from(bytes).toString('base64');
}

async function main(): Promise<void> {
  const [member = 'default', ...rest] = process.argv.slice(2);
  const input = FAMILY.find(({ name }) => name === member)?.input;
  if (!input) throw new Error(`The family has no member ${member}. See training/architecture.ts.`);
  const bytes = readFileSync(`${DATA}${member}.f32`);
  const reference = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  await withDevPages(async (open) => {
    const page = await open();
    const verify = (rgb: string, { width, height }: Size): Promise<Verified> =>
      page.evaluate<Verified>(
        `import('/training/verifyPage.ts').then((m) => m.verifyFrame('${member}', '${rgb}', ${width}, ${height}))`,
      );
    const { output, milliseconds } = await verify(readFileSync(`${DATA}${member}.rgb`, 'base64'), input);
    const times = milliseconds.map((ms) => `${ms.toFixed(0)} ms`).join(', ');
    console.log(`${member}: a pass to each exit takes ${times} on WebAssembly`);
    compare(output, reference);
    for (const index of rest.map(Number)) {
      const { picture } = await verify(frame(index), FRAME);
      writeFileSync(`${DATA}${member}-${index}.jpg`, Buffer.from(picture, 'base64'));
    }
  });
}

function compare(output: readonly number[], reference: Float32Array): void {
  if (output.length !== reference.length) {
    throw new Error(
      `tfjs gave ${output.length} values and PyTorch ${reference.length}. Publish the member again.`,
    );
  }
  const worst = output.reduce((most, x, i) => Math.max(most, Math.abs(x - (reference[i] ?? Infinity))), 0);
  console.log(`Largest difference from PyTorch: ${worst.toExponential(1)}`);
  if (!(worst < TOLERANCE)) {
    throw new Error(`tfjs and PyTorch differ by ${worst}, more than ${TOLERANCE}. Publish the member again.`);
  }
}

await main();
