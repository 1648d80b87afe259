/** What the run may spend, dragged while it runs; what it spent; and what spending costs now. */
import type { Resource } from '../../domain/budget.ts';
import { BUDGET_TOLERANCE, INTERVAL_SECONDS, type IntervalRecord } from '../../domain/interval.ts';
import { Icon } from '../controls/Icon.tsx';
import { logShare } from '../controls/logScale.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { Panel } from '../controls/Panel.tsx';
import { SliderTrack } from '../controls/SliderTrack.tsx';
import { price, quantity } from '../format.ts';
import type { TermName } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { RANGES, type Range } from '../store/defaults.ts';
import { setBudget } from '../store/draft.ts';
import { lastRecord, useLab } from '../store/labStore.ts';

interface Row {
  readonly resource: Resource;
  readonly key: 'bandwidthKbps' | 'gpuMsPerSecond';
  readonly term: TermName;
  readonly title: string;
  readonly unit: string;
  readonly slider: Range;
  readonly range: Range;
  readonly use: (record: IntervalRecord) => number;
}

const ROWS: readonly Row[] = [
  {
    resource: 'bandwidth',
    key: 'bandwidthKbps',
    term: 'bandwidth',
    title: 'Bandwidth',
    unit: 'kbps',
    slider: RANGES.bandwidthKbps,
    range: RANGES.bandwidthKbps,
    use: (record) => record.bandwidthKbps,
  },
  {
    resource: 'gpu',
    key: 'gpuMsPerSecond',
    term: 'gpu',
    title: 'Detector',
    unit: 'ms/s',
    slider: { min: 5, max: 2000 },
    range: RANGES.gpuMsPerSecond,
    use: (record) => record.gpuAccountedMs,
  },
];

export function BudgetsPanel() {
  return (
    <Panel name="budgets" title={<Term name="budget">Budgets</Term>}>
      {ROWS.map((row) => (
        <BudgetRow key={row.resource} row={row} />
      ))}
    </Panel>
  );
}

function BudgetRow({ row }: { readonly row: Row }) {
  const bound = useLab((state) => state.draft.budget[row.key]);
  const record = useLab(lastRecord);
  const use = record ? row.use(record) : null;
  /** Switching a budget on begins at what is spent now. */
  const switchOn = (): number => Math.max(row.slider.min, Number((use ?? 400).toPrecision(2)));
  const name = row.resource;
  return (
    <div className="budget" data-testid={`budget-row-${name}`}>
      <span className="budget-name">
        <Term name={row.term}>{row.title}</Term>
      </span>
      <SliderTrack
        label={`${row.title} budget`}
        logarithmic
        value={bound ?? row.slider.max}
        range={row.slider}
        disabled={bound === null}
        valueText={bound === null ? 'off' : `${quantity(bound)} ${row.unit}`}
        onChange={(value) => setBudget({ [row.key]: value })}
      />
      <NumberField
        label={`${row.title} budget, ${row.unit}`}
        testId={`budget-${name}`}
        value={bound}
        range={row.range}
        unit={row.unit}
        digits={1}
        onChange={(value) => setBudget({ [row.key]: value })}
      />
      <label className="off" title="No bound on this resource">
        <input
          type="checkbox"
          aria-label={`${row.title} budget off`}
          data-testid={`budget-${name}-off`}
          checked={bound === null}
          onChange={(event) => setBudget({ [row.key]: event.target.checked ? null : switchOn() })}
        />
        off
      </label>
      <span className="budget-price" data-testid={`price-${name}`}>
        <Term name="price">price</Term>{' '}
        <b className="number">{record ? price(record.prices[row.resource]) : '–'}</b>
      </span>
      <Usage
        use={use}
        bound={record ? record.budget[row.key] : bound}
        planned={record && row.resource === 'bandwidth' ? record.plannedKbps : null}
        hasRareKeys={(record?.configuration.keyFrameInterval ?? 0) > INTERVAL_SECONDS}
        isPast={record !== undefined && record.budget[row.key] !== bound}
        unit={row.unit}
        scale={row.slider}
      />
    </div>
  );
}

interface UsageProps {
  readonly use: number | null;
  /** The budget that was in force when it was measured. */
  readonly bound: number | null;
  /** What the policy plans with: no frame dropped, on average over the key frames; null where that is the use. */
  readonly planned: number | null;
  /** Not every interval has a key frame: the budget is held on average over them. */
  readonly hasRareKeys: boolean;
  /** The controls say something else by now. */
  readonly isPast: boolean;
  readonly unit: string;
  readonly scale: Range;
}

/** Factor by which the planned use has to differ from the real one to be worth a word. */
const WORTH_SAYING = 1.05;

/** The bar stands on the slider's scale: what reaches beyond the thumb is over the budget. */
function Usage({ use, bound, planned, hasRareKeys, isPast, unit, scale }: UsageProps) {
  if (use === null) return <div className="usage usage-empty hint">nothing measured yet</div>;
  const isAverage = hasRareKeys && planned !== null;
  const held = isAverage ? planned : use;
  const share = bound === null ? null : held / bound;
  const isOver = share !== null && share > 1 + BUDGET_TOLERANCE;
  const past = isPast && bound !== null ? ` of ${quantity(bound)}` : '';
  const differs =
    planned !== null && (planned > use * WORTH_SAYING || (hasRareKeys && use > planned * WORTH_SAYING));
  const percent = share === null ? null : Math.round(Math.abs(share - 1) * 100);
  return (
    <div className={isOver ? 'usage usage-over' : 'usage'}>
      <span className="usage-bar" aria-hidden="true">
        <span className="usage-fill" style={{ width: `${logShare(use, scale) * 100}%` }} />
        {bound !== null && (
          <span className="usage-mark" style={{ left: `${logShare(bound, scale) * 100}%` }} />
        )}
      </span>
      <span className="usage-text">
        <span className="number">
          {quantity(use)} {unit}
        </span>
        {share !== null &&
          (isOver ? (
            <b className="warn">
              <Icon name="warning" /> {isAverage ? `${percent} % over on average` : `over by ${percent} %`}
              {past}
            </b>
          ) : (
            <span className="hint">
              {differs
                ? `${quantity(planned)} ${hasRareKeys ? 'on average' : 'if none were dropped'}`
                : share > 1
                  ? 'within tolerance'
                  : `${percent} % left`}
              {past}
            </span>
          ))}
        {share === null && <span className="hint">{isPast ? 'no bound then' : 'no bound'}</span>}
      </span>
    </div>
  );
}
