/**
 * What an experiment file may hold. Only `source` is required; everything else has
 * a default, and a key that nobody reads is an error, since a mistyped knob would otherwise be ignored silently.
 */
import { z } from 'zod';
import {
  ASCENT_RULES,
  BACKENDS,
  CODECS,
  EDIT_MOMENTS,
  DEFAULT_ACCMPEG,
  DEFAULT_AWSTREAM,
  DEFAULT_CHAMELEON,
  DEFAULT_DDS,
  DEFAULT_ONEADAPT,
  DEFAULT_REDUCTO,
  ESTIMATORS,
  PERFECT_LINK,
  POLICY_NAMES,
  SCENE_PRESETS,
  type DetectorSpec,
} from '../domain/experiment.ts';
import { COLOURS, ENHANCEMENTS } from '../domain/configuration.ts';
import { detectorCard } from '../domain/card.ts';
import { DEFAULT_KNOBS, FILTER_KNOBS, KNOB_NAMES, type KnobName } from '../domain/knob.ts';
import { playlistSeconds } from '../domain/playlist.ts';
import { SERVER_KNOBS } from '../domain/serverKnobs.ts';
import { DEFAULT_TILE_GRID, TILE_GRIDS } from '../domain/tiles.ts';
import { must } from './sentence.ts';

/** Length of a scene's run where the experiment names none, seconds. A clip runs to its end. */
const DEFAULT_SECONDS = 20;

/** Longest run, seconds: one day. */
const MAX_SECONDS = 86_400;

/** Largest seed: seeds are 32-bit. */
const MAX_SEED = 2 ** 32 - 1;

/** Number of the finest grid's last tile. */
const MAX_TILE = 16 * 9 - 1;

const list = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, must(`one of ${list(values)}`));

const numberBetween = (low: number, high: number, what: string) => {
  const error = must(`${what} from ${low} to ${high}`);
  return z.number(error).min(low, error).max(high, error);
};

const wholeBetween = (low: number, high: number, what: string) => {
  const error = must(`${what} from ${low} to ${high}`);
  return z.int(error).min(low, error).max(high, error);
};

/** A number above 0, or null for no bound. */
const bound = (what: string) => {
  const error = must(`${what} above 0, or null for no bound`);
  return z.number(error).positive(error).nullable();
};

/** Moments with the rate from then on. */
const linkTrace = z
  .array(
    z.strictObject({
      seconds: numberBetween(0, MAX_SECONDS, 'a number of seconds'),
      rateKbps: numberBetween(0, 1e7, 'a number of kilobits a second'),
    }),
    must('a number of kilobits a second above 0, null for no bound, or a list of {"seconds", "rateKbps"}'),
  )
  .min(1, must('at least one moment'))
  .refine((trace) => trace.every(({ seconds }, i) => i === 0 || seconds > (trace[i - 1]?.seconds ?? 0)), {
    error: 'must hold moments by rising seconds',
  });

const object = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, must(`an object with ${list(Object.keys(shape))}`));

const share = (what: string) => numberBetween(0, 1, what).optional();

const sceneContent = object({
  density: share('a number'),
  speed: share('a number'),
  distance: share('a number'),
  light: share('a number'),
  rain: share('a number'),
});

const recorded = [
  object({
    kind: z.literal('scene'),
    preset: oneOf(SCENE_PRESETS),
    content: sceneContent.optional(),
  }),
  object({ kind: z.literal('clip'), file: z.string(must('the path of a video file')).min(1) }),
] as const;

const ITEMS = 'a list of at least one {"source": {a scene or a clip}, "seconds": 10}';
const playlistItem = object({
  source: z.discriminatedUnion('kind', recorded, must('a scene or a clip')),
  seconds: wholeBetween(1, MAX_SECONDS, 'a whole number of seconds'),
});

const source = z.discriminatedUnion(
  'kind',
  [
    ...recorded,
    object({ kind: z.literal('playlist'), items: z.array(playlistItem, must(ITEMS)).min(1, must(ITEMS)) }),
    object({ kind: z.literal('webcam') }),
  ],
  must(
    `a kind of source: {"kind": "scene", "preset": …}, {"kind": "clip", "file": …}, {"kind": "playlist", "items": …} or {"kind": "webcam"}`,
  ),
);

/** A scene never ends, and a playlist as it says; a clip runs to its end. */
const defaultSeconds = (of: z.infer<typeof source>): number | null => {
  if (of.kind === 'scene') return DEFAULT_SECONDS;
  return of.kind === 'playlist' ? playlistSeconds(of.items) : null;
};

const DETECTOR =
  'the name of a detector such as "default", or {"model": "path or address of model.json", "card": …}';
