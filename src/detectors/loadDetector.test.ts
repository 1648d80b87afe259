/** What goes wrong when a model is loaded, what is said about it, and that nothing stays behind. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadDetector } from './loadDetector.ts';
import { SMALL_CARD, smallModelFiles, type BroughtFiles } from './testModels.ts';

const quiet = (): void => undefined;
const BROUGHT = { model: 'model.json' };
const BASE = 'https://lab.example/page/';

let brought: BroughtFiles;
let tensors = 0;

beforeAll(async () => {
  await tf.setBackend('cpu');
  brought = await smallModelFiles();
});
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  vi.unstubAllGlobals();
  expect(tf.memory().numTensors).toBe(tensors);
});

const named = (name: string): File => {
  const file = brought.files.find((f) => f.name === name);
  if (!file) throw new Error(`The test has no ${name}.`);
  return file;
};
const fromFiles = (files: File[]): Promise<unknown> => loadDetector(BROUGHT, files, quiet, BASE);

describe('from files', () => {
  it('loads a model with its card', async () => {
    const detector = await loadDetector(BROUGHT, brought.files, quiet, BASE);
    expect(detector.card).toEqual(SMALL_CARD);
    const pixels = new Uint8ClampedArray(64 * 48 * 4).fill(90);
    const { candidates } = await detector.detect(pixels);
    expect(candidates.indices.length).toBe(candidates.scores.length);
    detector.dispose();
  });

  it('reads it by the card of the experiment before the one beside it', async () => {
    const card = { ...SMALL_CARD, labels: SMALL_CARD.labels.map((label) => `my ${label}`), threshold: 0.9 };
    const detector = await loadDetector({ ...BROUGHT, card }, brought.files, quiet, BASE);
    expect(detector.card).toEqual(card);
    detector.dispose();
  });

  it('loads it without a card, with what its shapes say', async () => {
    const detector = await loadDetector(BROUGHT, [named('model.json'), named('weights.bin')], quiet, BASE);
    expect(detector.card.head).toEqual({ kind: 'grid', stride: 8 });
    expect(detector.card.labels).toHaveLength(3);
    detector.dispose();
  });

  it('names a missing shard', async () => {
    await expect(fromFiles([named('model.json')])).rejects.toThrow(
      'needs the weights file weights.bin, which is not among the chosen files. Choose',
    );
  });

  it('says how many bytes a cut-off shard lacks', async () => {
    const half = new File([brought.weights.slice(0, 1000)], 'weights.bin');
    await expect(fromFiles([named('model.json'), half])).rejects.toThrow(
      new RegExp(
        `cut off: weights.bin \\(1000 bytes\\) should hold ${brought.weights.byteLength} bytes, but hold 1000`,
      ),
    );
  });

  it('refuses files without a model, and JSON that is none', async () => {
    await expect(fromFiles([named('weights.bin')])).rejects.toThrow(
      'There is no model.json among the chosen files',
    );
    await expect(fromFiles([new File(['{}'], 'model.json')])).rejects.toThrow('not a TensorFlow.js model');
    await expect(fromFiles([new File(['pk'], 'model.json')])).rejects.toThrow('model.json is not JSON');
  });

  it('refuses a card that does not describe a detector or does not fit', async () => {
    const withCard = (card: object): Promise<unknown> =>
      fromFiles([named('model.json'), named('weights.bin'), new File([JSON.stringify(card)], 'card.json')]);
    await expect(withCard({ ...SMALL_CARD, head: { kind: 'magic' } })).rejects.toThrow(
      'card.json does not describe a detector (head',
    );
    await expect(withCard({ ...SMALL_CARD, labels: ['car'] })).rejects.toThrow(
      'card.json does not fit the model',
    );
  });

  it('refuses a topology that tfjs cannot build', async () => {
    const broken = JSON.stringify({
      ...(JSON.parse(brought.json) as object),
      modelTopology: {
        class_name: 'Model',
        config: { name: 'm', layers: [{ class_name: 'Nonsense', config: {} }] },
      },
    });
    await expect(fromFiles([new File([broken], 'model.json'), named('weights.bin')])).rejects.toThrow(
      'TensorFlow.js cannot build the model model.json',
    );
  });

  it('refuses a model that is no detector', async () => {
    const layer = tf.layers.dense({ units: 4, inputShape: [3] });
    const model = tf.sequential({ layers: [layer] });
    let artifacts: tf.io.ModelArtifacts = {};
    await model.save(
      tf.io.withSaveHandler((saved) => {
        artifacts = saved;
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
      }),
    );
    model.dispose();
    const { modelTopology, weightSpecs, weightData } = artifacts;
    const json = { modelTopology, weightsManifest: [{ paths: ['w.bin'], weights: weightSpecs }] };
    const files = [
      new File([JSON.stringify(json)], 'm.json'),
      new File([weightData as ArrayBuffer], 'w.bin'),
    ];
    await expect(fromFiles(files)).rejects.toThrow('not a detector that the lab knows');
  });
});

describe('from a URL', () => {
  /** A server that has these files; the rest is 404. */
  const serve = (files: Record<string, BodyInit>): void => {
    vi.stubGlobal('fetch', (url: string) => {
      const body = files[url];
      return Promise.resolve(body === undefined ? new Response('', { status: 404 }) : new Response(body));
    });
  };

  it('takes the lab’s own models from the page’s folder, with card and progress', async () => {
    serve({
      [`${BASE}models/default/model.json`]: brought.json,
      [`${BASE}models/default/weights.bin`]: brought.weights,
      [`${BASE}models/default/card.json`]: JSON.stringify(SMALL_CARD),
    });
    const seen = new Map<string, number | null>();
    const detector = await loadDetector('default', undefined, (label, part) => seen.set(label, part), BASE);
    expect(detector.card.name).toBe('small');
    expect(seen.get('Fetching weights.bin')).toBe(1);
    detector.dispose();
  });

  it('says that a file is not there, and that the server cannot be reached', async () => {
    serve({});
    await expect(loadDetector({ model: 'my/model.json' }, undefined, quiet, BASE)).rejects.toThrow(
      `${BASE}my/model.json could not be fetched: the server answered 404.`,
    );
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(loadDetector({ model: 'my/model.json' }, undefined, quiet, BASE)).rejects.toThrow('offline');
  });

  it('knows which detectors there are', async () => {
    await expect(loadDetector('yolo', undefined, quiet, BASE)).rejects.toThrow(
      'There is no detector called "yolo". Use one of default, street-nano, street-small, street-large, centernet-coco, nanodet-coco',
    );
  });
});
