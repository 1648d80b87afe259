/** What a run may spend. null: no bound. */
export interface Budget {
  /** Kilobits a second on the link (1 kbit = 1000 bit). */
  readonly bandwidthKbps: number | null;
  /** Milliseconds of detector time for each second of video. */
  readonly gpuMsPerSecond: number | null;
}

export type Resource = 'bandwidth' | 'gpu';

/** Lagrange multipliers: accuracy that a budget's worth of the resource would have to buy. */
export interface Prices {
  readonly bandwidth: number;
  readonly gpu: number;
}

export const isSameBudget = (a: Budget, b: Budget): boolean =>
  a.bandwidthKbps === b.bandwidthKbps && a.gpuMsPerSecond === b.gpuMsPerSecond;

/** Is any resource bounded? */
export const isBounded = ({ bandwidthKbps, gpuMsPerSecond }: Budget): boolean =>
  bandwidthKbps !== null || gpuMsPerSecond !== null;

export const NO_BUDGET: Budget = { bandwidthKbps: null, gpuMsPerSecond: null };
export const ZERO_PRICES: Prices = { bandwidth: 0, gpu: 0 };
