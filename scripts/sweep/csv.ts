/** results.csv: one row a cell, for spreadsheets and data frames. RFC 4180. */
import type { Cell, CellFigures, Results } from './results.ts';

type Value = string | number | null | undefined;
type Column = readonly [header: string, value: (cell: Cell) => Value];

const figure =
  (value: (figures: CellFigures) => number | null) =>
  (cell: Cell): Value =>
    'error' in cell ? null : value(cell);

const COLUMNS: readonly Column[] = [
  ['source', (cell) => cell.source],
  ['bandwidth_budget_kbps', (cell) => cell.budget.bandwidthKbps],
  ['detector_time_budget_ms_per_s', (cell) => cell.budget.gpuMsPerSecond],
  ['policy', (cell) => cell.policy],
  ['seed', (cell) => cell.seed],
  ['seconds', figure((f) => f.seconds)],
  ['accuracy_f1', figure((f) => f.accuracy)],
  ['bandwidth_kbps', figure((f) => f.bandwidthKbps)],
  ['detector_time_ms_per_s', figure((f) => f.gpuMsPerSecond)],
  ['violations', figure((f) => f.violations)],
  ['extra_bytes', figure((f) => f.charges.extraBytes)],
  ['inferences', figure((f) => f.charges.inferences)],
  ['extra_inferences', figure((f) => f.charges.extraInferences)],
  ['backward_passes', figure((f) => f.charges.backwardPasses)],
  ['encodes', figure((f) => f.charges.encodes)],
  ['feedback_kbps', figure((f) => f.charges.feedbackKbps)],
  ['delay_ms', figure((f) => f.charges.delayMs)],
  ['error', (cell) => ('error' in cell ? cell.error : null)],
];

export function resultsCsv({ cells }: Pick<Results, 'cells'>): string {
  const rows = [
    COLUMNS.map(([header]) => header),
    ...cells.map((cell) => COLUMNS.map(([, value]) => value(cell))),
  ];
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: Value): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
