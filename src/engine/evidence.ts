/**
 * From probes and backward pass to what a policy sees: which neighbours to encode, and what they showed.
 */
import {
  lastSentFrame,
  meanAge,
  neighbour,
  type Configuration,
  type Knobs,
} from '../domain/configuration.ts';
import type { Budget } from '../domain/budget.ts';
import type { Estimator, GpuCost } from '../domain/experiment.ts';
import { stepOf, type KnobName, type PerKnob } from '../domain/knob.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import { INTERVAL_SECONDS, type KnobGradient } from '../domain/interval.ts';
import {
  keyFramesOf,
  slopeFromProbes,
  slopeOfFrameRate,
  slopeOfKeyFrames,
  type FrameBytes,
} from '../gradients/bandwidthGrad.ts';
import type { KnobEvidence, Steering } from '../policies/policy.ts';
import type { KnobResult } from './serverWorker.ts';

export interface PlannedProbe {
  readonly name: KnobName;
  readonly configuration: Configuration;
  /** Signed distance on the position axis. */
  readonly step: number;
  /** Where it is not, the neighbour's frame is the present configuration's, bit for bit. */
  readonly isEncoded: boolean;
}

/**
 * The more expensive neighbour of every knob (OneAdapt's k + δ), the cheaper one at the top of a ladder.
 * @param active the knobs that may move: for the others no frame is encoded
 */
export function planProbes(
  knobs: Knobs,
  configuration: Configuration,
  active: readonly KnobName[],
): PlannedProbe[] {
  return active.flatMap((name) => {
    for (const offset of [1, -1]) {
      const moved = neighbour(knobs, configuration, name, offset);
      const step = offset * stepOf(knobs[name]);
      if (moved) return [{ name, configuration: moved, step, isEncoded: name !== 'keyFrameInterval' }];
    }
    return [];
  });
}

/**
 * The backward pass sees the interval's last capture, where a skipped frame is at its oldest. Accuracy is a mean over
 * all captures, so the frame rate's estimates are scaled by how much of that age an average capture has.
 */
function ageShare(ran: number, probed: number): number {
  const last = CAPTURE_FPS - 1;
  const lastAge = (rate: number): number => last - lastSentFrame(last, rate, CAPTURE_FPS);
  const atLast = lastAge(ran) - lastAge(probed);
  return atLast === 0 ? 1 : (meanAge(ran, CAPTURE_FPS) - meanAge(probed, CAPTURE_FPS)) / atLast;
}

const scaled = (
  estimates: Readonly<Record<Estimator, number>>,
  factor: number,
): Record<Estimator, number> => ({
  towardSource: estimates.towardSource * factor,
  signed: estimates.signed * factor,
  distortion: estimates.distortion * factor,
});

/** @param probeBytes bytes of the present configuration's probe, then of each planned one */
export function gatherEvidence(
  knobs: Knobs,
  configuration: Configuration,
  planned: readonly PlannedProbe[],
  results: PerKnob<KnobResult>,
  probeBytes: readonly number[],
  frameBytes: FrameBytes,
): PerKnob<KnobEvidence> {
  const evidence: Partial<Record<KnobName, KnobEvidence>> = {};
  planned.forEach(({ name, configuration: probed, step }, i) => {
    const result = results[name];
    const present = probeBytes[0];
    const bytes = probeBytes[i + 1];
    if (!result || present === undefined || bytes === undefined) return;
    const factor = name === 'frameRate' ? ageShare(configuration.frameRate, probed.frameRate) : 1;
    evidence[name] = {
      estimates: scaled(result.estimates, factor),
      logBandwidthSlope: slopeOf(name, probed) ?? slopeFromProbes(present, bytes, step),
      flat: result.flat,
    };
  });
  return evidence;

  /** Of knobs that change which frames there are, not how one is encoded. */
  function slopeOf(name: KnobName, probed: Configuration): number | undefined {
    const { frameRate, keyFrameInterval } = configuration;
    const keys = keyFramesOf(keyFrameInterval);
    if (name === 'frameRate')
      return slopeOfFrameRate(knobs.frameRate, frameBytes, keys, frameRate, probed.frameRate);
    if (name !== 'keyFrameInterval') return undefined;
    const frames = frameRate * INTERVAL_SECONDS;
    return slopeOfKeyFrames(
      knobs.keyFrameInterval,
      frameBytes,
      frames,
      keyFrameInterval,
      probed.keyFrameInterval,
    );
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
  cost: GpuCost,
): PerKnob<KnobGradient> {
  const gradients: Partial<Record<KnobName, KnobGradient>> = {};
  for (const { name, configuration: probed, step } of planned) {
    const seen = evidence[name];
    if (!seen) continue;
    const gpuChange = ((probed.frameRate - ran.configuration.frameRate) * cost.inferenceMs) / step;
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
