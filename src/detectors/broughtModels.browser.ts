/**
 * Detectors that users bring, without a card: what is recognised, and boxes against the model's own numbers read by
 * plain tfjs (`executeAsync` of the whole graph where it loops or suppresses by itself).
 */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Detection } from '../domain/detection.ts';
import { selectBackend } from './backend.ts';
import type { DetectorCard } from '../domain/card.ts';
import type { Detector } from './detector.ts';
import { loadDetector } from './loadDetector.ts';
import { NMS_IOU } from './nms.ts';
import { inputShape, packInput } from './pixels.ts';
import { clipFrame, sharedAsset } from './testPictures.ts';

const quiet = (): void => undefined;

let tensors = 0;
beforeEach(async () => {
  await selectBackend('wasm');
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

/** Boxes [N, 4] as top, left, bottom, right in fractions, and scores [N, C]. */
type Plain = [tf.Tensor2D, tf.Tensor2D];
const plainOf = (boxes: tf.Tensor, scores: tf.Tensor): Plain => [boxes as tf.Tensor2D, scores as tf.Tensor2D];

/** tfjs's own suppression of each class. */
async function suppressed([boxes, scores]: Plain, card: DetectorCard): Promise<Detection[]> {
  const rows = await boxes.array();
  const found: Detection[] = [];
  for (const [index, label] of card.labels.entries()) {
    const ofClass = tf.tidy(() => scores.slice([0, index], [-1, 1]).flatten());
    const kept = await tf.image.nonMaxSuppressionAsync(boxes, ofClass, 100, NMS_IOU, card.threshold);
    const values = await ofClass.data();
    for (const row of await kept.data()) {
      const [y = 0, x = 0, bottom = 0, right = 0] = (rows[row] ?? []).map((v) => Math.min(1, Math.max(0, v)));
      found.push({ x, y, width: right - x, height: bottom - y, score: values[row] ?? 0, label });
    }
    tf.dispose([ofClass, kept]);
  }
  tf.dispose([boxes, scores]);
  return found;
}

/** Largest difference of a side or score between the lists, each detection with its nearest. */
function largestError(found: readonly Detection[], expected: readonly Detection[]): number {
  expect(found.length).toBe(expected.length);
  const distance = (a: Detection, b: Detection): number =>
    a.label === b.label
      ? Math.max(...(['x', 'y', 'width', 'height', 'score'] as const).map((key) => Math.abs(a[key] - b[key])))
      : Infinity;
  return Math.max(...expected.map((e) => Math.min(...found.map((f) => distance(e, f)))));
}

/** Centres and sizes [N, 4] in pixels to sides in fractions. */
function sidesOf(boxes: tf.Tensor2D, { input }: DetectorCard): tf.Tensor2D {
  const [x, y, w, h] = tf.split(boxes, 4, 1);
  if (!x || !y || !w || !h) throw new Error('Four columns were expected.');
  const [left, top, right, bottom] = [x.sub(w.div(2)), y.sub(h.div(2)), x.add(w.div(2)), y.add(h.div(2))];
  const scale = [1 / input.height, 1 / input.width, 1 / input.height, 1 / input.width];
  return tf.concat([top, left, bottom, right], 1).mul(tf.tensor2d(scale, [1, 4]));
}

const inputOf = (rgba: Uint8ClampedArray, { input }: DetectorCard): tf.Tensor4D =>
  tf.tensor4d(packInput(rgba, input), inputShape(input));

const YOLO9 = 'yolov9n-wholebody25-256x320';
const YOLO9_DECODED = 'PartitionedCall/model_21/tf.concat_42/concat';

/** The card that says of YOLOv9 what is decoded in the graph, before suppression. */
const decodedInGraph = (card: DetectorCard): DetectorCard => ({
  ...card,
  head: {
    kind: 'boxes',
    scores: [YOLO9_DECODED],
    boxes: [YOLO9_DECODED],
    layout: 'cellsLast',
    firstClass: 4,
    objectness: null,
    logits: false,
    firstBox: 0,
    coding: 'cxcywh',
    unit: 'pixel',
  },
});

interface Brought {
  readonly name: string;
  readonly clip: string;
  /** What is recognised of the card. */
  readonly card: object;
  readonly classes: number;
  /** Confidence that some of the clip's objects reach. */
  readonly threshold: number;
  readonly plain: (model: tf.GraphModel, rgba: Uint8ClampedArray, card: DetectorCard) => Promise<Plain>;
}

const BROUGHT: readonly Brought[] = [
  {
    name: 'yolov5n-pruned-carparts-int8-320',
    clip: 'dashcam-highway2.mp4',
    card: {
      input: {
        width: 320,
        height: 320,
        layout: 'NHWC',
        channels: 'RGB',
        mean: [0, 0, 0],
        std: [255, 255, 255],
      },
      head: { scores: ['Identity_1'], boxes: ['Identity'], coding: 'yxyx', unit: 'fraction', logits: false },
    },
    classes: 28,
    threshold: 0.1,
    plain: (model, rgba, card) =>
      Promise.resolve(
        tf.tidy(() => {
          const [boxes, scores] = model.execute(inputOf(rgba, card), [
            'Identity',
            'Identity_1',
          ]) as tf.Tensor[];
          if (!boxes || !scores) throw new Error('Two outputs were expected.');
          return plainOf(boxes.squeeze([0]), scores.squeeze([0]));
        }),
      ),
  },
  {
    name: YOLO9,
    clip: 'plaza-pedestrians.mp4',
    card: {
      input: { width: 320, height: 256, layout: 'NHWC', channels: 'BGR', mean: [0, 0, 0], std: [1, 1, 1] },
      head: { kind: 'dfl', strides: [8, 16, 32], bins: 16 },
    },
    classes: 25,
    threshold: 0.25,
    plain: (model, rgba, card) =>
      Promise.resolve(
        tf.tidy(() => {
          const rows = (
            model.execute(inputOf(rgba, card), YOLO9_DECODED) as tf.Tensor3D
          ).squeeze<tf.Tensor2D>([0]);
          const cells = tf.transpose(rows);
          return plainOf(sidesOf(cells.slice([0, 0], [-1, 4]), card), cells.slice([0, 4], [-1, 25]));
        }),
      ),
  },
  {
    name: 'handtrack-ssd320fpnlite-int8',
    clip: 'asl-signer.mkv',
    card: {
      input: {
        width: 320,
        height: 320,
        channels: 'RGB',
        mean: [127.5, 127.5, 127.5],
        std: [127.5, 127.5, 127.5],
      },
      head: { coding: 'yxyx', unit: 'fraction', firstClass: 0, logits: false },
    },
    classes: 7,
    threshold: 0.5,
    plain: async (model, rgba, { input }) => {
      const raw = { ...input, mean: [0, 0, 0] as const, std: [1, 1, 1] as const };
      const pixels = tf.tensor4d(packInput(rgba, raw as typeof input), inputShape(input), 'int32');
      const nodes = ['Slice', 'ExpandDims_1'].map((node) => `StatefulPartitionedCall/Postprocessor/${node}`);
      const outputs = (await model.executeAsync(pixels, nodes)) as tf.Tensor[];
      const plain = tf.tidy(() => {
        const [scores, boxes] = outputs;
        if (!boxes || !scores) throw new Error('Two outputs were expected.');
        return plainOf(boxes.reshape([-1, 4]), scores.reshape([-1, 7]));
      });
      tf.dispose([pixels, ...outputs]);
      return plain;
    },
  },
  {
    name: 'blazeface-back',
    clip: 'asl-signer.mkv',
    card: {
      input: {
        width: 256,
        height: 256,
        channels: 'RGB',
        mean: [127.5, 127.5, 127.5],
        std: [127.5, 127.5, 127.5],
      },
      head: {
        logits: true,
        coding: 'cxcywh',
        anchors: [
          { stride: 16, perCell: 2 },
          { stride: 32, perCell: 6 },
        ],
      },
    },
    classes: 1,
    threshold: 0.5,
    plain: (model, rgba, card) =>
      Promise.resolve(
        tf.tidy(() => {
          const names = ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'];
          const [s1, s2, b1, b2] = model.execute(inputOf(rgba, card), names) as tf.Tensor3D[];
          if (!s1 || !s2 || !b1 || !b2) throw new Error('Four outputs were expected.');
          const anchors = [16, 8].flatMap((along) =>
            Array.from({ length: along ** 2 * (along === 16 ? 2 : 6) }, (_, i) => {
              const cell = Math.floor(i / (along === 16 ? 2 : 6));
              const centre = [(cell % along) + 0.5, Math.floor(cell / along) + 0.5].map(
                (v) => (v * 256) / along,
              );
              return [...centre, 0, 0];
            }),
          );
          const boxes = tf.concat([b1, b2], 1).squeeze<tf.Tensor2D>([0]).slice([0, 0], [-1, 4]);
          const scores = tf.concat([s1, s2], 1).squeeze<tf.Tensor2D>([0]);
          return plainOf(sidesOf(boxes.add<tf.Tensor2D>(tf.tensor2d(anchors)), card), scores.sigmoid());
        }),
      ),
  },
];

/** The shared model as files, with a card of its own and other files beside. */
async function files(url: string, beside: Readonly<Record<string, string>>): Promise<File[]> {
  const json = await (await fetch(url)).text();
  const { weightsManifest } = JSON.parse(json) as { weightsManifest: { paths: string[] }[] };
  const shards = await Promise.all(
    weightsManifest
      .flatMap(({ paths }) => paths)
      .map(async (path) => new File([await (await fetch(new URL(path, url))).blob()], path)),
  );
  return [
    new File([json], 'model.json'),
    ...shards,
    ...Object.entries(beside).map(([name, text]) => new File([text], name)),
  ];
}

const bring = async (url: string, beside: Readonly<Record<string, string>>): Promise<Detector> =>
  loadDetector({ model: 'model.json' }, await files(url, beside), quiet);

for (const { name, clip, card, classes, threshold, plain } of BROUGHT) {
  const url = await sharedAsset(`models/${name}/model.json`);
  const clipUrl = await sharedAsset(`clips/${clip}`);
  describe.skipIf(url === null || clipUrl === null)(name, () => {
    it('is recognised, and decoded as plain tfjs operators decode it', async () => {
      const recognised = await loadDetector({ model: url ?? '' }, undefined, quiet);
      expect(recognised.card).toMatchObject(card);
      expect(recognised.card.labels).toHaveLength(classes);
      const lower = JSON.stringify({ ...recognised.card, threshold });
      recognised.dispose();
      const detector = await bring(url ?? '', { 'card.json': lower });
      const rgba = await clipFrame(clipUrl ?? '', 1, detector.inputSize);
      const { detections } = await detector.detect(rgba);
      const model = await tf.loadGraphModel(url ?? '');
      const expected = await suppressed(await plain(model, rgba, detector.card), detector.card);
      expect(expected.length).toBeGreaterThan(0);
      const error = largestError(detections, expected);
      console.info(`${name}: ${expected.length} boxes, largest error ${error.toExponential(1)}`);
      expect(error).toBeLessThan(1e-3);
      model.dispose();
      detector.dispose();
    });
  });
}

const yolo9 = await sharedAsset(`models/${YOLO9}/model.json`);
const plaza = await sharedAsset('clips/plaza-pedestrians.mp4');

describe.skipIf(yolo9 === null || plaza === null)('YOLOv9', () => {
  const NAMES = Array.from({ length: 25 }, (_, i) => (i === 0 ? 'body' : `part ${i}`));

  it('is the same from its raw levels and from what its graph decodes; names come from metadata.yaml', async () => {
    const yaml = `stride: 32\nnames:\n${NAMES.map((label, i) => `  ${i}: ${label}`).join('\n')}\n`;
    const raw = await bring(yolo9 ?? '', { 'metadata.yaml': yaml });
    expect(raw.card.labels).toEqual(NAMES);
    const { node, ...input } = raw.card.input; // A card need not know where its graph is fed.
    expect(node).toContain('resize_nearest_neighbor');
    const card = JSON.stringify({ ...decodedInGraph(raw.card), input });
    const decoded = await bring(yolo9 ?? '', { 'card.json': card });
    const rgba = await clipFrame(plaza ?? '', 1, raw.inputSize);
    const [ofRaw, ofDecoded] = [await raw.detect(rgba), await decoded.detect(rgba)];
    expect(ofRaw.detections.length).toBeGreaterThan(3);
    expect(largestError(ofRaw.detections, ofDecoded.detections)).toBeLessThan(1e-4);
    expect(() => decoded.at({ inputSize: { width: 640, height: 384 } })).toThrow('does not fit the model');
    raw.dispose();
    decoded.dispose();
  });

  it('sees more in a larger picture, and says which sizes it cannot take', async () => {
    const detector = await loadDetector({ model: yolo9 ?? '' }, undefined, quiet);
    const bodies = async (of: Detector): Promise<number> => {
      const rgba = await clipFrame(plaza ?? '', 1, of.inputSize);
      const { detections } = await of.detect(rgba);
      return detections.filter(({ label, score }) => label === 'class 0' && score > 0.4).length;
    };
    const larger = detector.at({ inputSize: { width: 640, height: 384 } });
    expect(await bodies(larger)).toBeGreaterThan(await bodies(detector));
    expect(larger.scoreCount).toBe((80 * 48 + 40 * 24 + 20 * 12) * 25);
    expect(() => detector.at({ inputSize: { width: 330, height: 256 } })).toThrow(
      'cannot take 330x256 pixels. Use sides that are multiples of 32.',
    );
    detector.dispose();
  });

  it('says which node of a card it lacks', async () => {
    const detector = await loadDetector({ model: yolo9 ?? '' }, undefined, quiet);
    const { card } = detector;
    detector.dispose();
    const wrong = { ...card, head: { ...card.head, nodes: ['a', 'b', 'c'] } };
    await expect(bring(yolo9 ?? '', { 'card.json': JSON.stringify(wrong) })).rejects.toThrow(
      'it has no node a.',
    );
  });

  it('says that a card asks for what only executeAsync gives', async () => {
    const detector = await loadDetector({ model: yolo9 ?? '' }, undefined, quiet);
    const head = { ...decodedInGraph(detector.card).head, scores: ['Identity'], boxes: ['Identity'] };
    const card = { ...detector.card, head };
    detector.dispose();
    await expect(bring(yolo9 ?? '', { 'card.json': JSON.stringify(card) })).rejects.toThrow(
      'names the node Identity, which the model computes only behind its own loops or suppression',
    );
  });
});
