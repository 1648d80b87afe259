import { EventEmitter } from 'node:events';
import type { Browser } from 'playwright';
import { expect, it } from 'vitest';
import { BrowserLost, driveBrowser } from './driveBrowser.ts';

/** A browser whose page answers as told; it can go away as one does at the other end of a network. */
function fakeBrowser(answer: (goAway: () => void) => Promise<unknown>) {
  const browser = new EventEmitter();
  let isConnected = true;
  let closed = 0;
  const goAway = (): void => {
    isConnected = false;
    browser.emit('disconnected');
  };
  const page = Object.assign(new EventEmitter(), {
    goto: () => Promise.resolve(),
    waitForFunction: () => Promise.resolve(),
    exposeFunction: () => Promise.resolve(),
    evaluate: () => answer(goAway),
  });
  const fake = Object.assign(browser, {
    newPage: () => Promise.resolve(page),
    isConnected: () => isConnected,
    close: () => Promise.resolve(void (closed += 1)),
  });
  return { open: () => Promise.resolve(fake as unknown as Browser), closings: () => closed, page };
}

const drive = (open: () => Promise<Browser>, signal = new AbortController().signal) =>
  driveBrowser({
    url: '',
    entry: 'runExperiment',
    task: {} as never,
    onEvent: () => undefined,
    signal,
    open,
  });

it('tells a browser that went away in the middle from a task that failed, so that another browser can have the task', async () => {
  // The open call fails first; that the connection is lost is only known some moments later.
  const lost = fakeBrowser((goAway) => {
    setTimeout(goAway, 20);
    return Promise.reject(new Error('Target page, context or browser has been closed'));
  });
  await expect(drive(lost.open)).rejects.toBeInstanceOf(BrowserLost);
  expect(lost.closings()).toBe(1);
  const silent = fakeBrowser((goAway) => new Promise(() => setTimeout(goAway, 20)));
  await expect(drive(silent.open)).rejects.toBeInstanceOf(BrowserLost);
  const failing = fakeBrowser(() => Promise.reject(new Error('The detector is not there.')));
  const failure = await drive(failing.open).catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(BrowserLost);
  expect(failure).toMatchObject({ message: 'The detector is not there.' });
});

it('ends with the reason for which it was ended, be the browser gone by then', async () => {
  const ended = new AbortController();
  const { open, closings } = fakeBrowser(
    (goAway) =>
      new Promise((_, reject) => {
        setTimeout(() => {
          ended.abort(new Error('You ended it.'));
          goAway();
          reject(new Error('Target closed'));
        }, 10);
      }),
  );
  await expect(drive(open, ended.signal)).rejects.toThrow('You ended it.');
  expect(closings()).toBe(1);
});

it('says that a page has crashed', async () => {
  const { open, page } = fakeBrowser(() => new Promise(() => setTimeout(() => page.emit('crash'), 10)));
  await expect(drive(open)).rejects.toThrow(/page crashed, most likely for lack of memory/);
});
