/**
 * Finds a Chrome or Chromium to drive, and the switches under which WebGPU runs in it.
 *
 * Why not leave this to Playwright: its own browser builds cannot be downloaded everywhere, and a system
 * Chromium is often there already.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of the browser executable, or undefined where none is installed. `CHROME_PATH` is asked first. */
export function findBrowser(): string | undefined {
  const wished = process.env.CHROME_PATH;
  if (wished !== undefined && wished !== '') {
    if (existsSync(wished)) return wished;
    throw new Error(`CHROME_PATH names ${wished}, which does not exist. Correct it or unset it.`);
  }
  return [...USUAL_PLACES, chromium.executablePath()].find((path) => existsSync(path));
}

/** As {@link findBrowser}, but a missing browser is an error that says what to do. */
export function requireBrowser(): string {
  const path = findBrowser();
  if (path === undefined) {
    throw new Error(
      'No Chrome or Chromium was found. Install one (for example "apt-get install chromium" or ' +
        '"npx playwright install chromium"), or name it in the environment variable CHROME_PATH.',
    );
  }
  return path;
}

/**
 * The software adapter is for WebGPU alone: a page that it draws too starts half as fast. The engine's canvases are read back and so never
 * were on it; bytes and detections are the same.
 */
const DRAWN_WITHOUT_GPU = [
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  '--disable-accelerated-2d-canvas',
];

/**
 * Switches for a headless run: WebGPU by the software adapter unless `ONEADAPT_GPU=1` asks for the real one,
 * a sandbox only where Chromium can have one (not as root), and no traffic of the browser's own.
 */
export function browserArguments(): string[] {
  const realGpu = process.env.ONEADAPT_GPU === '1';
  const isRoot = process.getuid?.() === 0;
  return [
    '--enable-unsafe-webgpu',
    ...(realGpu
      ? ['--enable-features=Vulkan']
      : [
          '--use-webgpu-adapter=swiftshader',
          '--use-angle=swiftshader',
          '--enable-unsafe-swiftshader',
          ...DRAWN_WITHOUT_GPU,
        ]),
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--autoplay-policy=no-user-gesture-required',
  ];
}
