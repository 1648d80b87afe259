/**
 * The shape of report.json, version 1. Keys that this version does not know are dropped, so that a report written by
 * a later build of the same version still opens. Knobs that came after the first three may be missing; older.ts
 * puts them where they stood.
 */
import { z } from 'zod';
import { COLOURS, ENHANCEMENTS } from '../domain/configuration.ts';
import { CODECS } from '../domain/experiment.ts';
import { SCHEMA_VERSION } from '../domain/interval.ts';
import { KNOB_NAMES, type KnobName } from '../domain/knob.ts';
import { editSchema, experimentSchema } from './experimentSchema.ts';
import { must } from './sentence.ts';

export const number = z.number(must('a number'));
export const count = z.int(must('a whole number from 0')).min(0, must('a whole number from 0'));
export const text = z.string(must('a text'));
const numberOrNull = number.nullable();

export const object = <T extends z.ZodRawShape>(shape: T) =>
  z.object(shape, must(`an object with ${Object.keys(shape).join(', ')}`));

/** A value for some of the knobs. */
export const perKnob = <T extends z.ZodType>(value: T) =>
  z.partialRecord(z.enum(KNOB_NAMES), value, must(`an object with some of ${KNOB_NAMES.join(', ')}`));

const gradient = object({
  accGrad: number,
  estimates: object({ towardSource: number, signed: number, distortion: number }),
  bandwidthGrad: number,
  gpuGrad: number,
  flat: z.boolean(must('true or false')),
});

/** Knobs that came after the first three are optional: older reports have no such values and ladders. */
const knobValues = {
  resolution: text,
  quantizer: number,
  frameRate: number,
  keyFrameInterval: number.optional(),
  codec: z.enum(CODECS).optional(),
  colour: z.enum(COLOURS).optional(),
  pixelFilter: number.optional(),
  areaFilter: number.optional(),
  edgeFilter: number.optional(),
  inputSize: text.optional(),
  member: text.optional(),
  enhancement: z.enum(ENHANCEMENTS).optional(),
  tiles: number.optional(),
} satisfies Record<KnobName, z.ZodType>;

export const configurationSchema = object(knobValues);

const ladder = z.array(z.union([z.string(), z.number()]), must('a list of knob values'));
const knobLadders = {
  resolution: ladder,
  quantizer: ladder,
  frameRate: ladder,
  keyFrameInterval: ladder.optional(),
  codec: ladder.optional(),
  colour: ladder.optional(),
  pixelFilter: ladder.optional(),
  areaFilter: ladder.optional(),
  edgeFilter: ladder.optional(),
  inputSize: ladder.optional(),
  member: ladder.optional(),
  enhancement: ladder.optional(),
  tiles: ladder.optional(),
} satisfies Record<KnobName, z.ZodType>;
export const laddersSchema = object(knobLadders);

const probeCost = object({ encodes: count, bytes: count, inferences: count });

const fidelity = object({
  accuracy: number,
  steps: z.array(
    object({
      knob: z.enum(KNOB_NAMES, must(`one of ${KNOB_NAMES.join(', ')}`)),
      offset: z.union([z.literal(1), z.literal(-1)], must('1 or -1')),
      accuracy: number,
      accuracyGain: number,
      utilityGain: number,
      estimates: z.record(z.string(), number),
      probeCost: probeCost.optional(),
    }),
    must('a list of steps'),
  ),
  level: z.record(z.string(), number),
  probedFrames: count,
  referenceCost: probeCost.optional(),
});

const interval = object({
  index: count,
  startSeconds: number,
  configuration: configurationSchema,
  positions: perKnob(number),
  bytes: number,
  extraBytes: number.optional(),
  bandwidthKbps: number,
  plannedKbps: number,
  referenceBytes: number,
  accuracy: number,
  accuracyTruth: numberOrNull,
  keptTilesPercent: number.optional(),
  frames: count,
  sentFrames: count,
  measuredFrames: count,
  droppedFrames: count,
  inferences: count,
  extraInferences: count.optional(),
  backwardPasses: count,
  encodes: count,
  feedbackBytes: count,
  gpuMs: number,
  gpuAccountedMs: number,
  utility: number,
  delayMs: numberOrNull,
  gradients: perKnob(gradient),
  prices: object({ bandwidth: number, gpu: number }),
  edits: z.array(editSchema, must('a list of changes')),
  fidelity: fidelity.optional(),
  budget: object({ bandwidthKbps: numberOrNull, gpuMsPerSecond: numberOrNull }),
});

export const intervalsSchema = z.array(interval, must('a list of intervals'));

const summary = object({
  accuracy: number,
  accuracyTruth: numberOrNull,
  bandwidthKbps: number,
  referenceBandwidthKbps: number,
  gpuMsPerSecond: number,
  gpuAccountedMsPerSecond: number,
  overBudgetIntervals: count,
  intervals: count,
  inferences: count,
  backwardPasses: count,
  encodes: count,
  feedbackKbps: number,
  droppedFrames: count,
});

export const environmentSchema = object({
  backend: text,
  adapter: text,
  browser: text,
  threads: number,
  versions: z.record(z.string(), text),
  detector: object({ name: text, inputWidth: number, inputHeight: number }),
  fallback: text.nullable(),
});

export const reportSchema = object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  experiment: experimentSchema,
  environment: environmentSchema,
  ladders: laddersSchema,
  intervals: intervalsSchema,
  summary,
});
