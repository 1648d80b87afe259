/** A link's trace from a file: a line for each moment, "seconds,kbps", with the rate from then on; "#" begins a remark. */
import type { LinkPoint } from '../../src/domain/experiment.ts';

/** A header line such as "time,kbps". */
const WORDS = /^[a-z]/i;

/**
 * @param name of the file, for messages
 * @throws Error in a sentence naming the line that is wrong
 */
export function parseLinkTrace(text: string, name: string): LinkPoint[] {
  const points: LinkPoint[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/#.*/, '').trim();
    if (content === '' || (points.length === 0 && WORDS.test(content))) continue;
    const [seconds = NaN, rateKbps = NaN, ...more] = content.split(/[,;\s]+/).map(Number);
    const before = points.at(-1);
    if (!(seconds >= 0) || !(rateKbps >= 0) || more.length > 0 || (before && seconds <= before.seconds)) {
      throw new Error(
        `Line ${i + 1} of the link's trace ${name} is "${line.trim()}", but must be "seconds,kbps" with rising seconds.`,
      );
    }
    points.push({ seconds, rateKbps });
  }
  if (points.length === 0)
    throw new Error(`The link's trace ${name} is empty: write lines of "seconds,kbps".`);
  return points;
}
