/** Test help: content, encoder and network as formulas, so that what OneAdapt has to decide can be worked out. */
import { NO_BUDGET, type Budget } from '../../domain/budget.ts';
import {
  indicesOf,
  topConfiguration,
  type Configuration,
  type FrameChoice,
} from '../../domain/configuration.ts';
import { DEFAULT_ONEADAPT, type OneAdaptOptions } from '../../domain/experiment.ts';
import {
  DEFAULT_KNOBS,
  FILTER_KNOBS,
  KNOB_NAMES,
  stepOf,
  type FilterKnob,
  type KnobName,
} from '../../domain/knob.ts';
import { ladders } from '../../domain/ladders.ts';
import { keyFramesOf, meanBytes } from '../../gradients/bandwidthGrad.ts';
import type { FrameOption } from '../../gradients/frameForecast.ts';
import { createOneAdapt } from './oneadapt.ts';
import type { Observation, Policy } from '../policy.ts';

export const knobs = ladders({ width: 640, height: 384 }, 255);
export const gpuCost = { inferenceMs: 20, backwardMs: 60 };

/** A made-up pipeline: bytes exponential in the knobs, accuracy concave. */
export const SLOPE: Record<KnobName, number> = {
  ...{ resolution: 1.6, quantizer: 3, frameRate: 1.1 },
  ...{ keyFrameInterval: 0, codec: 0.3, colour: 0.1, tiles: 0.5 },
  ...{ pixelFilter: 0, areaFilter: 0, edgeFilter: 0 },
  ...{ inputSize: 0, member: 0, enhancement: 0 },
};
const WORTH: Record<KnobName, number> = {
  ...{ resolution: 0.5, quantizer: 0.4, frameRate: 0.2 },
  ...{ keyFrameInterval: 0, codec: 0.1, colour: 0.1, tiles: 0.2 },
  ...{ pixelFilter: 0, areaFilter: 0, edgeFilter: 0 },
  ...{ inputSize: 0.3, member: 0.3, enhancement: 0.05 },
};
export const REST: Omit<Configuration, 'resolution' | 'quantizer' | 'frameRate'> = {
  ...{ keyFrameInterval: 1, codec: 'vp9', colour: 'colour', tiles: 100 },
  ...{ pixelFilter: 0, areaFilter: 0, edgeFilter: 0 },
  ...{ inputSize: '480x288', member: 'default', enhancement: 'off' },
};
export const TOP = topConfiguration(knobs);
const position = (configuration: Configuration, name: KnobName): number =>
  indicesOf(knobs, configuration)[name] * stepOf(knobs[name]);
/** Delta frames fall 1.4 times as steeply as key frames, and grow with the 0.7th power of the time they span. */
const KEY_BYTES = 60_000;
const DELTA_BYTES = 30_000;
/** In steady movement: of a frame rate's frames a filter drops up to nine in ten. */
export function framesOf(choice: FrameChoice): number {
  const dropped = FILTER_KNOBS.map((name) => (choice[name] === 0 ? 0 : 0.9 * (1 - rung(name, choice) / 7)));
  return Math.max(1, choice.frameRate * (1 - Math.max(...dropped)));
}
const rung = (name: FilterKnob, choice: FrameChoice): number => knobs[name].values.indexOf(choice[name]);

/** Every choice: what is not shown in time costs half of all there is. */
function forecastOf(configuration: Configuration, filters: readonly FilterKnob[]): FrameOption[] {
  const { frameRate, pixelFilter, areaFilter, edgeFilter } = configuration;
  let choices: FrameChoice[] = [{ frameRate, pixelFilter, areaFilter, edgeFilter }];
  for (const name of ['frameRate', ...filters] as const)
    choices = choices.flatMap((choice) => knobs[name].values.map((value) => ({ ...choice, [name]: value })));
  return choices.map((choice) => {
    const frames = framesOf(choice);
    return { choice, frames, loss: 0.5 * (1 - frames / 10), shown: [] };
  });
}

export function frameBytesOf(configuration: Configuration): { keyBytes: number; meanDeltaBytes: number } {
  const fall = (['resolution', 'quantizer', 'codec', 'colour'] as const).reduce(
    (sum, name) => sum + SLOPE[name] * (1 - position(configuration, name)),
    0,
  );
  return {
    keyBytes: KEY_BYTES * Math.exp(-fall),
    meanDeltaBytes: DELTA_BYTES * Math.exp(-1.4 * fall) * (10 / framesOf(configuration)) ** 0.7,
  };
}
/** On average over a key frame's period. */
export const kbpsOf = (configuration: Configuration): number => {
  const keys = keyFramesOf(configuration.keyFrameInterval);
  return (meanBytes(frameBytesOf(configuration), framesOf(configuration), keys) * 8) / 1000;
};

export function observe(
  configuration: Configuration,
  budget: Budget,
  content: number,
  filters: readonly FilterKnob[] = [],
): Observation {
  const gradientOf = (name: KnobName): number => WORTH[name] * 2 * (1.05 - position(configuration, name));
  return {
    configuration,
    budget,
    gpuCost,
    frames: framesOf(configuration),
    forecast: filters.length === 0 ? null : forecastOf(configuration, filters),
    late: [],
    bandwidthKbps: kbpsOf(configuration) * content,
    inferences: framesOf(configuration),
    lossWhereFound: 0.2,
    newContent: false,
    cut: false,
    backwardPasses: 1,
    againKbps: 0,
    seen: [],
    profiled: [],
    differences: null,
    frameBytes: {
      keyBytes: frameBytesOf(configuration).keyBytes * content,
      meanDeltaBytes: frameBytesOf(configuration).meanDeltaBytes * content,
    },
    evidence: Object.fromEntries(
      KNOB_NAMES.map((name) => {
        const value = gradientOf(name);
        const estimates = { signed: value, distortion: value, towardSource: value };
        return [name, { estimates, logBandwidthSlope: SLOPE[name], flat: name === 'keyFrameInterval' }];
      }),
    ),
  };
}

/** The made-up gradients are in accuracy already. */
export const options = (changed: Partial<OneAdaptOptions> = {}): OneAdaptOptions => ({
  ...DEFAULT_ONEADAPT,
  calibrated: false,
  ...changed,
});
export const policyOf = (changed: Partial<OneAdaptOptions> = {}): Policy =>
  createOneAdapt(options(changed), { knobs, active: DEFAULT_KNOBS, start: null, budget: NO_BUDGET, gpuCost });
