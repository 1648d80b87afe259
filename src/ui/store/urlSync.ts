/** Keeps address and draft together: read at the start and when a person edits it, written after every change. */
import { chooseBackend } from './backendChoice.ts';
import { asNamed } from './footage.ts';
import { useLab } from './labStore.ts';
import { notify } from './notices.ts';
import { startDraft } from './session.ts';
import { readCard } from './urlCard.ts';
import { readUrl, writeUrl } from './urlState.ts';

const WRITE_DELAY_MS = 250;

/** The page's address with the whole experiment in it. */
export function shareUrl(): string {
  const url = new URL(location.href);
  url.search = '';
  url.hash = writeUrl(useLab.getState().draft);
  return url.href;
}

/** Takes the experiment out of the address; both ?… and #… are read. */
export async function readAddress(): Promise<void> {
  const query = [location.search.slice(1), location.hash.slice(1)].filter((part) => part !== '').join('&');
  const { experiment, notices, backendAsked } = readUrl(query);
  const { detector, notice } = await readCard(new URLSearchParams(query), experiment.detector);
  for (const text of [...notices, ...(notice === null ? [] : [notice])]) notify(text, 'warning');
  useLab.setState(({ footage }) => ({
    draft: { ...experiment, detector },
    footage: asNamed(footage, experiment),
  }));
  if (backendAsked) return;
  const { backend, reason } = await chooseBackend();
  useLab.setState(({ draft }) => ({ draft: { ...draft, backend } }));
  if (reason !== null) notify(reason);
}

/** Writes the address now, so that what was clamped or left out is seen in it. */
const writeAddress = (): void => history.replaceState(null, '', shareUrl());

/** @returns a function that ends it */
export function keepAddress(): () => void {
  writeAddress();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = useLab.subscribe((state, previous) => {
    if (state.draft === previous.draft) return;
    clearTimeout(timer);
    timer = setTimeout(writeAddress, WRITE_DELAY_MS);
  });
  const onHashChange = (): void => void readAddress().then(startDraft);
  addEventListener('hashchange', onHashChange);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    removeEventListener('hashchange', onHashChange);
  };
}
