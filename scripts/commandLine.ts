/** A command's options, with mistakes said in a sentence and the usage. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { sentenceOf } from '../src/domain/sentenceOf.ts';

/** What is wrong with the options, in a sentence in place of Node's words; undefined where it is something else. */
function mistakeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const [, named = ''] = /'([^' ]*)/.exec(error.message) ?? [];
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option ${named}.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return error.message.includes('does not take') ? `${named} takes no value.` : `${named} needs a value.`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `"${named}" is more than this command takes.`;
    default:
      return undefined;
  }
}

/**
 * {@link parseArgs} of Node, whose own errors would reach a user as a stack trace.
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
    const mistake = mistakeOf(error);
    if (mistake === undefined) throw error;
    throw new Error(`${mistake} ${usage}`, { cause: error });
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
    console.error(sentenceOf(error));
    process.exit(1);
  }
}
