/**
 * Cards that a person corrected, by what identifies the model, so that the same model is not corrected twice. They are
 * this reader's and stay in this browser; the newest few are kept.
 */
import { z } from 'zod';
import { detectorCard, type DetectorCard } from '../../domain/card.ts';
import { keep, readKept } from '../store/storage.ts';

const KEY = 'oneadapt-lab-cards';

/** Older ones give way: eighty names of classes take a kilobyte. */
const MOST_CARDS = 24;

const entry = z.object({ fingerprint: z.string().min(1), card: detectorCard });
type Entry = z.infer<typeof entry>;

/** What is there and can be read, newest first; a browser that forbids storage remembers nothing. */
function entries(): Entry[] {
  try {
    const list = z.array(z.unknown()).parse(JSON.parse(readKept(KEY) ?? '[]'));
    return list.flatMap((item) => entry.safeParse(item).data ?? []);
  } catch {
    return [];
  }
}

const keepNewest = (list: readonly Entry[]): void => keep(KEY, JSON.stringify(list.slice(0, MOST_CARDS)));

const others = (fingerprint: string): Entry[] => entries().filter((item) => item.fingerprint !== fingerprint);

/** The card that this model was last used with; null: it was used as proposed, or never. */
export const recall = (fingerprint: string): DetectorCard | null =>
  entries().find((item) => item.fingerprint === fingerprint)?.card ?? null;

export const remember = (fingerprint: string, card: DetectorCard): void =>
  keepNewest([{ fingerprint, card }, ...others(fingerprint)]);

export const forget = (fingerprint: string): void => keepNewest(others(fingerprint));
