/**
 * DNNGrad of detectors that users bring, against central differences: on wasm, and the smallest also on WebGPU
 * (software adapters take minutes for the others). Their cards are recognised.
 */
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { selectBackend } from '../detectors/backend.ts';
import type { Detector } from '../detectors/detector.ts';
import { loadDetector } from '../detectors/loadDetector.ts';
import { clipFrame, sharedAsset } from '../detectors/testPictures.ts';
import type { Backend } from '../domain/experiment.ts';
import { directionalError, withNoise } from './centralDifferences.ts';
import { createDnnGrad, type DnnGrad } from './dnnGrad.ts';
import { warmUp } from './dnnGradWarmUp.ts';

const quiet = (): void => undefined;

const YOLO9 = 'yolov9n-wholebody25-256x320';

let detector: Detector | undefined;
let dnnGrad: DnnGrad | undefined;

afterEach(() => {
  dnnGrad?.dispose();
  detector?.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

/** Opens a shared model and compares; prints what a pass costs. */
async function errorOf(
  backend: Backend,
  name: string,
  clip: string,
  inputSize?: { width: number; height: number },
): Promise<number> {
  expect((await selectBackend(backend)).fallback).toBeNull();
  const url = (await sharedAsset(`models/${name}/model.json`)) ?? '';
  const loaded = await loadDetector({ model: url }, undefined, quiet);
  const opened = inputSize ? loaded.at({ inputSize }) : loaded;
  const gradients = createDnnGrad(opened);
  [detector, dnnGrad] = [opened, gradients];
  const rgba = withNoise(await clipFrame((await sharedAsset(`clips/${clip}`)) ?? '', 1, opened.inputSize));
  const { inferenceMs, backwardMs } = await warmUp(opened, gradients, quiet);
  const { candidates, detections } = await opened.detect(rgba);
  expect(rgba.reduce((sum, value) => sum + value, 0) / rgba.length, 'a picture').toBeGreaterThan(70);
  expect(candidates.indices.length).toBeGreaterThan(5);
  const probe = { directions: backend === 'webgpu' ? 4 : 12, steps: [0.0013, 0.002, 0.003], slope: 8 };
  const error = await directionalError(opened, gradients, rgba, candidates, probe);
  console.info(
    `${name} on ${backend}: ${(100 * error).toFixed(2)} % from central differences, ${detections.length} detections, forward ` +
      `${inferenceMs.toFixed(0)} ms, gradient ${backwardMs.toFixed(0)} ms`,
  );
  return error;
}

for (const [name, clip, backends] of [
  ['yolov5n-pruned-carparts-int8-320', 'street-traffic.mp4', ['wasm']],
  [YOLO9, 'plaza-pedestrians.mp4', ['wasm']],
  ['handtrack-ssd320fpnlite-int8', 'asl-signer.mkv', ['wasm']],
  ['blazeface-back', 'asl-signer.mkv', ['wasm', 'webgpu']],
] as const) {
  const isThere =
    (await sharedAsset(`models/${name}/model.json`)) !== null && (await sharedAsset(`clips/${clip}`));
  describe.skipIf(!isThere)(name, () => {
    it.each(backends)('agrees with central differences on %s', async (backend) => {
      expect(await errorOf(backend, name, clip)).toBeLessThan(0.03);
    });
  });
}

const yolo9 = await sharedAsset(`models/${YOLO9}/model.json`);
const plaza = await sharedAsset('clips/plaza-pedestrians.mp4');
describe.skipIf(yolo9 === null || plaza === null)('a size that the graph was not exported for', () => {
  it('agrees with central differences on wasm', async () => {
    const error = await errorOf('wasm', YOLO9, 'plaza-pedestrians.mp4', { width: 384, height: 224 });
    expect(error).toBeLessThan(0.03);
  });
});
