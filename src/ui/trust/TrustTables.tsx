/** The same numbers as tables: the steps of one interval, and every estimator over the run. */
import type { IntervalRecord } from '../../domain/interval.ts';
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { CHARGED_ESTIMATORS, estimatorFidelity, estimatorsOf } from '../../reports/fidelity/fidelity.ts';
import { signed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { useLab } from '../store/labStore.ts';
import { correlation, percent } from './Figures.tsx';
import type { Measured } from './measured.ts';
import { estimateLabel, FEW_STEPS, neighbourOf } from './steps.ts';

interface Props {
  readonly found: Measured;
  readonly shown: IntervalRecord;
}

export function TrustTables({ found, shown }: Props) {
  return (
    // A region that scrolls must be reachable by keyboard.
    <div
      className="table-scroll trust-tables"
      tabIndex={0}
      role="region"
      aria-label="Tables of the trust view"
    >
      <RunTable found={found} />
      <IntervalTable found={found} shown={shown} />
    </div>
  );
}

function RunTable({ found: { knobs, samples } }: { readonly found: Measured }) {
  return (
    <table data-testid="trust-run-table">
      <caption>Over the run</caption>
      <thead>
        <tr>
          <th scope="col">Knob</th>
          <th scope="col">Estimator</th>
          <th scope="col">
            <Term name="pearson">Pearson</Term>, F1
          </th>
          <th scope="col">
            <Term name="spearman">Spearman</Term>, F1
          </th>
          <th scope="col">Pearson, U</th>
          <th scope="col">
            <Term name="signAgreement">Signs right</Term>
          </th>
          <th scope="col">Constant</th>
          <th scope="col">Steps</th>
        </tr>
      </thead>
      {knobs.map((knob) => (
        <RunRows key={knob} knob={knob} samples={samples.filter((sample) => sample.knob === knob)} />
      ))}
    </table>
  );
}

/** @param samples of this knob */
function RunRows({ knob, samples }: { readonly knob: KnobName; readonly samples: Measured['samples'] }) {
  const estimators = estimatorsOf(samples);
  return (
    <tbody>
      {estimators.map((estimator, i) => {
        const found = estimatorFidelity(samples, estimator);
        const cells = [
          correlation(found.pearsonAccuracy),
          correlation(found.spearmanAccuracy),
          correlation(found.pearsonUtility),
          percent(found.signAgreement),
          percent(found.constantSignAgreement),
        ];
        return (
          <tr key={estimator} data-knob={knob} data-estimator={estimator}>
            {i === 0 && (
              <th scope="rowgroup" rowSpan={estimators.length}>
                {KNOB_LABELS[knob]}
              </th>
            )}
            <th scope="row">
              {estimateLabel(estimator)}
              {CHARGED_ESTIMATORS.includes(estimator) && (
                <>
                  {' '}
                  (<Term name="chargedProbe">charged</Term>)
                </>
              )}
            </th>
            {found.samples < FEW_STEPS ? (
              <td colSpan={cells.length} className="hint">
                too few to say
              </td>
            ) : (
              cells.map((cell, column) => <td key={column}>{cell}</td>)
            )}
            <td>{found.samples}</td>
          </tr>
        );
      })}
    </tbody>
  );
}

function IntervalTable({ found: { estimators }, shown }: Props) {
  const knobs = useLab((state) => state.info?.knobs);
  if (!knobs || !shown.fidelity) return null;
  return (
    <table data-testid="trust-interval-table">
      <caption>
        Interval {shown.index + 1}: true changes, and the changes by each estimator in units of its own
      </caption>
      <thead>
        <tr>
          <th scope="col">Knob</th>
          <th scope="col">Step to</th>
          <th scope="col">True F1</th>
          <th scope="col">True utility</th>
          {estimators.map((estimator) => (
            <th key={estimator} scope="col">
              {estimateLabel(estimator)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.fidelity.steps.map((step) => (
          <tr key={`${step.knob} ${step.offset}`}>
            <th scope="row">{KNOB_LABELS[step.knob]}</th>
            <td>{`${step.offset === 1 ? '↑' : '↓'} ${neighbourOf(shown, knobs, step)}`}</td>
            <td>{signed(step.offset * step.accuracyGain, 3)}</td>
            <td>{signed(step.offset * step.utilityGain, 4)}</td>
            {estimators.map((estimator) => {
              const gain = step.estimates[estimator];
              return <td key={estimator}>{gain === undefined ? '–' : signed(step.offset * gain, 4)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
