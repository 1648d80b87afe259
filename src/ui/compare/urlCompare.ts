/** What is compared as part of the page's address. Source, detector, knobs, budget and seed are the experiment's. */
import { readConfiguration, writeConfiguration } from '../store/urlPolicy.ts';
import type { UrlReader } from '../store/urlReader.ts';
import { COMPARE_SECONDS, DEFAULT_SETUP, type Setup } from './compareStore.ts';
import { CHOICES } from './contenders.ts';

/** Before the knobs at which the static one stands. */
const AT = 'at.';

export function writeCompare(query: URLSearchParams, { chosen, seconds, withGrid, standing }: Setup): void {
  query.set('view', 'compare');
  query.set('compare', chosen.length === 0 ? 'none' : CHOICES.filter((c) => chosen.includes(c)).join(','));
  query.set('compareSeconds', String(seconds));
  if (withGrid) query.set('grid', 'on');
  if (chosen.includes('static')) writeConfiguration(query, standing, AT);
}

/** @returns null where the address opens the ordinary view */
export function readCompare(read: UrlReader): Setup | null {
  if (read.oneOf('view', ['run', 'compare'] as const, 'run') === 'run') return null;
  const text = read.text('compare');
  const asked = text === undefined ? DEFAULT_SETUP.chosen : text === 'none' ? [] : text.split(',');
  const strange = asked.filter((name) => !CHOICES.some((choice) => choice === name));
  if (strange.length > 0) {
    read.note(
      `The address compares policies that this lab does not have: ${strange.join(', ')}. They were left out.`,
    );
  }
  return {
    chosen: CHOICES.filter((choice) => asked.includes(choice)),
    seconds: Math.round(read.number('compareSeconds', COMPARE_SECONDS, DEFAULT_SETUP.seconds)),
    withGrid: read.oneOf('grid', ['on', 'off'] as const, 'off') === 'on',
    standing: readConfiguration(read, AT),
  };
}
