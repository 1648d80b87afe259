/** Sees to it that there is a Chromium to test in: found, or installed where that can be done unasked. */
import { spawnSync } from 'node:child_process';
import { findBrowser } from './findBrowser.ts';

const HOW =
  'No Chrome or Chromium was found and none could be installed. Install one (for example "apt-get install chromium" ' +
  'or "npx playwright install chromium"), or name it in the environment variable CHROME_PATH.';

/** Runs a command with its output shown. @returns whether it ended well */
function run(command: string, words: readonly string[]): boolean {
  console.log(`> ${command} ${words.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, words, { stdio: 'inherit', env: environment }).status === 0;
}

const hasApt = (): boolean =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;

/** @returns path of the browser. @throws Error in a sentence when there is none and none can be had */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (hasApt() && run('apt-get', ['update', '-q'])) {
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
  }
  if (findBrowser() === undefined) run('npx', ['playwright', 'install', 'chromium']);
  const installed = findBrowser();
  if (installed === undefined) throw new Error(HOW);
  return installed;
}
