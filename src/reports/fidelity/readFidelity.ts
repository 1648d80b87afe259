/** Reads fidelity.json, as far as the table over several runs needs it. */
import { z } from 'zod';
import { KNOB_NAMES } from '../../domain/knob.ts';
import { experimentSchema } from '../experimentSchema.ts';
import { sentenceOf } from '../sentence.ts';

const correlation = z.number().nullable();
const estimator = z.object({
  pearsonAccuracy: correlation,
  pearsonAccuracyUp: correlation,
  spearmanAccuracy: correlation,
  pearsonUtility: correlation,
  signAgreement: correlation,
  constantSignAgreement: correlation,
  samples: z.int(),
});

const probe = z.object({
  inferences: z.number(),
  encodes: z.number(),
  bytesShare: z.number().optional(),
});

const fidelity = z.object({
  experiment: experimentSchema,
  environment: z.object({
    backend: z.string(),
    browser: z.string(),
    detector: z.object({ name: z.string() }),
  }),
  defaultEstimator: z.string(),
  knobs: z.partialRecord(z.enum(KNOB_NAMES), z.object({ estimators: z.record(z.string(), estimator) })),
  level: z.record(z.string(), z.object({ pearson: correlation, samples: z.int() })),
  cost: z.object({
    backwardPerInference: z.number(),
    encodesPerFrame: z.number(),
    gradientPassInInferences: z.number(),
    backwardShare: z.number(),
    inferenceMs: z.number().default(0),
    backwardMs: z.number().default(0),
    forwardProbe: probe,
    profiledReference: probe.optional(),
    profiledProbe: z
      .object({ inferencesShare: z.number(), encodesPerFrame: z.number(), bytesShare: z.number() })
      .optional(),
  }),
  intervals: z.array(z.object({ index: z.int(), accuracy: z.number() })),
  samples: z.array(
    z.object({
      interval: z.int(),
      knob: z.enum(KNOB_NAMES),
      accuracyGain: z.number(),
      estimates: z.record(z.string(), z.number()),
    }),
  ),
});

export type ReadFidelity = z.infer<typeof fidelity>;

/**
 * @param json parsed fidelity.json
 * @param file as a message names it
 * @throws Error in one sentence: which value is wrong
 */
export function readFidelity(json: unknown, file: string): ReadFidelity {
  const result = fidelity.safeParse(json);
  if (!result.success) throw new Error(sentenceOf(result.error, `The file ${file}`, json));
  return result.data;
}
