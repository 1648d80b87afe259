/** Backends, the browser's cache, and boxes against a plain tfjs decoding of the same models. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { f1, intersectionOverUnion } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';
import { BACKENDS } from '../domain/experiment.ts';
import { selectBackend } from './backend.ts';
import { COCO_LABELS } from './cocoLabels.ts';
import { loadDetector } from './loadDetector.ts';
import { NMS_IOU } from './nms.ts';
import { inputShape, packInput } from './pixels.ts';
import { smallModelFiles } from './testModels.ts';
import { clipFrame, drawnPicture, sharedAsset } from './testPictures.ts';

const quiet = (): void => undefined;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('selectBackend', () => {
  it.each(BACKENDS)('starts %s', async (backend) => {
    const selected = await selectBackend(backend);
    expect(selected).toMatchObject({ backend, fallback: null });
    expect(selected.adapter.length).toBeGreaterThan(2);
    expect(tf.getBackend()).toBe(backend);
    const sum = tf.tidy(() => tf.tensor1d([1, 2, 3]).sum());
    expect((await sum.data())[0]).toBe(6);
    sum.dispose();
  });

  it('falls back from WebGPU to WebAssembly and says why', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    const { backend, fallback } = await selectBackend('webgpu');
    expect(backend).toBe('wasm');
    expect(fallback).toBe(
      'The lab computes on WebAssembly instead of WebGPU: WebGPU finds no graphics adapter.',
    );
  });
});

describe('every backend', () => {
  it('finds the same boxes in the same picture', async () => {
    const { files } = await smallModelFiles();
    const found: Detection[][] = [];
    for (const backend of BACKENDS) {
      await selectBackend(backend);
      const before = tf.memory().numTensors;
      const detector = await loadDetector({ model: 'model.json' }, files, quiet);
      const { detections, elapsedMs } = await detector.detect(drawnPicture(detector.inputSize));
      detector.dispose();
      expect(tf.memory().numTensors).toBe(before);
      expect(elapsedMs).toBeGreaterThan(0);
      found.push([...detections]);
    }
    const [first = []] = found;
    expect(first.length).toBeGreaterThan(0);
    for (const other of found) expect(f1(other, first)).toBe(1);
  });
});

describe('a model from a URL', () => {
  it('works offline the second time', async () => {
    await selectBackend('wasm');
    const { json, weights } = await smallModelFiles();
    const base = `https://lab.example/${crypto.randomUUID()}/`;
    const server = vi.fn((url: string) =>
      Promise.resolve(
        url.endsWith('.bin')
          ? new Response(weights)
          : url.endsWith('model.json')
            ? new Response(json)
            : new Response('', { status: 404 }),
      ),
    );
    vi.stubGlobal('fetch', server);
    const load = async (): Promise<number> => {
      const detector = await loadDetector({ model: 'model.json' }, undefined, quiet, base);
      detector.dispose();
      return detector.scoreCount;
    };
    const online = await load();
    expect(server).toHaveBeenCalled();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await load()).toBe(online);
  });
});

/** Each detection of one list is in the other, with sides and score within 1e-3. */
function expectSame(found: readonly Detection[], expected: readonly Detection[]): void {
  expect(found.length).toBe(expected.length);
  for (const wanted of expected) {
    const near = found.find(
      (d) =>
        d.label === wanted.label &&
        (['x', 'y', 'width', 'height', 'score'] as const).every(
          (key) => Math.abs(d[key] - wanted[key]) < 1e-3,
        ),
    );
    expect(near, JSON.stringify(wanted)).toBeDefined();
  }
}

const clipUnit = (value: number): number => Math.min(1, Math.max(0, value));
const detectionOf = (sides: readonly number[], size: number, score: number, index: number): Detection => {
  const [x = 0, y = 0, right = 0, bottom = 0] = sides.map((side) => clipUnit(side / size));
  return { x, y, width: right - x, height: bottom - y, score, label: COCO_LABELS[index] ?? '?' };
};

const clip = await sharedAsset('clips/plaza-pedestrians.mp4');
const centernet = await sharedAsset('models/centernet-mb3-coco/model.json');
const nanodet = await sharedAsset('models/nanodet-m-coco/model.json');

