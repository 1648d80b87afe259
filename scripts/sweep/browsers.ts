/** The browsers of a sweep: this machine's own, and others by their Playwright endpoints. */
import { chromium, type Browser } from 'playwright';
import { BrowserLost, launchBrowser } from '../experiment/driveBrowser.ts';
import { browserArguments } from '../findBrowser.ts';
import { sentenceOf } from '../../src/domain/sentenceOf.ts';

export interface BrowserPlace {
  /** For messages. */
  readonly name: string;
  readonly isRemote: boolean;
  readonly open: () => Promise<Browser>;
}

/** A server that does not answer in this time is not there, milliseconds. */
const CONNECT_MS = 30_000;

export const localBrowser = (place: number): BrowserPlace => ({
  name: `browser ${place + 1} of this machine`,
  isRemote: false,
  open: launchBrowser,
});

/**
 * A browser that `npx playwright run-server` starts elsewhere. It reaches the lab through the same connection (`exposeNetwork`): for it the
 * lab stands on 127.0.0.1, which browsers trust with codecs and shared memory, and no port need be open here.
 */
export const remoteBrowser = (endpoint: string): BrowserPlace => ({
  name: endpoint,
  isRemote: true,
  open: async () => {
    try {
      return await chromium.connect(endpointWithArguments(endpoint), {
        exposeNetwork: '<loopback>',
        timeout: CONNECT_MS,
      });
    } catch (error) {
      const [reason = ''] = sentenceOf(error).split('\n');
      throw new BrowserLost(
        `The browser at ${endpoint} cannot be had (${reason.replace(/[.:]+$/, '')}). Start "npx playwright run-server" of the same version there.`,
        { cause: error },
      );
    }
  },
});

/**
 * The lab's switches beside the launch options that the address names, such as `?launch-options={"executablePath": …}`; a server
 * takes either only where it was started with `--unsafe`.
 */
export function endpointWithArguments(endpoint: string): string {
  const url = new URL(endpoint);
  const named = url.searchParams.get('launch-options');
  let options: { readonly args?: readonly string[] };
  try {
    options = named === null ? {} : (JSON.parse(named) as typeof options);
  } catch (error) {
    throw new Error(`The launch options of ${endpoint} are not JSON; correct them there.`, { cause: error });
  }
  const args = [...browserArguments(), ...(options.args ?? [])];
  url.searchParams.set('launch-options', JSON.stringify({ ...options, args }));
  return url.href;
}
