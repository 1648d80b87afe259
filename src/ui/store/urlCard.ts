/**
 * The card of a fetched model in the page's address, so that whoever opens it sees the same boxes. A model of files has
 * none there: its files are asked for again, and with them its card.
 */
import type { DetectorSpec } from '../../domain/experiment.ts';
import type { UrlReader } from './urlReader.ts';

const KEY = 'card';

/** Longer addresses are cut by the programs that they are sent through, characters. */
const LONGEST = 6000;

const isFetched = (model: string): boolean => /^https?:/.test(model);

/** Says nothing of a card that is too long; whoever opens the address has the model recognised anew. */
export function writeCard(query: URLSearchParams, detector: DetectorSpec): void {
  if (typeof detector === 'string' || !detector.card || !isFetched(detector.model)) return;
  const text = JSON.stringify(detector.card);
  if (text.length <= LONGEST) query.set(KEY, text);
}

/** The detector with the card that the address has for it. */
export async function readCard(read: UrlReader, detector: DetectorSpec): Promise<DetectorSpec> {
  if (typeof detector === 'string') return detector;
  const text = read.text(KEY, LONGEST);
  if (text === undefined) return detector;
  const { parseCard } = await import('../../domain/card.ts');
  try {
    return { ...detector, card: parseCard(JSON.parse(text)) };
  } catch {
    read.note('The address’s card of the detector cannot be read, so the model is recognised anew.');
    return detector;
  }
}
