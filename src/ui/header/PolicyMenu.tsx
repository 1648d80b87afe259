/** Which policy moves the knobs, and OneAdapt's options. */
import { POLICY_NAMES, type PolicyName } from '../../domain/experiment.ts';
import { Flyout } from '../controls/Flyout.tsx';
import { OneAdaptForm } from '../knobs/OneAdaptForm.tsx';
import { GLOSSARY } from '../help/glossary.ts';
import { setPolicyName } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';

const POLICIES: Readonly<Record<PolicyName, { readonly label: string; readonly text: string }>> = {
  oneadapt: { label: 'OneAdapt', text: GLOSSARY.oneadapt.text },
  static: { label: 'Static', text: GLOSSARY.staticPolicy.text },
};

export function PolicyMenu() {
  const policy = useLab((state) => state.draft.policy);
  return (
    <Flyout label="Policy" value={POLICIES[policy.name].label} testId="policy-menu">
      <ul className="choices">
        {POLICY_NAMES.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="choice-button"
              aria-pressed={policy.name === name}
              data-testid={`policy-${name}`}
              onClick={() => setPolicyName(name)}
            >
              <strong>{POLICIES[name].label}</strong>
              <span className="hint">{POLICIES[name].text}</span>
            </button>
          </li>
        ))}
      </ul>
      {policy.name === 'oneadapt' && <OneAdaptForm policy={policy} />}
    </Flyout>
  );
}
