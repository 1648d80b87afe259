import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ONEADAPT, defaultPolicy, POLICY_NAMES } from '../domain/experiment.ts';
import { KNOB_NAMES } from '../domain/knob.ts';
import { writtenExperiments } from './fixtures.ts';
import { parseExperiment } from './index.ts';

const scene = { kind: 'scene', preset: 'crossing' };

const CARD = {
  ...{ name: 'mine', label: 'Mine', description: 'Cars and people.', licence: 'my own' },
  input: { width: 320, height: 192, layout: 'NHWC', channels: 'RGB', mean: [0, 0, 0], std: [255, 255, 255] },
  head: { kind: 'grid', stride: 8 },
  labels: ['car', 'person'],
  threshold: 0.5,
};

/** The sentence that an experiment is refused with. */
function refusal(json: unknown): string {
  try {
    parseExperiment(json);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was accepted.');
}

describe('parseExperiment', () => {
  test('fills in every default', () => {
    expect(parseExperiment({ source: scene })).toEqual({
      source: scene,
      detector: 'default',
      policy: { name: 'oneadapt', ...DEFAULT_ONEADAPT },
      knobs: ['resolution', 'quantizer', 'frameRate'],
      budget: { bandwidthKbps: null, gpuMsPerSecond: null },
      seconds: 20,
      backend: 'webgpu',
      seed: 1,
      codec: 'vp9',
      tileGrid: '8x5',
      tilePins: { full: [], low: [] },
      link: { rateKbps: null, delayMs: 0, deadlineMs: null },
      clock: 'virtual',
      gpuCost: null,
      edits: [],
    });
  });

  test('takes tiles and pins, and refuses what no grid has', () => {
    const tiles = { tileGrid: '4x4', tilePins: { full: [0], low: [15] } };
    expect(parseExperiment({ source: scene, ...tiles })).toMatchObject(tiles);
    expect(parseExperiment({ source: scene, tilePins: { low: [3] } }).tilePins).toEqual({
      full: [],
      low: [3],
    });
    expect(() => parseExperiment({ source: scene, tileGrid: '5x5' })).toThrow(/"4x4", "8x5"/);
    expect(() => parseExperiment({ source: scene, tilePins: { full: [144] } })).toThrow(/tilePins/);
  });

  test('takes a policy by name or as an object, and runs a clip to its end', () => {
    const source = { kind: 'clip', file: 'street.mp4' };
    expect(parseExperiment({ source, policy: 'static' })).toMatchObject({
      policy: { name: 'static', configuration: {} },
      seconds: null,
    });
    const policy = { name: 'static', configuration: { quantizer: 96 } };
    expect(parseExperiment({ source, policy }).policy).toEqual(policy);
    expect(parseExperiment({ source, policy: { name: 'oneadapt', rule: 'adam' } }).policy).toEqual({
      name: 'oneadapt',
      ...DEFAULT_ONEADAPT,
      rule: 'adam',
    });
  });

  test.each(POLICY_NAMES)('takes %s by its name alone, with every default filled in', (name) => {
    expect(parseExperiment({ source: scene, policy: name }).policy).toEqual(defaultPolicy(name));
  });

  test('takes a model of one’s own with the card by which it is read', () => {
    const detector = { model: 'https://example.org/model.json', card: CARD };
    expect(parseExperiment({ source: scene, detector }).detector).toEqual(detector);
    expect(parseExperiment({ source: scene, detector: { model: 'm.json' } }).detector).toEqual({
      model: 'm.json',
    });
  });

  test('takes every knob, and values for some of them by hand', () => {
    const edits = [{ interval: 3, moment: 'before', configuration: { codec: 'av1' } }];
    const configuration = { keyFrameInterval: 5, codec: 'av1', colour: 'grey' };
    const policy = { name: 'static', configuration };
    const experiment = parseExperiment({ source: scene, knobs: [...KNOB_NAMES], policy, edits });
    expect(experiment).toMatchObject({ knobs: KNOB_NAMES, policy, edits });
    const wrong = { ...policy, configuration: { colour: 'sepia' } };
    expect(refusal({ source: scene, policy: wrong })).toContain(
      'policy.configuration.colour is "sepia", but must be one of "grey", "colour"',
    );
  });

  test('a playlist is as long as its items', () => {
    const clip = { kind: 'clip', file: 'a.mp4' };
    const items = [
      { source: scene, seconds: 7 },
      { source: clip, seconds: 5 },
    ];
    expect(parseExperiment({ source: { kind: 'playlist', items } }).seconds).toBe(12);
    expect(parseExperiment({ source: { kind: 'playlist', items }, seconds: 3 }).seconds).toBe(3);
  });

  test('runs a webcam live', () => {
    expect(parseExperiment({ source: { kind: 'webcam' } }).clock).toBe('live');
    expect(refusal({ source: { kind: 'webcam' }, clock: 'virtual' })).toBe(
      'The experiment: clock is "virtual", but must be "live" when the source is the webcam, which cannot be replayed.',
    );
  });

  test.each([
    [{}, 'The experiment: source is missing; it must be a kind of source: {"kind": "scene"'],
    [[], 'The experiment is [], but must be an object'],
    ['text', 'The experiment is "text", but must be an object'],
    [
      { source: { kind: 'scene', preset: 'moon' } },
      'source.preset is "moon", but must be one of "crossing", "highway"',
    ],
    [
      { source: { kind: 'screen' } },
      'source.kind is "screen", but must be a kind of source: {"kind": "scene"',
    ],
    [
      { source: { ...scene, content: { rain: 2 } } },
      'source.content.rain is 2, but must be a number from 0 to 1',
    ],
    [
      { source: { kind: 'playlist', items: [] } },
      'source.items is [], but must be a list of at least one {"source": {a scene or a clip}, "seconds": 10}',
    ],
    [
      { source: { kind: 'playlist', items: [{ source: scene, seconds: 0.5 }] } },
      'source.items[0].seconds is 0.5, but must be a whole number of seconds from 1',
    ],
    [
      { source: { kind: 'playlist', items: [{ source: { kind: 'webcam' }, seconds: 5 }] } },
      'source.items[0].source.kind is "webcam", but must be a scene or a clip',
    ],
    [{ source: { kind: 'clip' } }, 'source.file is missing; it must be the path of a video file'],
    [
      { source: scene, bugdet: {} },
      'The experiment has a key that nobody reads ("bugdet"); correct or remove it',
    ],
    [{ source: scene, budget: { bandwidth: 1 } }, 'budget has a key that nobody reads ("bandwidth")'],
    [
      { source: scene, budget: { bandwidthKbps: -400 } },
      'budget.bandwidthKbps is -400, but must be a number of kilobits a second above 0, or null',
    ],
    [
      { source: scene, budget: { gpuMsPerSecond: 0 } },
      'budget.gpuMsPerSecond is 0, but must be a number of milliseconds a second above 0',
    ],
    [
      { source: scene, budget: { bandwidthKbps: '400' } },
      'budget.bandwidthKbps is "400", but must be a number',
    ],
    [
      { source: scene, knobs: ['resolution', 'brightness'] },
      'knobs[1] is "brightness", but must be one of "resolution", "quantizer", "frameRate"',
    ],
    [
      { source: scene, knobs: ['quantizer', 'quantizer'] },
      'knobs is ["quantizer","quantizer"], but must be a list of different knobs',
    ],
    [{ source: scene, seconds: 0 }, 'seconds is 0, but must be a whole number of seconds from 1'],
    [{ source: scene, seconds: 2.5 }, 'seconds is 2.5, but must be a whole number of seconds from 1'],
    [
      { source: scene, backend: 'cuda' },
      'backend is "cuda", but must be one of "webgpu", "wasm", "webgl", "cpu"',
    ],
    [{ source: scene, policy: 'greedy' }, 'policy is "greedy", but must be one of "oneadapt", "static"'],
    [
      { source: scene, policy: { name: 'oneadapt', learningRate: 0 } },
      'policy.learningRate is 0, but must be a number from 0.001 to 1',
    ],
    [
      { source: scene, policy: { name: 'chameleon', targetAccuracy: 90 } },
      'policy.targetAccuracy is 90, but must be an F1, or null for the best within the budget, from 0 to 1',
    ],
    [{ source: scene, policy: { name: 'dds', bound: 0.2 } }, 'policy has a key that nobody reads ("bound")'],
    [
      { source: scene, detector: { path: 'x' } },
      'detector is {"path":"x"}, but must be the name of a detector',
    ],
    [
      { source: scene, detector: { model: 'm.json', card: { ...CARD, head: { kind: 'grid', stride: -8 } } } },
      'detector.card.head.stride is -8, but must be as a card.json has it',
    ],
    [
      { source: scene, detector: { model: 'm.json', card: { name: 'mine' } } },
      'detector.card.label is missing; it must be as a card.json has it',
    ],
    [{ source: scene, seed: 1.5 }, 'seed is 1.5, but must be a whole number from 0'],
    [
      { source: scene, gpuCost: { inferenceMs: 3 } },
      'gpuCost.backwardMs is missing; it must be a number of milliseconds',
    ],
  ])('refuses %j in one sentence', (json, part) => {
    const sentence = refusal(json);
    expect(sentence).toContain(part);
    expect(sentence).toMatch(/^The experiment[^\n]*\.$/);
  });

  test('keeps what was written, and its own answer unchanged', () => {
    fc.assert(
      fc.property(writtenExperiments, (written) => {
        const experiment = parseExperiment(written);
        expect(parseExperiment(experiment)).toEqual(experiment);
        expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
        expect(experiment.source).toEqual(written.source);
        if (written.seconds !== undefined) expect(experiment.seconds).toBe(written.seconds);
      }),
    );
  });
});