const written = z.strictObject({ model: z.string().min(1), card: z.unknown().optional() });
const detector = z
  .union([z.string().min(1), written], must(DETECTOR))
  .transform((value, context): DetectorSpec => {
    if (typeof value === 'string' || value.card === undefined)
      return typeof value === 'string' ? value : { model: value.model };
    const card = detectorCard.safeParse(value.card);
    if (card.success) return { model: value.model, card: card.data };
    for (const { path, message } of card.error.issues) {
      context.addIssue({
        code: 'custom',
        path: ['card', ...path],
        message: `as a card.json has it (${message.replace(/\.$/, '')})`,
      });
    }
    return z.NEVER;
  });

const size = z
  .string(must('a size such as "640x384"'))
  .regex(/^[1-9]\d*x[1-9]\d*$/, must('a size such as "640x384"'));

const percentage = numberBetween(0, 100, 'a percentage of the frame');

/** What a person may write for each knob; the source's ladder decides in the end. */
const KNOB_VALUES = {
  resolution: size,
  quantizer: wholeBetween(0, 255, 'a whole number'),
  frameRate: numberBetween(0.1, 240, 'a number of frames a second'),
  keyFrameInterval: wholeBetween(1, 60, 'a whole number of seconds'),
  codec: oneOf(CODECS),
  colour: oneOf(COLOURS),
  pixelFilter: percentage,
  areaFilter: percentage,
  edgeFilter: percentage,
  inputSize: size,
  member: z.string(must('the name of a detector')).min(1),
  enhancement: oneOf(ENHANCEMENTS),
  tiles: wholeBetween(1, 100, 'a whole number of per cent'),
} satisfies Record<KnobName, z.ZodType>;

const configuration = object(KNOB_VALUES).partial();
const intervals = (what: string) => wholeBetween(1, MAX_SECONDS, `a whole number of intervals${what}`);
const f1 = (what: string) => numberBetween(0, 1, `an F1${what}`);

const POLICY = `one of ${list(POLICY_NAMES)}, or an object with such a "name"`;
const policy = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  z.discriminatedUnion(
    'name',
    [
      object({
        name: z.literal('oneadapt'),
        estimator: oneOf(ESTIMATORS).default(DEFAULT_ONEADAPT.estimator),
        utilitySlope: numberBetween(1, 100, 'a number').default(DEFAULT_ONEADAPT.utilitySlope),
        // The rule of older builds: what named it runs by its successor.
        rule: z.preprocess(
          (value) => (value === 'normalised' ? 'surface' : value),
          oneOf(ASCENT_RULES).default(DEFAULT_ONEADAPT.rule),
        ),
        learningRate: numberBetween(0.001, 1, 'a number').default(DEFAULT_ONEADAPT.learningRate),
        beta: numberBetween(0, 0.999, 'a number').default(DEFAULT_ONEADAPT.beta),
        priceRate: numberBetween(0, 100, 'a number').default(DEFAULT_ONEADAPT.priceRate),
        rounding: oneOf(['expensive', 'dither']).default(DEFAULT_ONEADAPT.rounding),
        backwardShare: numberBetween(
          0.001,
          1,
          'a share of the inferences’ time, or null for a pass every interval,',
        )
          .nullable()
          .default(DEFAULT_ONEADAPT.backwardShare),
        lag: oneOf(['next', 'zero']).default(DEFAULT_ONEADAPT.lag),
        calibrated: z.boolean(must('true or false')).default(DEFAULT_ONEADAPT.calibrated),
        bandwidthPrice: numberBetween(0, 1000, 'an F1 for each megabit a second, or null,')
          .nullable()
          .default(DEFAULT_ONEADAPT.bandwidthPrice),
        gpuPrice: numberBetween(0, 1000, 'an F1 for each second of detector time a second, or null,')
          .nullable()
          .default(DEFAULT_ONEADAPT.gpuPrice),
      }),
      object({ name: z.literal('static'), configuration: configuration.default({}) }),
      object({
        name: z.literal('chameleon'),
        windowIntervals: intervals('').default(DEFAULT_CHAMELEON.windowIntervals),
        keptConfigurations: wholeBetween(1, 100, 'a whole number').default(
          DEFAULT_CHAMELEON.keptConfigurations,
        ),
        targetAccuracy: f1(', or null for the best within the budget,')
          .nullable()
          .default(DEFAULT_CHAMELEON.targetAccuracy),
      }),
      object({
        name: z.literal('awstream'),
        refreshIntervals: intervals(', or null for one profile only,')
          .nullable()
          .default(DEFAULT_AWSTREAM.refreshIntervals),
      }),
      object({
        name: z.literal('reducto'),
        feature: oneOf(FILTER_KNOBS).default(DEFAULT_REDUCTO.feature),
        profiledIntervals: intervals('').default(DEFAULT_REDUCTO.profiledIntervals),
        targetAccuracy: f1('').default(DEFAULT_REDUCTO.targetAccuracy),
        configuration: configuration.default({}),
      }),
      object({ name: z.literal('eaar'), configuration: configuration.default({}) }),
      object({
        name: z.literal('accmpeg'),
        bound: numberBetween(0, 1, 'an importance').default(DEFAULT_ACCMPEG.bound),
        configuration: configuration.default({}),
      }),
      object({
        name: z.literal('dds'),
        again: configuration.default(DEFAULT_DDS.again),
        configuration: configuration.default({}),
      }),
    ],
    must(POLICY),
  ),
);

