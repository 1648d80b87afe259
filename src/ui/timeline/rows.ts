/** The timeline's data: one row an interval, flat, as the charts and the table read it; knobs by their positions. */
import type { Configuration } from '../../domain/configuration.ts';
import { BUDGET_TOLERANCE, type IntervalRecord } from '../../domain/interval.ts';

import { everyKnob, type KnobName } from '../../domain/knob.ts';
import { configurationText } from '../format.ts';

/** Points a series may have: more are not seen and slow the charts down. */
export const MAX_POINTS = 240;

export interface Row extends Readonly<Record<KnobName, number | null>> {
  readonly interval: number;
  readonly second: number;
  readonly accuracy: number;
  readonly accuracyTruth: number | null;
  readonly kbps: number;
  readonly kbpsBudget: number | null;
  readonly gpu: number;
  readonly gpuBudget: number | null;
  readonly ran: string;
  readonly priceBandwidth: number;
  readonly priceGpu: number;
  readonly isOverBandwidth: boolean;
  readonly isOverGpu: boolean;
}

const isOver = (use: number, bound: number | null): boolean =>
  bound !== null && use > bound * (1 + BUDGET_TOLERANCE);

/**
 * The newest intervals, oldest first.
 * @param usual where the knobs rest, which need not be said
 */
export function rowsOf(records: readonly IntervalRecord[], usual: Partial<Configuration>): Row[] {
  return records.slice(-MAX_POINTS).map((r) => ({
    interval: r.index + 1,
    second: r.startSeconds,
    accuracy: r.accuracy,
    accuracyTruth: r.accuracyTruth,
    kbps: r.bandwidthKbps,
    kbpsBudget: r.budget.bandwidthKbps,
    gpu: r.gpuAccountedMs,
    gpuBudget: r.budget.gpuMsPerSecond,
    ...everyKnob((name) => r.positions[name] ?? null),
    ran: configurationText(r.configuration, usual),
    priceBandwidth: r.prices.bandwidth,
    priceGpu: r.prices.gpu,
    isOverBandwidth: isOver(r.bandwidthKbps, r.budget.bandwidthKbps),
    isOverGpu: isOver(r.gpuAccountedMs, r.budget.gpuMsPerSecond),
  }));
}
