/**
 * What a step of a server knob changes, on the interval's last analysed frame. It needs no encode: the server has the
 * decoded frame and looks at it in another way.
 *
 * - `enhancement`: InputGrad is the enhanced frame minus the decoded one.
 * - `inputSize`: InputGrad is what the detector loses at the smaller of the two sizes: the frame seen there and shown at the
 *   larger one, beside the frame seen at the larger one. Towards a larger size DNNGrad, taken at the present one, is
 *   spread over the larger grid; it knows nothing of finer detail than its own pixels, so that the signed estimates say
 *   next to nothing there.
 * - `member`: no pixel moves, so there is no InputGrad. The neighbour really looks at the frame instead, and AccGrad is the
 *   forward probe of both members' detections (gradients/forwardProbe.ts), in shares of detections as utility per
 *   candidate is. The inference is charged.
 */
import type { Detection } from '../domain/detection.ts';
import type { ServerKnob, ServerSetting } from '../domain/serverKnobs.ts';
import type { Detector, DetectResult } from '../detectors/detector.ts';
import {
  accGrad,
  blockWeights,
  inputGradMap,
  productMap,
  type AccGrad,
  type Gradient,
  type KnobPictures,
} from '../gradients/accGrad.ts';
import { forwardProbe } from '../gradients/forwardProbe.ts';
import { resizedGradient } from '../gradients/resizedGradient.ts';
import type { Grid } from '../gradients/pooling.ts';
import { resized } from '../sensor/pixels.ts';
import type { KnobMaps } from './events.ts';
import type { Setup } from './setups.ts';

/** A frame as a setup saw it. */
export interface Look {
  readonly setup: Setup;
  /** Decoded; whoever holds the look closes it. */
  readonly frame: VideoFrame;
  /** What the detector was given. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly result: DetectResult;
}

export interface ServerStep {
  readonly name: ServerKnob;
  readonly setting: ServerSetting;
  /** Signed distance of the neighbour on the position axis. */
  readonly step: number;
  /** The captured frame at the larger of both input sizes. */
  readonly original: Uint8ClampedArray;
}

export interface KnobResult extends AccGrad {
  /** null where the knob moves no pixel. */
  readonly maps: KnobMaps | null;
  /** Time of an inference that this took, milliseconds; null: none. */
  readonly inferenceMs: number | null;
}

/** All estimators and maps for a knob that moves pixels. */
export const pictureResult = (gradient: Gradient, weights: Grid, pictures: KnobPictures): KnobResult => ({
  ...accGrad(gradient, weights, pictures),
  maps: { inputGrad: inputGradMap(gradient.size, pictures), product: productMap(gradient, pictures) },
  inferenceMs: null,
});

/** @param neighbour set up as the step's setting says */
export async function probeServerStep(
  look: Look,
  neighbour: Setup,
  { name, step, original }: ServerStep,
  gradient: Gradient,
  weights: Grid,
): Promise<KnobResult> {
  if (name === 'member') return memberResult(look, neighbour.detector, step);
  const seen = neighbour.enhance(neighbour.scaler.pixels(look.frame));
  const { setup, pixels } = look;
  if (name === 'enhancement')
    return pictureResult(gradient, weights, { present: pixels, neighbour: seen, original, step });
  const [here, there] = [setup.detector.inputSize, neighbour.detector.inputSize];
  if (step < 0) {
    const shown = resized(seen, there, setup.scaler);
    return pictureResult(gradient, weights, { present: pixels, neighbour: shown, original, step });
  }
  const finer = resizedGradient(gradient, there);
  const present = resized(pixels, here, neighbour.scaler);
  return pictureResult(finer, blockWeights(finer), { present, neighbour: seen, original, step });
}

async function memberResult(look: Look, neighbour: Detector, step: number): Promise<KnobResult> {
  const { detections, elapsedMs } = await neighbour.detect(look.pixels);
  const here = sure(look.result.detections, look.setup.detector);
  const there = sure(detections, neighbour);
  const [cheap, expensive] = step > 0 ? [here, there] : [there, here];
  const gain = forwardProbe([cheap], [expensive], 0) / Math.abs(step);
  return {
    estimates: { signed: gain, distortion: gain, towardSource: gain },
    flat: false,
    maps: null,
    inferenceMs: elapsedMs,
  };
}

/** Scores from 0 at the detector's own threshold, so that those of two detectors compare. */
const sure = (detections: readonly Detection[], { card: { threshold } }: Detector): Detection[] =>
  detections.map((detection) => ({
    ...detection,
    score: (detection.score - threshold) / (1 - threshold),
  }));
