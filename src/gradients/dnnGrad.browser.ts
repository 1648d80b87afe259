/** DNNGrad of whole detectors against central differences of the utility, in real browsers' backends. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Backend } from '../domain/experiment.ts';
import { selectBackend } from '../detectors/backend.ts';
import type { Candidates, Detector } from '../detectors/detector.ts';
import { loadDetector } from '../detectors/loadDetector.ts';
import { smallModelFiles } from '../detectors/testModels.ts';
import { clipFrame, drawnPicture, sharedAsset } from '../detectors/testPictures.ts';
import { streetFrame } from '../sources/scene/testStreet.ts';
import { directionalError, withNoise } from './centralDifferences.ts';
import { createDnnGrad, type DnnGrad } from './dnnGrad.ts';
import { warmUp } from './dnnGradWarmUp.ts';

const quiet = (): void => undefined;

const spreadCandidates = (detector: Detector, count: number): Candidates => ({
  indices: Int32Array.from({ length: count }, (_, i) =>
    Math.floor(((i + 0.5) * detector.scoreCount) / count),
  ),
  scores: new Float32Array(count),
});

let detector: Detector | undefined;
let dnnGrad: DnnGrad | undefined;

async function open(backend: Backend, load: () => Promise<Detector>): Promise<[Detector, DnnGrad]> {
  expect((await selectBackend(backend)).fallback).toBeNull();
  const opened = await load();
  detector = opened;
  dnnGrad = createDnnGrad(opened);
  return [opened, dnnGrad];
}

afterEach(() => {
  dnnGrad?.dispose();
  detector?.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

const small = async (): Promise<Detector> =>
  loadDetector({ model: 'model.json' }, (await smallModelFiles()).files, quiet);

describe.each(['cpu', 'wasm', 'webgpu', 'webgl'] as const)(
  'a small detector of our form on %s',
  (backend) => {
    it('agrees with central differences', async () => {
      const [opened, gradients] = await open(backend, small);
      await warmUp(opened, gradients, quiet);
      const rgba = drawnPicture(opened.inputSize);
      const probe = { directions: 8, steps: [0.002, 0.003, 0.004], slope: 8 };
      const candidates = spreadCandidates(opened, 40);
      expect(await directionalError(opened, gradients, rgba, candidates, probe)).toBeLessThan(0.02);
    });

    it('leaves no tensors behind and repeats itself', async () => {
      const [opened, gradients] = await open(backend, small);
      const rgba = drawnPicture(opened.inputSize);
      const { inferenceMs, backwardMs } = await warmUp(opened, gradients, quiet);
      expect(inferenceMs).toBeGreaterThan(0);
      expect(backwardMs).toBeGreaterThan(0);
      const before = tf.memory().numTensors;
      const { candidates } = await opened.detect(rgba);
      expect(candidates.indices.length).toBeGreaterThan(0);
      const first = await gradients.utilityGradient(rgba, candidates, 20);
      const second = await gradients.utilityGradient(rgba, candidates, 20);
      expect(second.utility).toBeCloseTo(first.utility, 6);
      expect(second.gradient).toEqual(first.gradient);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('takes U from the scores of the candidates', async () => {
      const [opened, gradients] = await open(backend, small);
      const rgba = drawnPicture(opened.inputSize);
      const { candidates } = await opened.detect(rgba);
      const { utility, count } = await gradients.utilityGradient(rgba, candidates, 20);
      const expected = candidates.scores.reduce(
        (sum, score) => sum + 1 / (1 + Math.exp(-20 * (score - 0.5))),
        0,
      );
      expect(utility).toBeCloseTo(expected, 3);
      expect(count).toBe(candidates.indices.length);
    });
  },
);

it('is zero without candidates', async () => {
  const [opened, gradients] = await open('wasm', small);
  const none = { indices: new Int32Array(0), scores: new Float32Array(0) };
  const { utility, gradient } = await gradients.utilityGradient(drawnPicture(opened.inputSize), none, 20);
  expect(utility).toBe(0);
  expect(gradient.every((value) => value === 0)).toBe(true);
});

it('says what cannot be differentiated, and leaves nothing behind', async () => {
  const [opened] = await open('wasm', small);
  // CropAndResize has no gradient in tfjs.
  const cropped: Detector = {
    ...opened,
    scores: (input) =>
      tf.tidy(() => {
        const boxes = tf.image.cropAndResize(input.relu(), [[0, 0, 1, 1]], [0], [8, 8]);
        return boxes.reshape<tf.Tensor2D>([64, 3]);
      }),
  };
  const before = tf.memory().numTensors;
  const gradients = createDnnGrad(cropped);
  const candidates = { indices: Int32Array.of(1), scores: Float32Array.of(1) };
  await expect(gradients.utilityGradient(drawnPicture(opened.inputSize), candidates, 8)).rejects.toThrow(
    'The detector Small cannot be differentiated on wasm: Cannot compute gradient: gradient function not found for CropAndResize.',
  );
  expect(tf.memory().numTensors).toBe(before);
});

const hasDefault =
  (await fetch('/models/default/model.json')).headers.get('Content-Type')?.includes('json') === true;
if (!hasDefault) console.info('Skipped: public/models/default is absent.');

// On plain JavaScript, where a pass takes seconds, the small one stands for it.
describe.skipIf(!hasDefault).each(['wasm', 'webgpu'] as const)('the default detector on %s', (backend) => {
  it('agrees with central differences', async () => {
    const [opened, gradients] = await open(backend, () => loadDetector('default', undefined, quiet));
    const rgba = withNoise(drawnPicture(opened.inputSize));
    if (backend === 'webgpu') await warmUp(opened, gradients, quiet);
    // Software WebGPU takes half a second a pass, and more.
    const isQuick = backend === 'wasm';
    const steps = isQuick ? [0.001, 0.0013, 0.0016, 0.002, 0.0025, 0.003] : [0.0013, 0.0025];
    const { candidates } = await opened.detect(rgba);
    const probe = { directions: isQuick ? 20 : 4, steps, slope: 8 };
    const error = await directionalError(opened, gradients, rgba, candidates, probe);
    console.info(`default on ${backend}: ${(100 * error).toFixed(2)} % from central differences`);
    expect(error).toBeLessThan(0.02);
  });
});

it('agrees with central differences at every exit of an anytime network', async () => {
  const [opened] = await open('wasm', () => loadDetector('street-large', undefined, quiet));
  const frame = await streetFrame();
  for (let exit = 0; exit < opened.exits; exit += 1) {
    const stopped = opened.at({ exit, inputSize: { width: 320, height: 192 } });
    const gradients = createDnnGrad(stopped);
    const rgba = withNoise(frame.pixels(stopped.inputSize));
    const { candidates } = await stopped.detect(rgba);
    const probe = { directions: 20, steps: [0.001, 0.0013, 0.0016, 0.002, 0.0025, 0.003], slope: 8 };
    const error = await directionalError(stopped, gradients, rgba, candidates, probe);
    gradients.dispose();
    console.info(`street-large, exit ${exit}: ${(100 * error).toFixed(2)} % from central differences`);
    expect(error).toBeLessThan(0.02);
  }
  frame.close();
});

const clip = await sharedAsset('clips/plaza-pedestrians.mp4');
for (const name of ['centernet-mb3-coco', 'nanodet-m-coco']) {
  const url = await sharedAsset(`models/${name}/model.json`);
  describe.skipIf(clip === null || url === null)(name, () => {
    it('agrees with central differences on wasm', async () => {
      const [opened, gradients] = await open('wasm', () =>
        loadDetector({ model: url ?? '' }, undefined, quiet),
      );
      const rgba = withNoise(await clipFrame(clip ?? '', 3, opened.inputSize));
      const { detections, candidates } = await opened.detect(rgba);
      expect(detections.filter(({ label }) => label === 'person').length).toBeGreaterThan(1);
      const probe = { directions: 8, steps: [0.001, 0.0013, 0.0016, 0.002], slope: 8 };
      const error = await directionalError(opened, gradients, rgba, candidates, probe);
      expect(error).toBeLessThan(0.03);
    });
  });
}