const KNOBS = `a list of different knobs out of ${list(KNOB_NAMES)}`;
/** The knobs that are tuned. */
export const knobsSchema = z
  .array(z.enum(KNOB_NAMES, must(`one of ${list(KNOB_NAMES)}`)), must(KNOBS))
  .refine((names) => new Set(names).size === names.length, must(KNOBS));

const pass = {
  inferenceMs: numberBetween(0, 1e6, 'a number of milliseconds'),
  backwardMs: numberBetween(0, 1e6, 'a number of milliseconds'),
};
const rungs = z.partialRecord(
  z.enum(SERVER_KNOBS),
  z.record(z.string().min(1), object(pass), must('costs by the values of the knob')),
  must(`an object with some of ${list(SERVER_KNOBS)}`),
);
const gpuCost = object({ ...pass, rungs: rungs.optional() });

const budget = object({
  bandwidthKbps: bound('a number of kilobits a second').default(null),
  gpuMsPerSecond: bound('a number of milliseconds a second').default(null),
});

const tileList = z.array(
  wholeBetween(0, MAX_TILE, 'the number of a tile, counted from 0 row by row,'),
  must('a list of tiles, counted from 0 row by row'),
);
const tilePins = object({ full: tileList.default([]), low: tileList.default([]) });

const change = {
  moment: oneOf(EDIT_MOMENTS),
  budget: budget.optional(),
  policy: policy.optional(),
  knobs: knobsSchema.optional(),
  configuration: configuration.optional(),
  content: sceneContent.optional(),
  tilePins: tilePins.optional(),
};

/** What was changed by hand. */
export const editSchema = object(change);

const edits = z.array(
  object({ interval: wholeBetween(0, MAX_SECONDS, 'the index of an interval, a whole number'), ...change }),
  must('a list of changes, each {"interval": …, "moment": …, "budget": …}'),
);

const SECONDS = `a whole number of seconds from 1 to ${MAX_SECONDS}, or null to run until stopped or the clip ends`;

/** What each key of an experiment may hold. */
export const experimentKeys = {
  source,
  detector: detector.default('default'),
  policy: policy.default({ name: 'oneadapt', ...DEFAULT_ONEADAPT }),
  knobs: knobsSchema.default([...DEFAULT_KNOBS]),
  budget: budget.default({ bandwidthKbps: null, gpuMsPerSecond: null }),
  seconds: z.int(must(SECONDS)).min(1, must(SECONDS)).max(MAX_SECONDS, must(SECONDS)).nullable().optional(),
  backend: oneOf(BACKENDS).default('webgpu'),
  seed: wholeBetween(0, MAX_SEED, 'a whole number').default(1),
  codec: oneOf(CODECS).default('vp9'),
  tileGrid: oneOf(TILE_GRIDS).default(DEFAULT_TILE_GRID),
  tilePins: tilePins.default({ full: [], low: [] }),
  link: object({
    rateKbps: z.union([bound('a number of kilobits a second'), linkTrace]).default(null),
    delayMs: numberBetween(0, 60_000, 'a number of milliseconds').default(0),
    deadlineMs: numberBetween(0, 60_000, 'a number of milliseconds').nullable().default(null),
  }).default(PERFECT_LINK),
  clock: oneOf(['live', 'virtual']).optional(),
  gpuCost: gpuCost.nullable().default(null),
  edits: edits.default([]),
};

/** An experiment as written by a person; what comes out has every default filled in. */
export const experimentSchema = z
  .strictObject(experimentKeys, must(`an object with at least "source"`))
  .transform((e) => ({
    ...e,
    seconds: e.seconds === undefined ? defaultSeconds(e.source) : e.seconds,
    clock: e.clock ?? (e.source.kind === 'webcam' ? ('live' as const) : ('virtual' as const)),
  }))
  .refine((e) => e.source.kind !== 'webcam' || e.clock === 'live', {
    path: ['clock'],
    ...must('"live" when the source is the webcam, which cannot be replayed'),
  });

/** Parts of an experiment that stand alone in a comparison. */
export { budget as budgetSchema, policy as policySchema };
