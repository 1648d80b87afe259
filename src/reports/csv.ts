/** timeline.csv: one row an interval, for spreadsheets and data frames. RFC 4180. */
import type { ComparisonReport } from '../domain/comparison.ts';
import type { IntervalRecord, RunReport } from '../domain/interval.ts';
import { KNOB_NAMES, type KnobName } from '../domain/knob.ts';

type Cell = string | number | boolean | null | undefined;
type Column = readonly [header: string, value: (interval: IntervalRecord) => Cell];

const perKnob = (columns: (name: KnobName) => readonly Column[]): readonly Column[] =>
  KNOB_NAMES.flatMap((name) => columns(name));

const VALUE_HEADERS: Readonly<Record<KnobName, string>> = {
  resolution: 'resolution_px',
  quantizer: 'quantizer',
  frameRate: 'frame_rate_fps',
  keyFrameInterval: 'key_frame_interval_s',
  codec: 'codec',
  colour: 'colour',
  pixelFilter: 'pixel_filter_percent',
  areaFilter: 'area_filter_percent',
  edgeFilter: 'edge_filter_percent',
  inputSize: 'input_size_px',
  member: 'member',
  enhancement: 'enhancement',
  tiles: 'tiles_full_percent',
};

/** Header names carry their unit; a change "per ladder" is that of moving a knob from end to end. */
const COLUMNS: readonly Column[] = [
  ['interval', (i) => i.index],
  ['start_s', (i) => i.startSeconds],
  ...perKnob((name) => [[VALUE_HEADERS[name], (i) => i.configuration[name]]]),
  ...perKnob((name) => [[`${name}_position`, (i) => i.positions[name]]]),
  ['sent_bytes', (i) => i.bytes],
  ['extra_bytes', (i) => i.extraBytes],
  ['bandwidth_kbps', (i) => i.bandwidthKbps],
  ['planned_bandwidth_kbps', (i) => i.plannedKbps],
  ['bandwidth_budget_kbps', (i) => i.budget.bandwidthKbps],
  ['reference_bytes', (i) => i.referenceBytes],
  ['accuracy_f1', (i) => i.accuracy],
  ['accuracy_truth_f1', (i) => i.accuracyTruth],
  ['tiles_kept_percent', (i) => i.keptTilesPercent],
  ['frames', (i) => i.frames],
  ['sent_frames', (i) => i.sentFrames],
  ['measured_frames', (i) => i.measuredFrames],
  ['dropped_frames', (i) => i.droppedFrames],
  ['inferences', (i) => i.inferences],
  ['extra_inferences', (i) => i.extraInferences],
  ['backward_passes', (i) => i.backwardPasses],
  ['encodes', (i) => i.encodes],
  ['feedback_bytes', (i) => i.feedbackBytes],
  ['detector_time_ms', (i) => i.gpuMs],
  ['detector_time_accounted_ms', (i) => i.gpuAccountedMs],
  ['detector_time_budget_ms', (i) => i.budget.gpuMsPerSecond],
  ['utility', (i) => i.utility],
  ['delay_ms', (i) => i.delayMs],
  ...perKnob((name) => [
    [`${name}_acc_grad_per_ladder`, (i) => i.gradients[name]?.accGrad],
    [`${name}_bandwidth_grad_per_ladder`, (i) => i.gradients[name]?.bandwidthGrad],
    [`${name}_detector_time_grad_per_ladder`, (i) => i.gradients[name]?.gpuGrad],
    [`${name}_flat`, (i) => i.gradients[name]?.flat],
  ]),
  ['bandwidth_price', (i) => i.prices.bandwidth],
  ['detector_time_price', (i) => i.prices.gpu],
  ['edited_by_hand', (i) => i.edits.length > 0],
];

/** The intervals as CSV with a header row; empty cells where an interval has no such value. */
export const reportCsv = (report: RunReport): string => csv([HEADERS, ...report.intervals.map(cellsOf)]);

/** One row an interval and policy, the policy's name first. */
export const comparisonCsv = ({ runs }: ComparisonReport): string =>
  csv([
    ['policy', ...HEADERS],
    ...runs.flatMap(({ contender, intervals }) =>
      intervals.map((interval) => [contender.name, ...cellsOf(interval)]),
    ),
  ]);

const HEADERS = COLUMNS.map(([header]) => header);
const cellsOf = (interval: IntervalRecord): Cell[] => COLUMNS.map(([, value]) => value(interval));
const csv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
