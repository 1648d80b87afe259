/**
 * Whether a detector may be fetched for clips and the webcam: asked once, kept in the browser, taken back in the
 * detector's menu. It is this reader's, not the experiment's, and so not in the address.
 */
import { useLab, type Consent, type Footage } from './labStore.ts';
import { keep, readKept } from './storage.ts';

const CONSENT_KEY = 'oneadapt-lab-fetch-for-footage';

const set = (patch: Partial<Footage>): void =>
  useLab.setState(({ footage }) => ({ footage: { ...footage, ...patch } }));

/** Remembers the answer; null forgets it, and the next footage asks again. */
export function setConsent(consent: Consent): void {
  set({ consent });
  keep(CONSENT_KEY, consent);
}

export function restoreConsent(): void {
  const kept = readKept(CONSENT_KEY);
  if (kept === 'granted' || kept === 'refused') set({ consent: kept });
}

/** Goes on with what waits for the answer. false: other footage has come meanwhile. */
let goOn: ((isNewest: boolean) => void) | null = null;

/** Puts the question on the page. @returns when it is answered or closed: may what has asked go on? */
export function ask(): Promise<boolean> {
  goOn?.(false);
  set({ asking: true });
  return new Promise((resolve) => (goOn = resolve));
}

/** @param consent null: the question was closed, and comes again with the next footage */
export function answer(consent: Consent): void {
  set({ asking: false });
  if (consent !== null) setConsent(consent);
  goOn?.(true);
  goOn = null;
}
