/** `npm start`: builds the lab where needed, serves it on the loopback interface and prints its address. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './ensureBuild.ts';
import { startLabServer } from './labServer.ts';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

/** First port to try; the next free one is taken where it is in use. `PORT` overrides it. */
const PORT = 4173;

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function wishedPort(): number {
  const wished = process.env.PORT;
  if (wished === undefined || wished === '') return PORT;
  const port = Number(wished);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`PORT is "${wished}", but must be a whole number from 1 to 65535.`);
}

async function main(): Promise<void> {
  const port = wishedPort();
  const root = await ensureBuild(PROJECT, () => console.log('Building the lab…'));
  const { url } = await startLabServer({ root, port });
  console.log(`OneAdapt Lab is at ${url} (Chrome or Edge). Ctrl-C ends it.`);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
