/** The shape of a comparison's report.json, version 1: as a run's, but with a run for each policy and a grid beside them. */
import { z } from 'zod';
import { SCHEMA_VERSION } from '../../domain/interval.ts';
import { budgetSchema, experimentSchema, knobsSchema, policySchema } from '../experimentSchema.ts';
import {
  configurationSchema,
  count,
  environmentSchema,
  intervalsSchema,
  laddersSchema,
  number,
  object,
  perKnob,
  text,
} from '../reportSchema.ts';
import { must } from '../sentence.ts';

const contender = object({
  ...{ name: text, policy: policySchema, budget: budgetSchema },
  knobs: knobsSchema.optional(),
});

const gridPoint = object({
  configuration: count,
  bytes: number,
  frames: count,
  accuracies: z.array(number, must('a list of F1, one a frame')),
});

export const comparisonSchema = object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  environment: environmentSchema,
  ladders: laddersSchema,
  comparison: object({
    experiment: experimentSchema,
    contenders: z.array(contender, must('a list of policies that were compared')),
    grid: perKnob(count).nullable(),
  }),
  runs: z.array(object({ contender, intervals: intervalsSchema }), must('a list of runs')),
  configurations: z.array(configurationSchema, must('a list of configurations')),
  grid: z.array(
    z.array(gridPoint, must('a list with a point for each configuration')),
    must('a list with an entry for each interval'),
  ),
});
