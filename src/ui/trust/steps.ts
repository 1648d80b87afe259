/** The measured steps as the trust view draws them. */
import { indicesOf, type Knobs } from '../../domain/configuration.ts';
import type { TrueStep } from '../../domain/fidelity.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import { KNOB_NAMES, type KnobName } from '../../domain/knob.ts';
import { estimatorFidelity, type EstimatorFidelity } from '../../reports/fidelity/fidelity.ts';
import { knobValue } from '../format.ts';
import type { TrustSettings } from '../store/labStore.ts';

export type Against = TrustSettings['against'];

/** Fewer steps than these say nothing about an estimator. */
export const FEW_STEPS = 8;

/** Towards the expensive side of the step. */
export const gainOf = (step: TrueStep, against: Against): number =>
  against === 'accuracy' ? step.accuracyGain : step.utilityGain;

/**
 * One factor that brings an estimator to the size of the truth, so that both fit one axis: the slope through 0 that
 * fits |truth| to |estimate| by least squares. Never below 0, so that a wrong sign stays wrong.
 */
export function scaleOf(steps: readonly TrueStep[], estimator: string, against: Against): number {
  let [products, squares] = [0, 0];
  for (const step of steps) {
    const estimate = step.estimates[estimator] ?? 0;
    products += Math.abs(estimate * gainOf(step, against));
    squares += estimate * estimate;
  }
  return squares === 0 ? 0 : products / squares;
}

export interface Mark {
  readonly estimator: string;
  /** Of the change, on the truth's scale. */
  readonly scaled: number;
}

/** What happens when a knob is moved one step. */
export interface StepRow {
  readonly knob: KnobName;
  readonly offset: 1 | -1;
  /** The value it is moved to. */
  readonly to: string;
  /** True change of F1 or of the utility per candidate. */
  readonly change: number;
  readonly marks: readonly Mark[];
}

/** @param steps of the whole run, to which the estimates' scales are fitted */
export function stepRows(
  record: IntervalRecord,
  knobs: Knobs,
  steps: readonly TrueStep[],
  against: Against,
): StepRow[] {
  const scales = new Map<string, number>();
  const scale = (estimator: string): number => {
    const known = scales.get(estimator) ?? scaleOf(steps, estimator, against);
    scales.set(estimator, known);
    return known;
  };
  const own = record.fidelity?.steps ?? [];
  return KNOB_NAMES.flatMap((knob) =>
    own
      .filter((step) => step.knob === knob)
      .map((step) => ({
        knob,
        offset: step.offset,
        to: neighbourOf(record, knobs, step),
        change: step.offset * gainOf(step, against),
        marks: Object.entries(step.estimates).map(([estimator, gain]) => ({
          estimator,
          scaled: step.offset * gain * scale(estimator),
        })),
      })),
  );
}

/** The value to which the step moves the knob, as a person reads it. */
export function neighbourOf({ configuration }: IntervalRecord, knobs: Knobs, step: TrueStep): string {
  const { values, unit } = knobs[step.knob];
  const value = values[indicesOf(knobs, configuration)[step.knob] + step.offset];
  return value === undefined ? '' : knobValue(value, unit);
}

/** How an estimator did; against the utility the figures of the accuracy are the utility's. */
export const agreement = (
  steps: readonly TrueStep[],
  estimator: string,
  against: Against,
): EstimatorFidelity =>
  estimatorFidelity(
    against === 'accuracy' ? steps : steps.map((step) => ({ ...step, accuracyGain: step.utilityGain })),
    estimator,
  );

/** "towardSource@8" → "Toward source @8". */
export function estimateLabel(name: string): string {
  const words = name.replace('@', ' @').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
