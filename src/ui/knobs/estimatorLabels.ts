/** Estimators as a person reads them. */
import type { Estimator } from '../../domain/experiment.ts';

export const ESTIMATOR_LABELS: Readonly<Record<Estimator, string>> = {
  towardSource: 'Toward source',
  signed: 'Signed',
  distortion: 'Distortion',
};
