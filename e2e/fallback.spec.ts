/** A browser without WebGPU: the lab computes on wasm and says so. */
import { browserArguments } from '../scripts/findBrowser.ts';
import { expect, test } from './support/lab.ts';

const withoutWebGpu = browserArguments().filter((argument) => !/webgpu|swiftshader/.test(argument));

test.use({
  launchOptions: async ({ launchOptions }, provide) => {
    await provide({
      ...launchOptions,
      args: [...withoutWebGpu, '--disable-features=WebGPU', '--use-angle=swiftshader'],
    });
  },
});

test('falls back to wasm where WebGPU was asked for, and says so', async ({ lab }) => {
  await lab.open({ backend: 'webgpu', clock: 'virtual' });
  // News leaves by itself: on a slow machine before the first interval is there.
  await expect(lab.notice(/WebAssembly instead of WebGPU: .*\./)).toBeVisible();
  await lab.live(2);
  await expect(lab.by('backend')).toHaveAttribute('data-backend', 'wasm');
  const { environment } = await lab.report();
  expect(environment.backend).toBe('wasm');
  expect(environment.fallback).toMatch(/instead of WebGPU/);
});

test('begins with wasm where nothing was asked for', async ({ lab }) => {
  await lab.open();
  await expect(lab.notice(/WebGPU/)).toBeVisible();
  await lab.live();
  await expect(lab.by('backend')).toHaveAttribute('data-backend', 'wasm');
});
