/** The words of `npm run experiment -- FILE.json --out DIR`. */
import { parseArgs } from 'node:util';

const USAGE = 'Usage: npm run experiment -- FILE.json --out DIR';

export const HELP = `${USAGE}

Runs the experiment of FILE.json in headless Chromium and writes report.json, timeline.csv and report.html into DIR.
The README's "Without a person" lists what an experiment may say.`;

export interface Arguments {
  /** The experiment file. */
  readonly file: string;
  /** Where the reports go. */
  readonly out: string;
}

/**
 * @returns null where help is asked for
 * @throws Error in a sentence with the usage
 */
export function parseArguments(words: readonly string[]): Arguments | null {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...words],
      options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)} ${USAGE}`, { cause: error });
  }
  if (parsed.values.help === true) return null;
  const [file, ...more] = parsed.positionals;
  if (file === undefined) throw new Error(`No experiment file was named. ${USAGE}`);
  if (more.length > 0)
    throw new Error(`Only one experiment runs at a time, but ${more.length + 1} were named. ${USAGE}`);
  if (parsed.values.out === undefined || parsed.values.out === '') {
    throw new Error(`No directory for the report was named. ${USAGE}`);
  }
  return { file, out: parsed.values.out };
}
