/** The browser's Cache in which fetched models are kept, what lies in it, and how to empty it. */
import { DETECTORS } from './registry.ts';

/** Name of the Cache; another number makes old entries unused. */
const CACHE_NAME = 'oneadapt-models-1';

/** The Cache exists only in a secure context; without it files are simply fetched anew. */
export async function openCache(): Promise<Cache | null> {
  if (typeof caches === 'undefined') return null;
  return caches.open(CACHE_NAME).catch(() => null);
}

/** What is kept of a detector that was fetched from elsewhere. */
export interface KeptDetector {
  /** As a menu shows it; a host where the lab does not know the detector. */
  readonly label: string;
  readonly bytes: number;
}

/** Entries from other hosts: the lab's own files are kept too, so that it works offline, but nobody was asked for them. */
const isFromElsewhere = ({ url }: Request): boolean => new URL(url).origin !== location.origin;

const folderOf = (url: string): string => url.slice(0, url.lastIndexOf('/'));

function labelOf(url: string): string {
  const known = DETECTORS.find(({ url: model, files }) => files && folderOf(model) === folderOf(url));
  return known?.label ?? new URL(url).host;
}

/** The detectors from elsewhere that this browser keeps. */
export async function keptDetectors(): Promise<readonly KeptDetector[]> {
  const cache = await openCache();
  if (!cache) return [];
  const bytes = new Map<string, number>();
  for (const request of await cache.keys()) {
    if (!isFromElsewhere(request)) continue;
    const label = labelOf(request.url);
    const blob = await (await cache.match(request))?.blob();
    bytes.set(label, (bytes.get(label) ?? 0) + (blob?.size ?? 0));
  }
  return Array.from(bytes, ([label, size]) => ({ label, bytes: size }));
}

/** Deletes every kept copy from elsewhere; a run that has loaded one goes on. */
export async function removeKept(): Promise<void> {
  const cache = await openCache();
  if (!cache) return;
  const requests = await cache.keys();
  await Promise.all(requests.filter(isFromElsewhere).map((request) => cache.delete(request)));
}
