/** The options of OneAdapt; every change holds from the next interval on. */
import { ESTIMATORS, PUBLISHED_ONEADAPT, type OneAdaptOptions } from '../../domain/experiment.ts';
import { Choice } from '../controls/Choice.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Term } from '../help/Term.tsx';
import { RANGES } from '../store/defaults.ts';
import { setOneAdapt } from '../store/draft.ts';
import { ESTIMATOR_LABELS } from './estimatorLabels.ts';

const RULES = [
  { value: 'surface', label: 'Surface' },
  { value: 'adam', label: 'Adam (published)' },
] as const;

const ROUNDINGS = [
  { value: 'dither', label: 'Both in turn' },
  { value: 'expensive', label: 'Expensive (published)' },
] as const;

const LAGS = [
  { value: 'next', label: 'Next interval (published)' },
  { value: 'zero', label: 'Zero: encode, choose, send' },
] as const;

const CALIBRATIONS = [
  { value: 'true', label: 'In F1, measured factors' },
  { value: 'false', label: 'None (published)' },
] as const;

const BANDWIDTH_PRICES = [0.02, 0.05, 0.1, 0.2, 0.5, 1];
const GPU_PRICES = [0.1, 0.2, 0.5, 1, 2, 5];

/** The usual values, and the one that an address or a file has asked for. */
const withAsked = (usual: readonly number[], asked: number | null): number[] => [
  ...new Set(asked === null ? usual : [...usual, asked]),
];
const numberOrNull = (value: string): number | null => (value === 'null' ? null : Number(value));

const priceChoices = (
  usual: readonly number[],
  unit: string,
  price: number | null,
): { value: string; label: string }[] => [
  { value: 'null', label: 'None' },
  ...withAsked(usual, price)
    .sort((a, b) => a - b)
    .map((value) => ({ value: String(value), label: `${value} F1 a ${unit}` })),
];

const BACKWARD_SHARES = [0.02, 0.05, 0.1, 0.2];

const backwardChoices = (share: number | null): { value: string; label: string }[] => [
  { value: 'null', label: 'Every interval (published)' },
  ...withAsked(BACKWARD_SHARES, share)
    .sort((a, b) => b - a)
    .map((value) => ({
      value: String(value),
      label: `${Number((100 * value).toFixed(1))} % of detector time`,
    })),
];

export function OneAdaptForm({ policy }: { readonly policy: OneAdaptOptions }) {
  return (
    <div className="option-grid">
      <Term name="estimator" />
      <Choice
        label="Estimator"
        testId="estimator"
        value={policy.estimator}
        options={ESTIMATORS.map((value) => ({ value, label: ESTIMATOR_LABELS[value] }))}
        onChange={(value) => {
          const estimator = ESTIMATORS.find((e) => e === value);
          if (estimator) setOneAdapt({ estimator });
        }}
      />
      <Term name="utilitySlope" />
      <NumberField
        label="Slope of the utility"
        value={policy.utilitySlope}
        range={RANGES.utilitySlope}
        onChange={(utilitySlope) => setOneAdapt({ utilitySlope })}
      />
      <Term name="rule" />
      <Choice
        label="Step rule"
        value={policy.rule}
        options={RULES}
        onChange={(value) => setOneAdapt({ rule: value === 'adam' ? 'adam' : 'surface' })}
      />
      <Term name="rounding" />
      <Choice
        label="Rounding"
        value={policy.rounding}
        options={ROUNDINGS}
        onChange={(value) => setOneAdapt({ rounding: value === 'expensive' ? 'expensive' : 'dither' })}
      />
      <Term name="learningRate" />
      <NumberField
        label="Learning rate"
        value={policy.learningRate}
        range={RANGES.learningRate}
        unit="ladder"
        onChange={(learningRate) => setOneAdapt({ learningRate })}
      />
      <Term name="beta" />
      <NumberField
        label="Beta, momentum"
        value={policy.beta}
        range={RANGES.beta}
        onChange={(beta) => setOneAdapt({ beta })}
      />
      <Term name="priceRate" />
      <NumberField
        label="Price rate"
        value={policy.priceRate}
        range={RANGES.priceRate}
        onChange={(priceRate) => setOneAdapt({ priceRate })}
      />
      <Term name="backwardShare" />
      <Choice
        label="Backward passes"
        value={String(policy.backwardShare)}
        options={backwardChoices(policy.backwardShare)}
        onChange={(value) => setOneAdapt({ backwardShare: numberOrNull(value) })}
      />
      <Term name="lag" />
      <Choice
        label="Lag"
        value={policy.lag}
        options={LAGS}
        onChange={(value) => setOneAdapt({ lag: value === 'zero' ? 'zero' : 'next' })}
      />
      <Term name="calibrated" />
      <Choice
        label="Calibration"
        value={String(policy.calibrated)}
        options={CALIBRATIONS}
        onChange={(value) => setOneAdapt({ calibrated: value === 'true' })}
      />
      <Term name="bandwidthPrice" />
      <Choice
        label="Price of bandwidth without a budget"
        value={String(policy.bandwidthPrice)}
        options={priceChoices(BANDWIDTH_PRICES, 'Mbit/s', policy.bandwidthPrice)}
        onChange={(value) => setOneAdapt({ bandwidthPrice: numberOrNull(value) })}
      />
      <Term name="gpuPrice" />
      <Choice
        label="Price of detector time without a budget"
        value={String(policy.gpuPrice)}
        options={priceChoices(GPU_PRICES, 'second', policy.gpuPrice)}
        onChange={(value) => setOneAdapt({ gpuPrice: numberOrNull(value) })}
      />
      <span>The authors’ values</span>
      <button type="button" className="button" onClick={() => setOneAdapt(PUBLISHED_ONEADAPT)}>
        Set the published form
      </button>
    </div>
  );
}
