/** What of the trust view is shown, and the switch of the instrument. */
import { ActionButton } from '../actions/ActionButton.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useLab } from '../store/labStore.ts';
import { setTrust } from '../store/view.ts';
import { useMeasured } from './measured.ts';
import { estimateLabel } from './steps.ts';

export function TrustTools() {
  const { estimators, estimator } = useMeasured();
  const { against, isTable } = useLab((state) => state.view.trust);
  const truth = useLab((state) => state.truth);
  return (
    <>
      {estimator !== null && (
        <>
          <Choice
            label="Estimator"
            testId="trust-estimator"
            value={estimator}
            options={estimators.map((name) => ({ value: name, label: estimateLabel(name) }))}
            onChange={(name) => setTrust({ estimator: name })}
          />
          <Choice
            label="Held against the true change of"
            testId="trust-against"
            value={against}
            options={[
              { value: 'accuracy', label: 'vs F1' },
              { value: 'utility', label: 'vs utility' },
            ]}
            onChange={(value) => setTrust({ against: value === 'utility' ? value : 'accuracy' })}
          />
          <button
            type="button"
            className="button trust-toggle"
            title={isTable ? 'Charts' : 'Table'}
            aria-pressed={isTable}
            data-testid="trust-toggle"
            onClick={() => setTrust({ isTable: !isTable })}
          >
            <Icon name={isTable ? 'chart' : 'table'} />
            <span>{isTable ? 'Charts' : 'Table'}</span>
          </button>
        </>
      )}
      <ActionButton id="truth" icon="scales" pressed={truth} testId="truth">
        Measure
      </ActionButton>
    </>
  );
}