describe.skipIf(clip === null || centernet === null)('CenterNet', () => {
  it('is decoded as its own graph decodes it', async () => {
    await selectBackend('wasm');
    const url = centernet ?? '';
    const detector = await loadDetector({ model: url }, undefined, quiet);
    const rgba = await clipFrame(clip ?? '', 3, detector.inputSize);
    const { detections } = await detector.detect(rgba);
    const model = await tf.loadGraphModel(url);
    const packed = packInput(rgba, detector.card.input);
    const own = tf.tidy(() =>
      model.execute(tf.tensor4d(packed, inputShape(detector.card.input)), 'tower_0/detections'),
    );
    const rows = (await (own as tf.Tensor3D).array())[0] ?? [];
    const expected: Detection[] = [];
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, index = 0] of rows) {
      if (score <= detector.card.threshold) continue;
      const detection = detectionOf([x1, y1, x2, y2], 512, score, index);
      const hidden = expected.some(
        (e) => e.label === detection.label && intersectionOverUnion(e, detection) > NMS_IOU,
      );
      if (!hidden) expected.push(detection);
    }
    expect(expected.length).toBeGreaterThan(2);
    expectSame(detections, expected);
    tf.dispose(own);
    model.dispose();
    detector.dispose();
  });
});

describe.skipIf(clip === null || nanodet === null)('NanoDet', () => {
  it('is decoded as plain tfjs operators decode it', async () => {
    await selectBackend('wasm');
    const url = nanodet ?? '';
    const detector = await loadDetector({ model: url }, undefined, quiet);
    const rgba = await clipFrame(clip ?? '', 3, detector.inputSize);
    const { detections } = await detector.detect(rgba);
    const model = await tf.loadGraphModel(url);
    const packed = packInput(rgba, detector.card.input);
    const names = ['Identity', 'Identity_3', 'Identity_1', 'Identity_4', 'Identity_2', 'Identity_5'];
    const [scores, boxes] = tf.tidy(() => {
      const outputs = model.execute(
        tf.tensor4d(packed, inputShape(detector.card.input)),
        names,
      ) as tf.Tensor3D[];
      const sides = [8, 16, 32].map((stride, level) => {
        const columns = 416 / stride;
        const bins = outputs[2 * level + 1]?.reshape([columns ** 2, 4, 8]) ?? tf.zeros([1]);
        const distances = bins.softmax().mul(tf.range(0, 8)).sum(2).mul(stride);
        const along = tf.range(0, columns).add(0.5).mul(stride);
        const x = tf.tile(along.expandDims(0), [columns, 1]).reshape([-1, 1]);
        const y = tf.tile(along.expandDims(1), [1, columns]).reshape([-1, 1]);
        const [left, top, right, bottom] = tf.split(distances, 4, 1);
        if (!left || !top || !right || !bottom) throw new Error('Four sides were expected.');
        return tf.concat([x.sub(left), y.sub(top), x.add(right), y.add(bottom)], 1).clipByValue(0, 416);
      });
      const all = [0, 2, 4].flatMap((i) => outputs[i]?.squeeze<tf.Tensor2D>([0]) ?? []);
      return [tf.concat(all), tf.concat(sides) as tf.Tensor2D] as const;
    });
    const [scoreRows, boxRows] = [await scores.array(), await boxes.array()];
    const expected: Detection[] = [];
    for (const index of COCO_LABELS.keys()) {
      const ofClass = tf.tidy(() => scores.slice([0, index], [-1, 1]).flatten());
      const kept = await tf.image.nonMaxSuppressionAsync(
        boxes,
        ofClass,
        100,
        NMS_IOU,
        detector.card.threshold,
      );
      for (const row of await kept.data()) {
        expected.push(detectionOf(boxRows[row] ?? [], 416, scoreRows[row]?.[index] ?? 0, index));
      }
      tf.dispose([ofClass, kept]);
    }
    expect(expected.length).toBeGreaterThan(2);
    expectSame(detections, expected);
    tf.dispose([scores, boxes]);
    model.dispose();
    detector.dispose();
  });
});
