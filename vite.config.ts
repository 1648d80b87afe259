import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, findBrowser } from './scripts/findBrowser.ts';
import { sharedAssets } from './scripts/sharedAssets.ts';
import { wasmThreads } from './scripts/wasmThreads.ts';

/** SharedArrayBuffer, and with it wasm threads, exists only in a cross-origin isolated page. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const executablePath = findBrowser();

export default defineConfig({
  plugins: [react(), sharedAssets()],
  base: './',
  server: { host: '127.0.0.1', headers: isolation },
  preview: { host: '127.0.0.1', port: 4173, headers: isolation },
  // Named here, as they are imported late: found later they would make a running page reload.
  optimizeDeps: {
    include: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'],
  },
  worker: { format: 'es', plugins: () => [wasmThreads()] },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { input: ['index.html', 'headless.html'] },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          // Property tests of whole runs take seconds, and minutes where other work has the cores: none is a timing.
          testTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.ts'],
          // Two whole runs beside each other, on a machine with other work to do.
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // Of the tests that say that they may run beside each other.
          maxConcurrency: 2,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                // The soak's measurements collect garbage at once instead of waiting half a minute for a chance to.
                args: [...browserArguments(), '--enable-blink-features=ForceEagerMeasureMemory'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
