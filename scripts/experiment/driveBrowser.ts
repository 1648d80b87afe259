/** Runs a task in the headless page of a Chromium of its own and watches that it stays alive. */
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright';
import type { HeadlessEvent, HeadlessPage } from '../../src/headless/task.ts';
import { browserArguments, requireBrowser } from '../findBrowser.ts';

/** A run that gives no sign of life for this long is hung, milliseconds. */
const SILENCE_MS = 5 * 60_000;
const PAGE_LOAD_MS = 60_000;
/** From the first call that fails for it until a lost connection is known to be lost, with room. */
const DISCONNECT_MS = 100;

const HUNG =
  'The run has given no sign of life for 5 minutes and was ended: try a smaller clip or model, or another backend.';
const CRASHED =
  'The browser page crashed, most likely for lack of memory: try a smaller clip or model, or another backend.';

/** What the headless page can be asked to do, by the name of its function. */
export type Entry = 'runExperiment' | 'runTileTrials' | 'runComparison';
type TaskOf<E extends Entry> = Parameters<HeadlessPage[E]>[0];
type ResultOf<E extends Entry> = Awaited<ReturnType<HeadlessPage[E]>>;

/** The browser could not be had or went away; that says nothing about the task. */
export class BrowserLost extends Error {}

/** Starts a browser of one's own on this machine. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: requireBrowser(),
    args: browserArguments(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });

export interface Drive<E extends Entry> {
  /** Opens the browser, which is closed in the end; left out: {@link launchBrowser}. */
  readonly open?: () => Promise<Browser>;
  /** Address of headless.html. */
  readonly url: string;
  readonly entry: E;
  readonly task: TaskOf<E>;
  readonly onEvent: (event: HeadlessEvent) => void;
  /** Ends the run: the browser is closed and the drive rejects with the reason. */
  readonly signal: AbortSignal;
}

/** @throws Error in a sentence: no browser, a {@link BrowserLost}, a crash, a hang, or the signal's reason */
export async function driveBrowser<E extends Entry>({
  url,
  entry,
  task,
  onEvent,
  signal,
  open = launchBrowser,
}: Drive<E>): Promise<ResultOf<E>> {
  const browser = await open();
  const lost = (): BrowserLost => new BrowserLost('The browser ended by itself. Run the experiment again.');
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await browser.newPage();
    const pageErrors: string[] = [];
    const failed = new Promise<never>((_, reject) => {
      const watch = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new Error(HUNG)), SILENCE_MS);
      };
      watch();
      page.on('crash', () => reject(new Error(CRASHED)));
      browser.on('disconnected', () => reject(lost()));
      page.on('pageerror', (error) => pageErrors.push(error.message));
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      if (signal.aborted) reject(signal.reason as Error);
      onEventOf(page, (event) => {
        watch();
        onEvent(event);
      }).catch(reject);
    });
    failed.catch(() => undefined);
    const answered = (async () => {
      await page.goto(url, { timeout: PAGE_LOAD_MS });
      await page
        .waitForFunction((name) => name in window, entry, { timeout: PAGE_LOAD_MS })
        .catch((error: unknown) => {
          throw new Error(
            `The lab's page did not start (${pageErrors.join('; ') || 'no error was reported'}): run "npm run build".`,
            { cause: error },
          );
        });
      const asked = { entry, task } as { entry: 'runExperiment'; task: TaskOf<'runExperiment'> };
      return (await page.evaluate(
        (ask) => (window as unknown as HeadlessPage)[ask.entry](ask.task),
        asked,
      )) as ResultOf<E>;
    })();
    answered.catch(() => undefined);
    return await Promise.race([answered, failed]);
  } catch (error) {
    // Where the connection is lost, open calls fail before it is said that it is.
    if (!signal.aborted) await pause(DISCONNECT_MS);
    throw signal.aborted || browser.isConnected() ? error : lost();
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>;

const onEventOf = (page: Page, listen: (event: HeadlessEvent) => void): Promise<unknown> =>
  page.exposeFunction('onExperimentEvent' satisfies keyof HeadlessPage, listen);
