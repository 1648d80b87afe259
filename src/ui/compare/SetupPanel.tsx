/** What is compared: the policies that are ticked, the budget for all, how long, and whether the grid runs beside. */
import { useMemo } from 'react';
import { looksOf } from '../../reports/comparison/looks.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { Panel } from '../controls/Panel.tsx';
import { knobValue } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { RANGES } from '../store/defaults.ts';
import { setBudget } from '../store/draft.ts';
import { hasEngine, useLab } from '../store/labStore.ts';
import { COMPARE_SECONDS, setSetup, toggleChoice, useCompare } from './compareStore.ts';
import { CHOICES, CHOICE_TERMS, CHOICE_TITLES, contendersOf, gridOver, gridSize } from './contenders.ts';
import { RivalMark } from './RivalMark.tsx';
import { NO_BUDGET } from '../../domain/budget.ts';

/** Of all that can be ticked; a choice looks the same whatever else is ticked. */
const LOOKS = looksOf(contendersOf(CHOICES, {}, NO_BUDGET));

export function SetupPanel() {
  return (
    <Panel name="setup" title={<Term name="lockstep">Policies on the same frames</Term>} tools={<Bounds />}>
      <Choices />
      <Remarks />
    </Panel>
  );
}

function Choices() {
  const chosen = useCompare((state) => state.setup.chosen);
  return (
    <ul className="contenders" aria-label="Policies to compare">
      {CHOICES.map((name, i) => (
        <li key={name} className="contender">
          <label>
            <input
              type="checkbox"
              data-testid={`choose-${name}`}
              checked={chosen.includes(name)}
              onChange={() => toggleChoice(name)}
            />
            <RivalMark look={LOOKS[i] ?? 'static'} />
            <span className="visually-hidden">{CHOICE_TITLES[name]}</span>
          </label>
          <Term name={CHOICE_TERMS[name]}>{CHOICE_TITLES[name]}</Term>
        </li>
      ))}
    </ul>
  );
}

const BUDGETS = [
  { key: 'bandwidthKbps', term: 'bandwidth', title: 'Bandwidth', unit: 'kbps', testId: 'compare-kbps' },
  { key: 'gpuMsPerSecond', term: 'gpu', title: 'Detector', unit: 'ms/s', testId: 'compare-gpu' },
] as const;

function Bounds() {
  const budget = useLab((state) => state.draft.budget);
  const tuned = useLab((state) => state.draft.knobs);
  const { seconds, withGrid } = useCompare((state) => state.setup);
  const grid = gridSize(useMemo(() => gridOver(tuned), [tuned]));
  return (
    <>
      {BUDGETS.map(({ key, term, title, unit, testId }) => (
        <span className="compare-bound" key={key}>
          <Term name={term}>{title}</Term>
          <span className="hint">≤</span>
          <NumberField
            label={`${title} budget of every policy in ${unit}`}
            testId={testId}
            value={budget[key]}
            range={RANGES[key]}
            unit={unit}
            onChange={(value) => setBudget({ [key]: value })}
          />
          <label className="off">
            <input
              type="checkbox"
              checked={budget[key] === null}
              aria-label={`${title} budget off`}
              onChange={({ target }) =>
                setBudget({ [key]: target.checked ? null : key === 'bandwidthKbps' ? 400 : 200 })
              }
            />
            off
          </label>
        </span>
      ))}
      <span className="compare-bound">
        <span>Length</span>
        <NumberField
          label="Length of the comparison in seconds"
          testId="compare-seconds"
          value={seconds}
          range={COMPARE_SECONDS}
          unit="s"
          whole
          onChange={(value) => setSetup({ seconds: value })}
        />
      </span>
      <span className="compare-bound">
        <label className="off">
          <input
            type="checkbox"
            data-testid="compare-grid"
            checked={withGrid}
            aria-label="Run the grid for oracle and best static too"
            onChange={({ target }) => setSetup({ withGrid: target.checked })}
          />
        </label>
        <Term name="grid">Oracle and best static</Term>
        <span className="hint">
          {grid === 1 ? 'needs a tuned knob' : `runs ${grid} configurations too, about half as fast`}
        </span>
      </span>
    </>
  );
}

/** What is not told by the ticks alone. */
function Remarks() {
  const isStatic = useCompare((state) => state.setup.chosen.includes('static'));
  const standing = useCompare((state) => state.setup.standing);
  const runs = useLab((state) => state.runState === 'running' || state.runState === 'preparing');
  const comparing = useLab((state) => state.comparing);
  const values = Object.entries(standing);
  return (
    <p className="compare-remarks hint">
      {isStatic && (
        <span>
          Static stands{' '}
          {values.length === 0 ? (
            'at the most expensive of every knob.'
          ) : (
            <>
              as the knobs of the run do: {knobValue(standing.resolution ?? 'full size', '')}, q{' '}
              {standing.quantizer ?? 'best'}, {knobValue(standing.frameRate ?? 'all', 'fps')}.{' '}
              <button type="button" className="link" onClick={() => setSetup({ standing: {} })}>
                Put it at the most expensive
              </button>
            </>
          )}
        </span>
      )}
      {hasEngine(comparing) ? (
        <span>What is changed here counts for the next comparison.</span>
      ) : (
        runs && (
          <span>The run of the other view ends when a comparison starts, and keeps what it has shown.</span>
        )
      )}
    </p>
  );
}
