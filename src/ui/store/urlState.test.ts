import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BACKENDS,
  CODECS,
  defaultPolicy,
  ESTIMATORS,
  RIVAL_NAMES,
  SCENE_PRESETS,
  type Experiment,
} from '../../domain/experiment.ts';
import { COLOURS, ENHANCEMENTS, type Configuration } from '../../domain/configuration.ts';
import { FILTER_KNOBS, KNOB_NAMES } from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import { TILE_GRIDS } from '../../domain/tiles.ts';
import { parseExperiment } from '../../reports/index.ts';
import { DEFAULT_EXPERIMENT, RANGES, type Range } from './defaults.ts';
import { UrlReader } from './urlReader.ts';
import { readUrl, writeUrl } from './urlState.ts';

function readText(text: string) {
  const read = new UrlReader(new URLSearchParams(text));
  return { ...readUrl(read), notices: read.notices, unread: read.unread() };
}

const within = ({ min, max }: Range) => fc.double({ min, max, noNaN: true }).map((x) => x + 0);
const known = ladders({ width: 640, height: 384 }, 255);
const share = within(RANGES.share);
const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const content = fc.record(
  { density: share, speed: share, distance: share, light: share, rain: share },
  { requiredKeys: [] },
);

const pass = { inferenceMs: within(RANGES.passMs), backwardMs: within(RANGES.passMs) };
const costs = fc.dictionary(fc.constantFrom('320x192', 'street-nano'), fc.record(pass), { minKeys: 1 });

const source: fc.Arbitrary<Experiment['source']> = fc.oneof(
  fc.record({ kind: fc.constant('scene' as const), preset: fc.constantFrom(...SCENE_PRESETS) }),
  fc.record({
    kind: fc.constant('scene' as const),
    preset: fc.constantFrom(...SCENE_PRESETS),
    content: content.filter((c) => Object.keys(c).length > 0),
  }),
  fc.record({ kind: fc.constant('clip' as const), file: text }),
  fc.constant({ kind: 'webcam' as const }),
);

const configuration: fc.Arbitrary<Partial<Configuration>> = fc.record(
  {
    resolution: fc
      .tuple(fc.integer({ min: 2, max: 4000 }), fc.integer({ min: 2, max: 4000 }))
      .map((s) => s.join('x')),
    quantizer: fc.constantFrom(...known.quantizer.values.map(Number)),
    frameRate: fc.constantFrom(...known.frameRate.values.map(Number)),
    keyFrameInterval: fc.constantFrom(...known.keyFrameInterval.values.map(Number)),
    codec: fc.constantFrom(...CODECS),
    colour: fc.constantFrom(...COLOURS),
    pixelFilter: fc.constantFrom(...known.pixelFilter.values.map(Number)),
    areaFilter: fc.constantFrom(...known.areaFilter.values.map(Number)),
    edgeFilter: fc.constantFrom(...known.edgeFilter.values.map(Number)),
    inputSize: fc.constantFrom(...known.inputSize.values.map(String)),
    member: fc.constantFrom(...known.member.values.map(String)),
    enhancement: fc.constantFrom(...ENHANCEMENTS),
    tiles: fc.constantFrom(...known.tiles.values.map(Number)),
  },
  { requiredKeys: [] },
);

const policy: fc.Arbitrary<Experiment['policy']> = fc.oneof(
  fc.record({
    name: fc.constant('oneadapt' as const),
    estimator: fc.constantFrom(...ESTIMATORS),
    utilitySlope: within(RANGES.utilitySlope),
    rule: fc.constantFrom('surface' as const, 'adam' as const),
    learningRate: within(RANGES.learningRate),
    beta: within(RANGES.beta),
    priceRate: within(RANGES.priceRate),
    rounding: fc.constantFrom('expensive' as const, 'dither' as const),
    backwardShare: fc.option(within(RANGES.backwardShare)),
    lag: fc.constantFrom('next' as const, 'zero' as const),
    calibrated: fc.boolean(),
    bandwidthPrice: fc.option(within(RANGES.price)),
    gpuPrice: fc.option(within(RANGES.price)),
  }),
  fc.record({
    name: fc.constantFrom('static' as const, 'eaar' as const),
    configuration,
  }),
  fc.record({
    name: fc.constant('chameleon' as const),
    windowIntervals: fc.integer(RANGES.intervals),
    keptConfigurations: fc.integer(RANGES.keptConfigurations),
    targetAccuracy: fc.option(share),
  }),
  fc.record({
    name: fc.constant('awstream' as const),
    refreshIntervals: fc.option(fc.integer(RANGES.intervals)),
  }),
  fc.record({
    name: fc.constant('reducto' as const),
    feature: fc.constantFrom(...FILTER_KNOBS),
    profiledIntervals: fc.integer(RANGES.intervals),
    targetAccuracy: share,
    configuration,
  }),
  fc.record({ name: fc.constant('accmpeg' as const), bound: share, configuration }),
  fc.record({ name: fc.constant('dds' as const), again: configuration, configuration }),
);

