/** The same numbers as a table, newest first. */
import { KNOB_LABELS, type KnobName } from '../../domain/knob.ts';
import { fixed, price, quantity } from '../format.ts';
import type { Row } from './rows.ts';

const columnsOf = (
  knobs: readonly KnobName[],
): readonly (readonly [title: string, cell: (row: Row) => string])[] => [
  ['Interval', (r) => String(r.interval)],
  ['Start, s', (r) => fixed(r.second, 0)],
  ['Ran', (r) => r.ran],
  ['Accuracy', (r) => fixed(r.accuracy, 3)],
  ['vs exact', (r) => (r.accuracyTruth === null ? '–' : fixed(r.accuracyTruth, 3))],
  ['kbps', (r) => (r.isOverBandwidth ? '▲ ' : '') + quantity(r.kbps)],
  ['budget', (r) => (r.kbpsBudget === null ? 'off' : quantity(r.kbpsBudget))],
  ['Detector, ms/s', (r) => (r.isOverGpu ? '▲ ' : '') + quantity(r.gpu)],
  ['budget', (r) => (r.gpuBudget === null ? 'off' : quantity(r.gpuBudget))],
  ...knobs.map((name) => [`x ${KNOB_LABELS[name].toLowerCase()}`, (r: Row) => position(r[name])] as const),
  ['price bandwidth', (r) => price(r.priceBandwidth)],
  ['price detector', (r) => price(r.priceGpu)],
];

const position = (value: number | null): string => (value === null ? '–' : fixed(value, 2));

interface Props {
  readonly rows: readonly Row[];
  /** Whose positions have a column. */
  readonly knobs: readonly KnobName[];
}

export function TimelineTable({ rows, knobs }: Props) {
  const columns = columnsOf(knobs);
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of intervals">
      <table data-testid="timeline-table">
        <thead>
          <tr>
            {columns.map(([title], i) => (
              <th key={i} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <tr key={row.interval}>
              {columns.map(([, cell], i) => (
                <td key={i}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
