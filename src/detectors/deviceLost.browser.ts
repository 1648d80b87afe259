/** A lost device is told once, in a sentence. A file of its own: tfjs has no way back to a device that is gone. */
import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import { onDeviceLost, selectBackend } from './backend.ts';

it('is told when the device goes, and not before', async () => {
  const lost = vi.fn<(message: string) => void>();
  await selectBackend('webgpu');
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  onDeviceLost(lost);
  await selectBackend('wasm');
  onDeviceLost(lost);
  expect(lost).not.toHaveBeenCalled();
  device.destroy();
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce(), 10_000);
  expect(lost.mock.lastCall?.[0]).toMatch(/^The graphics device was lost \(.+\)\. .+\.$/s);
});