const experiment: fc.Arbitrary<Experiment> = fc.record({
  source,
  detector: fc.oneof(
    text,
    text.map((model) => ({ model })),
  ),
  policy,
  edits: fc.constant([]),
  knobs: fc.subarray([...KNOB_NAMES]),
  budget: fc.record({
    bandwidthKbps: fc.option(within(RANGES.bandwidthKbps)),
    gpuMsPerSecond: fc.option(within(RANGES.gpuMsPerSecond)),
  }),
  seconds: fc.option(fc.integer(RANGES.seconds)),
  backend: fc.constantFrom(...BACKENDS),
  seed: fc.integer(RANGES.seed),
  codec: fc.constantFrom(...CODECS),
  tileGrid: fc.constantFrom(...TILE_GRIDS),
  tilePins: fc.record({ full: fc.uniqueArray(fc.nat(15)), low: fc.constant([]) }),
  link: fc.record({
    rateKbps: fc.option(within(RANGES.linkRateKbps)),
    delayMs: within(RANGES.linkDelayMs),
    deadlineMs: fc.option(within(RANGES.linkDeadlineMs)),
  }),
  clock: fc.constantFrom('live' as const, 'virtual' as const),
  gpuCost: fc.option(
    fc.record(
      { ...pass, rungs: fc.record({ inputSize: costs, member: costs }) },
      { requiredKeys: ['inferenceMs', 'backwardMs'] },
    ),
  ),
});

describe('the address', () => {
  it('gives back every experiment that was written into it, without a notice', () => {
    fc.assert(
      fc.property(experiment, (e) => {
        const back = readText(writeUrl(e));
        expect(back.notices).toEqual([]);
        expect(back.unread.filter((key) => key !== 'card')).toEqual([]);
        expect(back.experiment).toEqual(e);
      }),
    );
  });

  it('never throws, whatever is in it, and what it gives can be written again', () => {
    const keys = [
      'source',
      'scene',
      'kbps',
      'gpu',
      'seed',
      'policy',
      'knobs',
      'resolution',
      'rain',
      'model',
      'tileGrid',
      'pinFull',
      'x',
    ];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), fc.string())), (pairs) => {
        const read = readText(new URLSearchParams(pairs).toString());
        expect(readText(writeUrl(read.experiment)).experiment).toEqual(read.experiment);
      }),
    );
  });

  it('is the default when it is empty', () => {
    expect(readText('')).toEqual({
      experiment: DEFAULT_EXPERIMENT,
      notices: [],
      unread: [],
      backendAsked: false,
    });
  });

  it('gives only experiments that a report may hold', () => {
    const eighths = fc.integer({ min: -100, max: 300_000 }).map((n) => n / 8);
    const parts = fc.record(
      { seconds: eighths, seed: eighths, policy: fc.constant('static') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parts, (query) => {
        const text = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString();
        const { experiment: e } = readText(text);
        expect(parseExperiment(e)).toEqual(e);
      }),
    );
  });

  it('names the keys that nothing asked for', () => {
    expect(readText('kbsp=300&policy=static&quantizer=96&learningRate=0.2').unread).toEqual([
      'kbsp',
      'learningRate',
    ]);
  });

  it('clamps a budget and says so', () => {
    const { experiment: e, notices } = readText('kbps=999999');
    expect(e.budget.bandwidthKbps).toBe(10_000);
    expect(notices).toEqual(["The address's kbps 999999 is outside 20 … 10000; 10000 is used."]);
  });

  it('moves a value that is not on its ladder to the nearest', () => {
    const { experiment: e, notices } = readText('policy=static&quantizer=100&frameRate=10');
    expect(e.policy).toEqual({ name: 'static', configuration: { quantizer: 96, frameRate: 10 } });
    expect(notices).toEqual([
      "The address's quantizer 100 is not on the ladder; the nearest value, 96, is used.",
    ]);
  });

  it.each(RIVAL_NAMES)('takes %s by its name alone, as its authors have it', (name) => {
    const { experiment: e, notices } = readText(`policy=${name}`);
    expect(notices).toEqual([]);
    expect(e.policy).toEqual(defaultPolicy(name));
    expect(writeUrl(e)).not.toMatch(/windowIntervals|targetAccuracy|feature|bound|again/);
  });

  it('leaves out pins of tiles that the grid does not have, and says so', () => {
    const { experiment: e, notices } = readText('tileGrid=4x4&pinFull=0,16,x,3&pinLow=3,-1,15');
    expect(e.tilePins).toEqual({ full: [0, 3], low: [15] });
    expect(notices).toHaveLength(2);
    expect(notices[0]).toMatch(/grid of 4x4/);
    expect(readText('tileGrid=3x3').experiment.tileGrid).toBe(DEFAULT_EXPERIMENT.tileGrid);
  });

  it('falls back on what it does not know, and names the choices', () => {
    const { experiment: e, notices } = readText('backend=quantum&kbps=lots&resolution=big&policy=static');
    expect(e.backend).toBe('webgpu');
    expect(e.budget.bandwidthKbps).toBe(400);
    expect(notices.join(' ')).toMatch(/quantum.*webgpu, wasm.*big.*not a size|not a size.*quantum/su);
    expect(notices).toHaveLength(3);
  });
});
