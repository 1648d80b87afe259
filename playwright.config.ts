import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/findBrowser.ts';

/** A port of its own, so that a lab that somebody has open is left alone. */
const PORT = 4273;

const executablePath = findBrowser();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // One browser at a time: the engine itself uses every core.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // Software WebGPU on two cores that others use too is slow; a machine with a GPU never waits this long.
  timeout: 600_000,
  expect: { timeout: 240_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    // What moves for its looks alone takes the cores from the runs.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 60_000,
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: browserArguments() },
  },
  webServer: {
    command: 'npx tsx scripts/start.ts',
    env: { PORT: String(PORT) },
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
