/** Test help: experiments and reports by fast-check, within what their types allow. */
import fc from 'fast-check';
import { COLOURS, ENHANCEMENTS } from '../domain/configuration.ts';
import { ASCENT_RULES, type Experiment } from '../domain/experiment.ts';
import {
  BACKENDS,
  CODECS,
  EDIT_MOMENTS,
  ESTIMATORS,
  POLICY_NAMES,
  SCENE_PRESETS,
} from '../domain/experiment.ts';
import type { IntervalFidelity } from '../domain/fidelity.ts';
import type { IntervalRecord, RunReport } from '../domain/interval.ts';
import { everyKnob, FILTER_KNOBS, KNOB_NAMES } from '../domain/knob.ts';
import { TILE_GRIDS } from '../domain/tiles.ts';
import { buildReport } from './report.ts';

/** Finite, and not −0, which JSON cannot say. */
const number = (min = -1e9, max = 1e9): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((x) => x + 0);
const positive = number(0.5, 1e9);
const percentage = number(0, 100);
const count = fc.nat(10_000);
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const some = <T>(value: fc.Arbitrary<T>) =>
  fc.record(
    everyKnob(() => value),
    { requiredKeys: [] },
  );

const content = fc.record(
  {
    density: number(0, 1),
    speed: number(0, 1),
    distance: number(0, 1),
    light: number(0, 1),
    rain: number(0, 1),
  },
  { requiredKeys: [] },
);

const side = fc.integer({ min: 1, max: 4096 });
const triple = fc.tuple(number(), number(), number());

const card = fc.record({
  name: fc.string({ minLength: 1 }),
  label: fc.string(),
  description: fc.string(),
  licence: fc.string(),
  input: fc.record({
    width: side,
    height: side,
    layout: fc.constantFrom('NHWC', 'NCHW'),
    channels: fc.constantFrom('RGB', 'BGR'),
    mean: triple,
    std: fc.tuple(positive, positive, positive),
  }),
  head: fc.oneof(
    fc.record({ kind: fc.constant('grid'), stride: side }),
    fc.record({ kind: fc.constant('centernet'), heat: fc.string(), size: fc.string() }),
  ),
  labels: fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
  threshold: number(0, 1),
});

const pass = { inferenceMs: number(0, 1e6), backwardMs: number(0, 1e6) };
const pins = fc.record({ full: fc.array(fc.nat(143)), low: fc.array(fc.nat(143)) });

const configuration = fc.record(
  {
    resolution: fc.constant('640x384'),
    quantizer: fc.nat(255),
    frameRate: fc.constantFrom(1, 2, 5, 10),
    keyFrameInterval: fc.constantFrom(10, 5, 2, 1),
    codec: fc.constantFrom(...CODECS),
    colour: fc.constantFrom(...COLOURS),
    pixelFilter: percentage,
    areaFilter: percentage,
    edgeFilter: percentage,
    inputSize: fc.constant('320x192'),
    member: fc.constantFrom('street-nano', 'default'),
    enhancement: fc.constantFrom(...ENHANCEMENTS),
    tiles: fc.constantFrom(20, 100),
  },
  { requiredKeys: [] },
);

const recorded = fc.oneof(
  fc.record(
    { kind: fc.constant('scene'), preset: fc.constantFrom(...SCENE_PRESETS), content },
    { requiredKeys: ['kind', 'preset'] },
  ),
  fc.record({ kind: fc.constant('clip'), file: fc.string({ minLength: 1 }) }),
);
const items = fc.array(fc.record({ source: recorded, seconds: fc.integer({ min: 1, max: 99 }) }), {
  minLength: 1,
  maxLength: 3,
});

