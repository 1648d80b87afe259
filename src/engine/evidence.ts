/**
 * From probes and backward pass to what a policy sees: which neighbours to encode, and what they showed.
 */
import {
  lastSentFrame,
  neighbour,
  type Configuration,
  type FrameChoice,
  type Knobs,
} from '../domain/configuration.ts';
import type { Budget } from '../domain/budget.ts';
import type { Estimator, GpuCost } from '../domain/experiment.ts';
import { passCost } from '../domain/gpuCost.ts';
import { isFilterKnob, isFrameKnob, stepOf, type KnobName, type PerKnob } from '../domain/knob.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import { INTERVAL_SECONDS, type KnobGradient } from '../domain/interval.ts';
import { isServerKnob } from '../domain/serverKnobs.ts';
import { bytesWith, type TileWorth } from '../domain/tiles.ts';
import {
  keyFramesOf,
  slopeFromProbes,
  slopeOfFrames,
  slopeOfKeyFrames,
  type FrameBytes,
} from '../gradients/bandwidthGrad.ts';
import { optionOf, type FrameOption } from '../gradients/frameForecast.ts';
import type { KnobEvidence, Steering } from '../policies/policy.ts';
import type { KnobResult } from './serverProbe.ts';

export interface PlannedProbe {
  readonly name: KnobName;
  readonly configuration: Configuration;
  /** Signed distance on the position axis. */
  readonly step: number;
  /** Where it is not, the neighbour's frame is the present configuration's, bit for bit. */
  readonly isEncoded: boolean;
}

/** What every choice of frames would have done; null where no filter is in play. */
type Forecast = readonly FrameOption[] | null;

/** For each capture the place of the one that is shown at its time. */
const shownUnder = (forecast: Forecast, choice: FrameChoice): readonly number[] =>
  forecast
    ? optionOf(forecast, choice).shown
    : Array.from({ length: CAPTURE_FPS * INTERVAL_SECONDS }, (_, index) =>
        lastSentFrame(index, choice.frameRate, CAPTURE_FPS),
      );

/** Frames sent in an interval, had no capture been missed. */
export const framesUnder = (forecast: Forecast, choice: FrameChoice): number =>
  forecast ? optionOf(forecast, choice).frames : choice.frameRate * INTERVAL_SECONDS;

/**
 * The probe of a neighbour; undefined where the ladder ends.
 * @param changesPicture does the sensor's frame differ there? The server's knobs look at the same one
 */
export function probeTowards(
  knobs: Knobs,
  configuration: Configuration,
  name: KnobName,
  offset: 1 | -1,
  changesPicture: (moved: Configuration) => boolean = () => true,
): PlannedProbe | undefined {
  const moved = neighbour(knobs, configuration, name, offset);
  if (!moved) return undefined;
  const isEncoded = !isServerKnob(name) && changesPicture(moved);
  return { name, configuration: moved, step: offset * stepOf(knobs[name]), isEncoded };
}

/**
 * The more expensive neighbour of every knob (OneAdapt's k + δ), the cheaper one at the top of a ladder. Of the input
 * size the cheaper one where there is one, since DNNGrad says nothing of detail that it was not taken at.
 * @param active the knobs that may move: for the others no frame is encoded
 */
export function planProbes(
  knobs: Knobs,
  configuration: Configuration,
  active: readonly KnobName[],
  forecast: Forecast,
): PlannedProbe[] {
  const last = (choice: FrameChoice): number | undefined => shownUnder(forecast, choice).at(-1);
  const changesPicture = (name: KnobName, moved: Configuration): boolean =>
    isFilterKnob(name) ? last(moved) !== last(configuration) : name !== 'keyFrameInterval';
  return active.flatMap((name) => {
    const [first, second] = name === 'inputSize' ? ([-1, 1] as const) : ([1, -1] as const);
    const towards = (offset: 1 | -1): PlannedProbe | undefined =>
      probeTowards(knobs, configuration, name, offset, (moved) => changesPicture(name, moved));
    const probe = towards(first) ?? towards(second);
    return probe ? [probe] : [];
  });
}

/**
 * The backward pass sees the interval's last capture, where a skipped frame is at its oldest. Accuracy is a mean over
 * all captures, so the frame rate's estimates are scaled by how much of that age an average capture has.
 */
function ageShare(ran: readonly number[], probed: readonly number[]): number {
  const ages = (shown: readonly number[]): number[] => shown.map((place, at) => at - place);
  const [before, after] = [ages(ran), ages(probed)];
  const mean = (list: readonly number[]): number =>
    list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  const atLast = (before.at(-1) ?? 0) - (after.at(-1) ?? 0);
  return atLast === 0 ? 1 : (mean(before) - mean(after)) / atLast;
}

