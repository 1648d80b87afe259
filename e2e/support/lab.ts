/** The lab's page as the tests drive it. */
import { readFile } from 'node:fs/promises';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { RunReport } from '../../src/domain/interval.ts';
import { parseReport } from '../../src/reports/index.ts';

export { expect };

/** Wasm in virtual time: quick and repeatable, for tests that are not about WebGPU. */
export const FAST = { backend: 'wasm', clock: 'virtual' } as const;
/** The same with the smallest network, where any detector will do. */
export const FASTEST = { ...FAST, detector: 'street-nano' } as const;

export class Lab {
  readonly page: Page;
  /** Errors on the console and uncaught ones since the page was made. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  by(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  get root(): Locator {
    return this.by('lab');
  }

  /** A notice that holds this text. */
  notice(text: string | RegExp): Locator {
    return this.by('notice').filter({ hasText: text });
  }

  async open(query: Readonly<Record<string, string | number>> = {}): Promise<void> {
    const text = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString();
    await this.page.goto(text === '' ? './' : `./?${text}`);
  }

  /** Opens a report.json and waits until it is shown. */
  async openReport(json: string): Promise<void> {
    await this.by('open-report').setInputFiles({
      name: 'report.json',
      mimeType: 'application/json',
      buffer: Buffer.from(json),
    });
    await expect(this.root).toHaveAttribute('data-origin', 'opened');
  }

  /** Waits until the page shows its own run, and that of so many intervals. */
  async live(intervals = 1): Promise<void> {
    await expect(this.root).toHaveAttribute('data-origin', 'live');
    await this.intervals(intervals);
  }

  /** Waits for so many intervals, as long as there is one more within the time that is waited for anything. */
  async intervals(atLeast: number): Promise<void> {
    let seen = await this.intervalCount();
    while (seen < atLeast) {
      await expect
        .poll(() => this.intervalCount(), { message: `more than ${seen} of ${atLeast} intervals` })
        .toBeGreaterThan(seen);
      seen = await this.intervalCount();
    }
  }

  async intervalCount(): Promise<number> {
    return Number(await this.by('interval-count').textContent());
  }

  /** Answers the question that comes before the first clip or webcam: nothing is fetched. */
  async stayWithStreet(): Promise<void> {
    await this.by('consent-stay').click();
  }

  /** Pixels by which the page is wider and higher than the screen. */
  overflow(): Promise<[across: number, down: number]> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
  }

  async setBandwidth(kbps: number): Promise<void> {
    await this.by('budget-bandwidth').fill(String(kbps));
    await this.by('budget-bandwidth').press('Enter');
  }

  /** Downloads an export. @returns its content */
  exported(kind: 'json' | 'html' | 'csv'): Promise<string> {
    return this.exportedBy(`export-${kind}`);
  }

  /** Downloads the report of a comparison. @returns its JSON */
  exportedComparison(): Promise<string> {
    return this.exportedBy('export-compared-json');
  }

  private async exportedBy(item: string): Promise<string> {
    await this.by('export-menu').click();
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.by(item).click()]);
    return readFile(await download.path(), 'utf8');
  }

  async report(): Promise<RunReport> {
    return parseReport(await this.exported('json'));
  }
}

export const test = base.extend<{ lab: Lab }>({
  lab: async ({ page }, provide) => {
    await provide(new Lab(page));
  },
});
