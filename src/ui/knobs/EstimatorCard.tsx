/** The estimator that steers, with all three estimators' answers for the newest interval behind it. */
import { HoverCard } from 'radix-ui';
import { ESTIMATORS, isInF1 } from '../../domain/experiment.ts';
import { KNOB_LABELS } from '../../domain/knob.ts';
import { force } from '../format.ts';
import { GLOSSARY } from '../help/glossary.ts';
import { lastRecord, useLab } from '../store/labStore.ts';
import { ESTIMATOR_LABELS } from './estimatorLabels.ts';

const TERMS = { towardSource: 'towardSource', signed: 'signedEstimate', distortion: 'distortion' } as const;

export function EstimatorCard() {
  const policy = useLab((state) => state.draft.policy);
  const record = useLab(lastRecord);
  const tuned = useLab((state) => state.draft.knobs);
  if (policy.name !== 'oneadapt') return null;
  return (
    <HoverCard.Root openDelay={150} closeDelay={100}>
      <HoverCard.Trigger asChild>
        <button type="button" className="term" data-testid="estimator-card">
          Estimator: {ESTIMATOR_LABELS[policy.estimator]}
          {isInF1(policy) && ', calibrated'}
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content className="tip tip-wide" sideOffset={6} collisionPadding={10}>
          <table className="estimates">
            <caption>AccGrad by each estimator, newest interval</caption>
            <thead>
              <tr>
                <th scope="col">Estimator</th>
                {tuned.map((name) => (
                  <th key={name} scope="col">
                    {KNOB_LABELS[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ESTIMATORS.map((estimator) => (
                <tr key={estimator} className={estimator === policy.estimator ? 'steers' : ''}>
                  <th scope="row">
                    {ESTIMATOR_LABELS[estimator]}
                    {estimator === policy.estimator && ' (steers)'}
                  </th>
                  {tuned.map((name) => {
                    const gradient = record?.gradients[name];
                    return <td key={name}>{gradient ? force(gradient.estimates[estimator]) : '–'}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          {ESTIMATORS.map((estimator) => (
            <span key={estimator}>
              <b>{ESTIMATOR_LABELS[estimator]}.</b> {GLOSSARY[TERMS[estimator]].text}
            </span>
          ))}
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}
