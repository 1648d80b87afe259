/** The words of `npm run experiment -- FILE.json --out DIR`, and of other commands that run an experiment. */
import { readOptions } from '../commandLine.ts';

/** @param command as in package.json */
export const usageOf = (command: string): string => `Usage: npm run ${command} -- FILE.json --out DIR`;

export interface Arguments {
  /** The experiment file. */
  readonly file: string;
  /** Where the reports go. */
  readonly out: string;
}

/**
 * @param usage one line, for errors
 * @returns null where help is asked for
 * @throws Error in a sentence with the usage
 */
export function parseArguments(words: readonly string[], usage: string): Arguments | null {
  const parsed = readOptions(
    {
      args: [...words],
      options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    },
    usage,
  );
  if (parsed.values.help === true) return null;
  const [file, ...more] = parsed.positionals;
  if (file === undefined) throw new Error(`No experiment file was named. ${usage}`);
  if (more.length > 0)
    throw new Error(`Only one experiment runs at a time, but ${more.length + 1} were named. ${usage}`);
  if (parsed.values.out === undefined || parsed.values.out === '') {
    throw new Error(`No directory for the report was named. ${usage}`);
  }
  return { file, out: parsed.values.out };
}
