/** What the page has to say, in full sentences, each once. */
import { useLab, type Notice } from './labStore.ts';

/** Older notices give way, so that a fault that repeats cannot fill the page. */
const MAX_NOTICES = 4;

/** News leaves by itself after this time; what asks for attention or offers a way out stays, milliseconds. */
const INFO_STAYS_MS = 20_000;

let nextId = 1;

/** @returns its number, for {@link dismiss} */
export function notify(
  text: string,
  level: Notice['level'] = 'info',
  remedies: readonly string[] = [],
): number {
  const id = nextId++;
  useLab.setState(({ notices }) => ({
    notices: [...notices.filter((n) => n.text !== text), { id, level, text, remedies }].slice(-MAX_NOTICES),
  }));
  if (level === 'info' && remedies.length === 0) setTimeout(() => dismiss(id), INFO_STAYS_MS);
  return id;
}

export function dismiss(id: number): void {
  useLab.setState(({ notices }) => ({ notices: notices.filter((n) => n.id !== id) }));
}

/** Clears what offers help with a run that is about to be replaced. */
export function dismissRemedies(): void {
  useLab.setState(({ notices }) => ({ notices: notices.filter((n) => n.remedies.length === 0) }));
}
