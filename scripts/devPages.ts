/** The lab's modules as they stand, in pages of a headless Chromium: for what measures them, or makes what the lab ships. */
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { browserArguments, requireBrowser } from './findBrowser.ts';

/**
 * @param work is given what opens another empty page, in which `import('/src/…')` takes a module from the development server
 * @returns what the work returns, when server and browser are closed
 * @throws Error in a full sentence where there is no browser or no free port, and whatever the work throws
 */
export async function withDevPages<T>(work: (open: () => Promise<Page>) => Promise<T>): Promise<T> {
  const executablePath = requireBrowser();
  // Nothing may be reloaded under a page when somebody saves a file.
  const server = await createServer({ server: { hmr: false, watch: null }, logLevel: 'warn' });
  try {
    await server.listen(0);
    const address = server.resolvedUrls?.local[0];
    if (address === undefined)
      throw new Error('The development server gave no address. Free a port and try again.');
    const browser = await chromium.launch({ executablePath, args: browserArguments() });
    try {
      return await work(async () => {
        const page = await browser.newPage();
        await page.goto(`${address}scripts/devPage.html`);
        return page;
      });
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
