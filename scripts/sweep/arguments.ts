/** The words of `npm run sweep -- FILE.json --out DIR`. */
import { availableParallelism } from 'node:os';
import { readOptions } from '../commandLine.ts';

export const USAGE =
  'Usage: npm run sweep -- FILE.json --out DIR [--jobs N] [--browser ws://HOST:PORT/]… [--shard I/N]';

export interface SweepArguments {
  readonly file: string;
  readonly out: string;
  /** Browsers of this machine. */
  readonly localBrowsers: number;
  /** Playwright endpoints of others. */
  readonly endpoints: readonly string[];
  /** Every so many-th job alone, counted from 1. */
  readonly shard: { readonly index: number; readonly of: number } | null;
}

/** A browser keeps two cores busy: the camera's worker and the server's. */
const CORES_PER_BROWSER = 2;

/**
 * @returns null where help is asked for
 * @throws Error in a sentence with the usage
 */
export function parseSweepArguments(
  words: readonly string[],
  cores = availableParallelism(),
): SweepArguments | null {
  const { values, positionals } = readOptions(
    {
      args: [...words],
      options: {
        out: { type: 'string' },
        jobs: { type: 'string' },
        browser: { type: 'string', multiple: true },
        shard: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    },
    USAGE,
  );
  if (values.help === true) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(`Name one sweep file. ${USAGE}`);
  if (values.out === undefined || values.out === '')
    throw new Error(`No directory for the results was named. ${USAGE}`);
  const endpoints = values.browser ?? [];
  const wrong = endpoints.find((endpoint) => !/^wss?:\/\/./.test(endpoint));
  if (wrong !== undefined)
    throw new Error(
      `--browser ${wrong} is no address of a Playwright server: "npx playwright run-server" on the other machine prints one (ws://…).`,
    );
  const fallback = Math.max(1, Math.floor(cores / CORES_PER_BROWSER));
  const localBrowsers = values.jobs === undefined ? fallback : Number(values.jobs);
  if (!Number.isInteger(localBrowsers) || localBrowsers < (endpoints.length > 0 ? 0 : 1))
    throw new Error(
      `--jobs ${values.jobs ?? ''} must be a whole number from 1, or 0 where other machines' browsers are named. ${USAGE}`,
    );
  return { file, out: values.out, localBrowsers, endpoints, shard: shardOf(values.shard) };
}

function shardOf(text: string | undefined): SweepArguments['shard'] {
  if (text === undefined) return null;
  const match = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index > of)
    throw new Error(`--shard ${text} must be I/N, the I-th of N parts, such as 1/3. ${USAGE}`);
  return { index, of };
}
