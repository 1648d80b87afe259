/** Reads an experiment that a person wrote. */
import type { Experiment } from '../domain/experiment.ts';
import { withoutUndefined } from './exact.ts';
import { experimentSchema } from './experimentSchema.ts';
import { sentenceOf } from './sentence.ts';

/**
 * Checks an experiment and fills in every default.
 * @param json the parsed JSON
 * @throws Error in one sentence naming the path, what stands there and what is allowed
 */
export function parseExperiment(json: unknown): Experiment {
  const result = experimentSchema.safeParse(json);
  if (!result.success) throw new Error(sentenceOf(result.error, 'The experiment', json));
  return withoutUndefined(result.data);
}
