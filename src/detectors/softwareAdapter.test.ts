import { expect, it } from 'vitest';
import { isSoftwareAdapter } from './softwareAdapter.ts';

const adapter = (names: Partial<GPUAdapterInfo>): GPUAdapterInfo =>
  ({
    isFallbackAdapter: false,
    vendor: '',
    architecture: '',
    device: '',
    description: '',
    ...names,
  }) as GPUAdapterInfo;

it.each([
  [{ isFallbackAdapter: true }, true],
  [{ vendor: 'google', architecture: 'swiftshader' }, true],
  [{ vendor: 'mesa', description: 'llvmpipe (LLVM 17, 256 bits)' }, true],
  [{ description: 'lavapipe' }, true],
  [{ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, true],
  [{ architecture: 'warp' }, true],
  [{ vendor: 'nvidia', architecture: 'ampere' }, false],
  [{ vendor: 'apple', architecture: 'metal-3' }, false],
])('%j is software: %s', (names, expected) => {
  expect(isSoftwareAdapter(adapter(names))).toBe(expected);
});