/** What a person may write; everything but the source may be left out. */
export const writtenExperiments = fc.record(
  {
    source: fc.oneof(recorded, fc.record({ kind: fc.constant('playlist'), items })),
    detector: fc.oneof(
      fc.string({ minLength: 1 }),
      fc.record({ model: fc.string({ minLength: 1 }), card }, { requiredKeys: ['model'] }),
    ),
    policy: fc.oneof(
      fc.constantFrom(...POLICY_NAMES),
      fc.record(
        {
          name: fc.constant('oneadapt'),
          estimator: fc.constantFrom(...ESTIMATORS),
          rule: fc.constantFrom(...ASCENT_RULES),
          learningRate: number(0.001, 1),
          rounding: fc.constantFrom('expensive', 'dither'),
          backwardShare: fc.option(number(0.001, 1)),
          lag: fc.constantFrom('next', 'zero'),
          calibrated: fc.boolean(),
          bandwidthPrice: fc.option(number(0, 1000)),
          gpuPrice: fc.option(number(0, 1000)),
        },
        { requiredKeys: ['name'] },
      ),
      fc.record({
        name: fc.constantFrom('static', 'eaar'),
        configuration,
      }),
      fc.record(
        {
          name: fc.constant('chameleon'),
          windowIntervals: fc.integer({ min: 1, max: 100 }),
          keptConfigurations: fc.integer({ min: 1, max: 100 }),
          targetAccuracy: fc.option(number(0, 1)),
        },
        { requiredKeys: ['name'] },
      ),
      fc.record(
        { name: fc.constant('awstream'), refreshIntervals: fc.option(fc.integer({ min: 1, max: 100 })) },
        { requiredKeys: ['name'] },
      ),
      fc.record(
        {
          name: fc.constant('reducto'),
          feature: fc.constantFrom(...FILTER_KNOBS),
          profiledIntervals: fc.integer({ min: 1, max: 100 }),
          targetAccuracy: number(0, 1),
          configuration,
        },
        { requiredKeys: ['name'] },
      ),
      fc.record(
        { name: fc.constant('accmpeg'), bound: number(0, 1), configuration },
        { requiredKeys: ['name'] },
      ),
      fc.record(
        { name: fc.constant('dds'), again: configuration, configuration },
        { requiredKeys: ['name'] },
      ),
    ),
    knobs: fc.subarray([...KNOB_NAMES]),
    budget: fc.record(
      { bandwidthKbps: orNull(positive), gpuMsPerSecond: orNull(positive) },
      { requiredKeys: [] },
    ),
    seconds: orNull(fc.integer({ min: 1, max: 86_400 })),
    backend: fc.constantFrom(...BACKENDS),
    seed: fc.nat(),
    codec: fc.constantFrom(...CODECS),
    tileGrid: fc.constantFrom(...TILE_GRIDS),
    tilePins: pins,
    link: fc.record(
      {
        rateKbps: fc.oneof(orNull(positive), fc.constant([{ seconds: 0, rateKbps: 500 }])),
        delayMs: number(0, 60_000),
        deadlineMs: orNull(number(0, 60_000)),
      },
      { requiredKeys: [] },
    ),
    clock: fc.constantFrom('live', 'virtual'),
    gpuCost: orNull(
      fc.record(
        {
          ...pass,
          rungs: fc.record(
            {
              inputSize: fc.record({ '320x192': fc.record(pass) }, { requiredKeys: [] }),
              member: fc.dictionary(fc.constantFrom('street-nano', 'street-small'), fc.record(pass)),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: ['inferenceMs', 'backwardMs'] },
      ),
    ),
  },
  { requiredKeys: ['source'] },
);

const gradient = fc.record({
  accGrad: number(),
  estimates: fc.record({ towardSource: number(), signed: number(), distortion: number() }),
  bandwidthGrad: number(),
  gpuGrad: number(),
  flat: fc.boolean(),
});

const edit = fc.record(
  {
    moment: fc.constantFrom(...EDIT_MOMENTS),
    budget: fc.record({ bandwidthKbps: orNull(positive), gpuMsPerSecond: orNull(positive) }),
    knobs: fc.subarray([...KNOB_NAMES]),
    configuration: fc.record({
      resolution: fc.constant('640x384'),
      quantizer: fc.nat(255),
      frameRate: fc.constantFrom(1, 10),
    }),
    content,
  },
  { requiredKeys: ['moment'] },
);

const estimates = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}@[0-9]{1,2}$/), number(), { maxKeys: 3 });
const probeCost = fc.record({ encodes: count, bytes: count, inferences: count });
const step = {
  knob: fc.constantFrom(...KNOB_NAMES),
  offset: fc.constantFrom<1 | -1>(1, -1),
  accuracy: number(0, 1),
  accuracyGain: number(-1, 1),
  utilityGain: number(-1, 1),
  estimates: estimates.map((e) => ({ ...e })),
};
const measuredInterval = {
  accuracy: number(0, 1),
  level: estimates.map((e) => ({ ...e })),
  probedFrames: count,
};
/** Of builds that counted what probes take, and of those before. */
const fidelity: fc.Arbitrary<IntervalFidelity> = fc.oneof(
  fc.record({ ...measuredInterval, steps: fc.array(fc.record(step), { maxLength: 3 }) }),
  fc.record({
    ...measuredInterval,
    steps: fc.array(fc.record({ ...step, probeCost }), { maxLength: 3 }),
    referenceCost: probeCost,
  }),
);

