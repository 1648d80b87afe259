/** What of the shown run was measured, and which of it the trust view shows. */
import { useDeferredValue, useMemo } from 'react';
import type { IntervalRecord } from '../../domain/interval.ts';
import type { KnobName } from '../../domain/knob.ts';
import {
  estimatorsOf,
  measuredKnobs,
  samplesOf,
  steeringEstimate,
  type FidelitySample,
} from '../../reports/fidelity/fidelity.ts';
import { useLab } from '../store/labStore.ts';

export interface Measured {
  readonly records: readonly IntervalRecord[];
  /** Those with their truth. */
  readonly measured: readonly IntervalRecord[];
  readonly samples: readonly FidelitySample[];
  readonly knobs: readonly KnobName[];
  readonly estimators: readonly string[];
  /** The chosen estimator, or the one that steers; null where nothing was measured. */
  readonly estimator: string | null;
}

export function useMeasured(): Measured {
  // Drawing it may wait until the rest of the page has answered.
  const records = useDeferredValue(useLab((state) => state.records));
  const experiment = useLab((state) => state.info?.experiment);
  const chosen = useLab((state) => state.view.trust.estimator);
  const found = useMemo(() => {
    const samples = samplesOf(records);
    return {
      records,
      measured: records.filter(({ fidelity }) => fidelity !== undefined),
      samples,
      knobs: measuredKnobs(samples),
      estimators: estimatorsOf(samples),
    };
  }, [records]);
  const { estimators } = found;
  const steering = experiment ? steeringEstimate(experiment, estimators) : null;
  return { ...found, estimator: chosen !== null && estimators.includes(chosen) ? chosen : steering };
}