const scaled = (
  estimates: Readonly<Record<Estimator, number>>,
  factor: number,
): Record<Estimator, number> => ({
  towardSource: estimates.towardSource * factor,
  signed: estimates.signed * factor,
  distortion: estimates.distortion * factor,
});

/**
 * @param probeBytes bytes of the present configuration's probe, then of each planned one
 * @param tiles what the interval showed of them, and which keep full quality at a configuration; null where it showed nothing
 */
export function gatherEvidence(
  configuration: Configuration,
  planned: readonly PlannedProbe[],
  results: PerKnob<KnobResult>,
  probeBytes: readonly number[],
  frameBytes: FrameBytes,
  forecast: Forecast,
  tiles: { readonly worth: TileWorth; readonly keptAt: (at: Configuration) => boolean[] } | null,
): PerKnob<KnobEvidence> {
  const evidence: Partial<Record<KnobName, KnobEvidence>> = {};
  planned.forEach(({ name, configuration: probed, step }, i) => {
    const result = results[name];
    const present = probeBytes[0];
    const bytes = probeBytes[i + 1];
    if (!result || present === undefined || bytes === undefined) return;
    const logBandwidthSlope = slopeOf(name, probed, step) ?? slopeFromProbes(present, bytes, step);
    if (forecast && isFilterKnob(name)) {
      const [now, moved] = [optionOf(forecast, configuration), optionOf(forecast, probed)];
      // One frame tells little of which frames are shown: the distortion form is taken over all captures.
      const distortion = (now.loss - moved.loss) / step;
      const flat = now.shown.every((place, at) => place === moved.shown[at]);
      evidence[name] = { estimates: { ...result.estimates, distortion }, logBandwidthSlope, flat };
      return;
    }
    const shown = (choice: FrameChoice): readonly number[] => shownUnder(forecast, choice);
    const factor = name === 'frameRate' ? ageShare(shown(configuration), shown(probed)) : 1;
    evidence[name] = { estimates: scaled(result.estimates, factor), logBandwidthSlope, flat: result.flat };
  });
  return evidence;

  /** Of knobs that change which frames there are, not how one is encoded. */
  function slopeOf(name: KnobName, probed: Configuration, step: number): number | undefined {
    if (isServerKnob(name)) return 0;
    if (name === 'tiles' && tiles) {
      // Most bytes are in delta frames, which the probes' key frames know nothing of.
      const bytesAt = (at: Configuration): number => bytesWith(tiles.worth, tiles.keptAt(at));
      return slopeFromProbes(bytesAt(configuration), bytesAt(probed), step);
    }
    const { keyFrameInterval } = configuration;
    const frames = framesUnder(forecast, configuration);
    if (isFrameKnob(name)) {
      const keys = keyFramesOf(keyFrameInterval);
      return slopeOfFrames(frameBytes, keys, frames, framesUnder(forecast, probed), step);
    }
    if (name !== 'keyFrameInterval') return undefined;
    return slopeOfKeyFrames(frameBytes, frames, keyFrameInterval, probed.keyFrameInterval, step);
  }
}

/**
 * The same as the report has it: what the policy steered by, and for knobs that it did not move what this interval
 * showed, with resources as fractions of their budgets, or of their present use without one.
 */
export function gradientsOf(
  evidence: PerKnob<KnobEvidence>,
  planned: readonly PlannedProbe[],
  steering: PerKnob<Steering>,
  estimator: Estimator,
  ran: { readonly configuration: Configuration; readonly bandwidthKbps: number; readonly gpuMs: number },
  budget: Budget,
  knobs: Knobs,
  cost: GpuCost,
  forecast: Forecast,
): PerKnob<KnobGradient> {
  /** Of the passes on frames and the backward pass. */
  const passesMs = (configuration: Configuration): number => {
    const { inferenceMs, backwardMs } = passCost(knobs, configuration, cost);
    return framesUnder(forecast, configuration) * inferenceMs + backwardMs;
  };
  const gradients: Partial<Record<KnobName, KnobGradient>> = {};
  for (const { name, configuration: probed, step } of planned) {
    const seen = evidence[name];
    if (!seen) continue;
    const gpuChange = (passesMs(probed) - passesMs(ran.configuration)) / step / INTERVAL_SECONDS;
    gradients[name] = {
      accGrad: seen.estimates[estimator],
      estimates: seen.estimates,
      bandwidthGrad:
        (seen.logBandwidthSlope * ran.bandwidthKbps) / (budget.bandwidthKbps ?? ran.bandwidthKbps),
      gpuGrad: gpuChange / (budget.gpuMsPerSecond ?? Math.max(1e-6, ran.gpuMs)),
      ...steering[name],
      flat: seen.flat,
    };
  }
  return gradients;
}
