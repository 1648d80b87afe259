/** Test help: short made-up traces for policies that steer by no gradient. */
import { NO_BUDGET, type Budget } from '../domain/budget.ts';
import { configurationAt, topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { Detection } from '../domain/detection.ts';
import type { Knob, KnobName } from '../domain/knob.ts';
import { ladders } from '../domain/ladders.ts';
import type { FrameSeen, Observation, PolicyContext } from './policy.ts';

export const knobs = ladders({ width: 640, height: 384 }, 255);

/** Two resolutions and three quantizers; all other knobs as they are. */
export const FEW_RUNGS: Record<KnobName, Knob> = {
  ...knobs,
  resolution: { ...knobs.resolution, values: ['320x192', '640x384'] },
  quantizer: { ...knobs.quantizer, values: [192, 96, 32] },
};

export const GPU_COST = { inferenceMs: 5, backwardMs: 10 };

export const contextOf = (
  active: readonly KnobName[],
  of: PolicyContext['knobs'] = knobs,
): PolicyContext => ({
  knobs: of,
  active,
  start: null,
  budget: NO_BUDGET,
  gpuCost: GPU_COST,
});

export const kbps = (bandwidthKbps: number | null): Budget => ({ bandwidthKbps, gpuMsPerSecond: null });

/** An interval that showed nothing but what is said of it. */
export const observation = (known: Partial<Observation>): Observation => ({
  configuration: topConfiguration(knobs),
  frameBytes: { keyBytes: 10_000, meanDeltaBytes: 5000 },
  frames: 10,
  bandwidthKbps: 400,
  againKbps: 0,
  evidence: {},
  lossWhereFound: 0,
  newContent: false,
  cut: false,
  inferences: 10,
  backwardPasses: 0,
  forecast: null,
  late: [],
  seen: [],
  profiled: [],
  differences: null,
  budget: kbps(null),
  gpuCost: GPU_COST,
  ...known,
});

/** A configuration of {@link FEW_RUNGS} by its two rungs. */
export const at = (resolution: number, quantizer: number): Configuration =>
  configurationAt(FEW_RUNGS, { resolution, quantizer });

export const box = (x: number, y: number, size: number, score = 0.9): Detection => ({
  ...{ x, y, width: size, height: size, score },
  label: 'car',
});

/** Boxes above a threshold of 0.5 are detections; all are proposals. */
export const seeing = (...proposals: readonly Detection[]): FrameSeen => ({
  detections: proposals.filter(({ score }) => score > 0.5),
  proposals,
});

/** Indices of what is true. */
export const where = (list: readonly boolean[]): number[] => [...list.keys()].filter((i) => list[i]);
