/** Keeps address and draft together: read at the start and when a person edits it, written after every change. */
import { useCompare } from '../compare/compareStore.ts';
import { readCompare, writeCompare } from '../compare/urlCompare.ts';
import { chooseBackend } from './backendChoice.ts';
import { asNamed } from './footage.ts';
import { useLab } from './labStore.ts';
import { notify } from './notices.ts';
import { startDraft } from './session.ts';
import { readCard } from './urlCard.ts';
import { UrlReader } from './urlReader.ts';
import { readUrl, writeUrl } from './urlState.ts';

const WRITE_DELAY_MS = 250;

/** The page's address with the whole experiment in it, and what is compared where that is shown. */
export function shareUrl(): string {
  const url = new URL(location.href);
  url.search = '';
  const { draft, page } = useLab.getState();
  const query = new URLSearchParams(writeUrl(draft));
  if (page === 'compare') writeCompare(query, useCompare.getState().setup);
  url.hash = query.toString();
  return url.href;
}

/** Takes the experiment out of the address; both ?… and #… are read. */
export async function readAddress(): Promise<void> {
  const query = [location.search.slice(1), location.hash.slice(1)].filter((part) => part !== '').join('&');
  const read = new UrlReader(new URLSearchParams(query));
  const { experiment, backendAsked } = readUrl(read);
  const setup = readCompare(read);
  const detector = await readCard(read, experiment.detector);
  const unread = read.unread();
  if (unread.length > 0) {
    read.note(
      `The address names ${unread.join(', ')}, which is misspelt or does not go with the rest of it, and was left out.`,
    );
  }
  if (setup) useCompare.setState({ setup });
  for (const text of read.notices) notify(text, 'warning');
  useLab.setState(({ footage }) => ({
    draft: { ...experiment, detector },
    footage: asNamed(footage, experiment),
    page: setup ? 'compare' : 'run',
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
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(writeAddress, WRITE_DELAY_MS);
  };
  const subscriptions = [
    useLab.subscribe((state, before) => {
      if (state.draft !== before.draft || state.page !== before.page) writeSoon();
    }),
    useCompare.subscribe(({ setup }, before) => {
      if (setup !== before.setup) writeSoon();
    }),
  ];
  const onHashChange = (): void => void readAddress().then(startDraft);
  addEventListener('hashchange', onHashChange);
  return () => {
    clearTimeout(timer);
    for (const unsubscribe of subscriptions) unsubscribe();
    removeEventListener('hashchange', onHashChange);
  };
}