const unmeasured: fc.Arbitrary<IntervalRecord> = fc.record({
  index: count,
  startSeconds: count,
  configuration: fc.record({
    resolution: fc.constantFrom('640x384', '320x192'),
    quantizer: fc.constantFrom(240, 96, 32),
    frameRate: fc.constantFrom(1, 10),
    keyFrameInterval: fc.constantFrom(5, 1),
    codec: fc.constantFrom(...CODECS),
    colour: fc.constantFrom(...COLOURS),
    pixelFilter: percentage,
    areaFilter: percentage,
    edgeFilter: percentage,
    inputSize: fc.constantFrom('96x64', '192x128'),
    member: fc.constantFrom('street-nano', 'default'),
    enhancement: fc.constantFrom(...ENHANCEMENTS),
    tiles: fc.constantFrom(20, 100),
  }),
  positions: some(number(0, 1)),
  bytes: count,
  bandwidthKbps: number(0),
  plannedKbps: number(0),
  referenceBytes: count,
  accuracy: number(0, 1),
  accuracyTruth: orNull(number(0, 1)),
  frames: count,
  sentFrames: count,
  measuredFrames: count,
  droppedFrames: count,
  inferences: count,
  backwardPasses: count,
  encodes: count,
  feedbackBytes: count,
  gpuMs: number(0),
  gpuAccountedMs: number(0),
  utility: number(),
  delayMs: orNull(number(0)),
  gradients: some(gradient),
  prices: fc.record({ bandwidth: number(0), gpu: number(0) }),
  edits: fc.array(edit, { maxLength: 2 }),
  budget: fc.record({ bandwidthKbps: orNull(positive), gpuMsPerSecond: orNull(positive) }),
});

const interval: fc.Arbitrary<IntervalRecord> = fc
  .tuple(unmeasured, fc.option(fidelity))
  .map(([record, found]) => (found === null ? record : { ...record, fidelity: found }));

const knob = { label: '', meaning: '', unit: '', inTurn: 'always' } as const;

/** Reports of runs of any such experiment, by way of `parse`. */
export const reports = (parse: (json: unknown) => Experiment): fc.Arbitrary<RunReport> =>
  fc
    .record({
      experiment: writtenExperiments.map(parse),
      name: fc.string(),
      fallback: orNull(fc.string()),
      versions: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()),
      intervals: fc.array(interval, { maxLength: 12 }),
    })
    .map(({ experiment, name, fallback, versions, intervals }) =>
      buildReport(
        {
          experiment,
          environment: {
            backend: 'wasm',
            adapter: name,
            browser: name,
            threads: 2,
            versions: { ...versions },
            detector: { name, inputWidth: 192, inputHeight: 128 },
            fallback,
          },
          knobs: {
            resolution: { ...knob, name: 'resolution', values: ['320x192', '640x384'] },
            quantizer: { ...knob, name: 'quantizer', values: [240, 96, 32] },
            frameRate: { ...knob, name: 'frameRate', values: [1, 10] },
            keyFrameInterval: { ...knob, name: 'keyFrameInterval', values: [5, 1] },
            codec: { ...knob, name: 'codec', values: CODECS },
            colour: { ...knob, name: 'colour', values: COLOURS },
            pixelFilter: { ...knob, name: 'pixelFilter', values: [8, 0.5, 0] },
            areaFilter: { ...knob, name: 'areaFilter', values: [4, 0] },
            edgeFilter: { ...knob, name: 'edgeFilter', values: [3, 0] },
            inputSize: { ...knob, name: 'inputSize', values: ['96x64', '192x128'] },
            member: { ...knob, name: 'member', values: ['street-nano', 'default'] },
            enhancement: { ...knob, name: 'enhancement', values: ENHANCEMENTS },
            tiles: { ...knob, name: 'tiles', values: [20, 100] },
          },
        },
        intervals,
      ),
    );
