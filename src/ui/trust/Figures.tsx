/** How an estimator did over the run, in one line. */
import type { TrueStep } from '../../domain/fidelity.ts';
import { fixed } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { agreement, FEW_STEPS, type Against } from './steps.ts';

/** A correlation, or that there is none. */
export const correlation = (value: number | null): string => (value === null ? '–' : fixed(value, 2));
export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(100 * share)} %`;

interface Props {
  readonly steps: readonly TrueStep[];
  readonly estimator: string;
  readonly against: Against;
}

export function Figures({ steps, estimator, against }: Props) {
  const found = agreement(steps, estimator, against);
  return (
    <p className="trust-figures" data-testid="trust-figures">
      {found.samples < FEW_STEPS ? (
        <span className="hint">
          Too few to say how well it estimates: {found.samples} of at least {FEW_STEPS} steps.
        </span>
      ) : (
        <>
          <span>
            <Term name="pearson">Pearson</Term> <b className="number">{correlation(found.pearsonAccuracy)}</b>
          </span>
          <span>
            <Term name="spearman">Spearman</Term>{' '}
            <b className="number">{correlation(found.spearmanAccuracy)}</b>
          </span>
          <span>
            <Term name="signAgreement">signs right</Term>{' '}
            <b className="number">{percent(found.signAgreement)}</b>{' '}
            <span className="hint number">(a constant: {percent(found.constantSignAgreement)})</span>
          </span>
          <span className="hint number">{found.samples} steps</span>
        </>
      )}
    </p>
  );
}
