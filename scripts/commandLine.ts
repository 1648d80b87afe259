/** A command's options, with mistakes said in a sentence and the usage. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Node's own advice after "Unknown option": how to name a file that begins with a dash, which nobody here wants. */
const ADVICE = /\. To specify a positional argument[^]*$/;

/**
 * {@link parseArgs} of Node, in whose words an unknown option or a missing value is a stack trace.
 * @param usage one line
 * @throws Error in a sentence with the usage
 */
export function readOptions<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const said = (error instanceof Error ? error.message : String(error)).replace(ADVICE, '');
    throw new Error(`${said.replace(/\.$/, '')}. ${usage}`, { cause: error });
  }
}

/** The same for a command whose options are read before anything else: says what is wrong and ends the process. */
export function optionsOrExit<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return readOptions(config, usage);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
