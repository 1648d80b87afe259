/** Which policy moves the knobs, and OneAdapt's options. */
import { RIVAL_NAMES, type PolicyName } from '../../domain/experiment.ts';
import { Flyout } from '../controls/Flyout.tsx';
import { OneAdaptForm } from '../knobs/OneAdaptForm.tsx';
import { GLOSSARY } from '../help/glossary.ts';
import { POLICY_TERMS } from '../help/policyTerms.ts';
import { setPolicyName } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';

export function PolicyMenu() {
  const policy = useLab((state) => state.draft.policy);
  return (
    <Flyout label="Policy" value={GLOSSARY[POLICY_TERMS[policy.name]].title} testId="policy-menu">
      <Choices label="The lab’s own" names={['oneadapt', 'static']} />
      {policy.name === 'oneadapt' && <OneAdaptForm policy={policy} />}
      <h3>Published rivals</h3>
      <Choices label="Published rivals" names={RIVAL_NAMES} />
    </Flyout>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly names: readonly PolicyName[];
}

function Choices({ label, names }: ChoicesProps) {
  const current = useLab((state) => state.draft.policy.name);
  return (
    <ul className="choices" aria-label={label}>
      {names.map((name) => {
        const { title, text } = GLOSSARY[POLICY_TERMS[name]];
        return (
          <li key={name}>
            <button
              type="button"
              className="choice-button"
              aria-pressed={current === name}
              data-testid={`policy-${name}`}
              onClick={() => setPolicyName(name)}
            >
              <strong>{title}</strong>
              <span className="hint">{text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
