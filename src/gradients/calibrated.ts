/**
 * AccGrad in F1: what the distortion form, the level of loss and the place on the ladder together say of a step. Ours.
 *
 * The distortion form alone (accGrad.ts) says little of how much accuracy there is to be won: it shouts where the picture is coarse, and
 * of two contents it cannot tell which one suffers more. The detector's own uncertainty can (lossLevel.ts). With d the distortion form per full
 * ladder, L the expected loss, q the quantizer's position (0 coarse … 1 fine) and ρ the width sent by the width that the detector
 * looks at, both in the middle of the step,
 *
 *   ∂F1/∂x = exp(c) · d^0.2 · L^0.8 · ρ^r · exp(s·q)
 *
 * and of the quantizer, where L is above 0.9, (1 − L)/0.1 of that: where hardly anything is found a finer one wins nothing back, while a larger
 * picture still may.
 *
 * Along its knob's ladder it falls as e^(−κx), a little faster than s and r alone say, since d falls too. Such a loss never ends, but F1 is 1 at the most
 * expensive configuration by definition: all in which two nearly equal pictures disagree by chance is won at once there. So a step of width Δ that
 * ends or begins at it gains what its slope says and what the exponential leaves over, g·e^(−κΔ/2)/κ with g its slope there.
 *
 * The coefficients are round numbers from fits (quasi-Poisson, every content with the same weight) to the true changes of mean F1 at 15
 * to 28 places on the two ladders in every second of eight scenes (street-nano), four clips of people (yolov9n) and three of vehicles
 * (CenterNet); exponents within half of these do as well. The grids were made by a build that measured them and is not kept: no command here makes
 * them. Two things were added after 19 walks (npm run fidelity) over those scenes with other seeds and over clips with other detectors, none of them in
 * docs/estimators.md, and longer ones over three sources that are: where the quantizer's gain ends, and the step to the reference. The constants were raised, the resolution's by 0.4 and the
 * quantizer's by 0.3, after looking at what became of budgets and at the scale of F1. A free exponent of d comes out near 0, since place and level
 * tell most of what d does: that is the honest share of DNNGrad in it. docs/estimators.md has all forms side by side, on other runs than those.
 *
 * Other knobs were not on these grids. Theirs is d times a constant, the median over the runs of docs/estimators.md of true by estimated
 * gain for the frame rate, and about the mean of the knobs for the rest.
 */
import {
  configurationAt,
  indicesOf,
  neighbour,
  sameConfiguration,
  topConfiguration,
  type Configuration,
  type Knobs,
} from '../domain/configuration.ts';
import { stepOf, type KnobName, type PerKnob } from '../domain/knob.ts';
import { parseSize } from '../domain/size.ts';

interface Fit {
  readonly constant: number;
  /** r, the exponent of the width sent by the width looked at. */
  readonly detail: number;
  /** s, per full ladder of the quantizer. */
  readonly fineness: number;
  /** Level of loss above which a step gains less and less; undefined: it does at none. */
  readonly saturates?: number;
}

const FITTED: PerKnob<Fit> = {
  quantizer: { constant: 0.95, detail: -0.35, fineness: -2.8, saturates: 0.9 },
  resolution: { constant: -0.15, detail: -1.1, fineness: -0.8 },
};
const DISTORTION_EXPONENT = 0.2;
const LEVEL_EXPONENT = 0.8;
/** Where the distortion form sees nothing, or the contrary, there may still be something. */
const LEAST_DISTORTION = 0.05;
/** A level outside says that nothing was found, or nothing was unsure: no more can be read from it. */
const [LEAST_LOSS, LARGEST_LOSS] = [0.02, 0.6];
/** Where nothing at all is found there may still be something. */
const LEAST_FOUND = 0.05;
/** κ, per full ladder: of the frame rate from the drift of detections. */
const DECAY: PerKnob = { quantizer: 2.9, resolution: 1.3, frameRate: 0.6 };
const UNSEEN_DECAY = 1.5;
/** F1 for one unit of the distortion form, per candidate. */
const F1_PER_UNIT: PerKnob = {
  frameRate: 0.044,
  // The neighbouring member looks for itself: its estimate is a share of detections already (engine/serverProbe.ts).
  member: 1,
};
const UNSEEN_F1_PER_UNIT = 0.04;

/** F1 for one unit of the distortion form of a knob that was not fitted. */
export const f1PerUnit = (name: KnobName): number => F1_PER_UNIT[name] ?? UNSEEN_F1_PER_UNIT;

/** By what share of itself a knob's AccGrad falls, per full ladder. */
export const decayOf = (name: KnobName): number => DECAY[name] ?? UNSEEN_DECAY;

/** A step of a ladder: from what ran to a neighbour. */
export interface Step {
  readonly knobs: Knobs;
  readonly ran: Configuration;
  readonly name: KnobName;
  /** 1: to the more expensive neighbour. −1: to the cheaper one. */
  readonly offset: 1 | -1;
}

/**
 * AccGrad in F1: the slope alone.
 * @param distortion the distortion form of the step, per full ladder
 * @param loss `lossWhereFound` of the interval that ran, 0 … 1
 * @returns estimated change of F1 per full ladder, towards the expensive side
 */
export function calibrated(distortion: number, loss: number, step: Step): number {
  const fit = FITTED[step.name];
  if (!fit) return distortion * f1PerUnit(step.name);
  const { fineness, detail } = middleOf(step);
  const level = Math.min(LARGEST_LOSS, Math.max(LEAST_LOSS, loss));
  const slope = Math.exp(
    fit.constant +
      DISTORTION_EXPONENT * Math.log(Math.max(LEAST_DISTORTION, distortion)) +
      LEVEL_EXPONENT * Math.log(level) +
      fit.detail * detail +
      fit.fineness * fineness,
  );
  return slope * foundShare(loss, fit);
}

/** What a whole step gains, per full ladder: {@link calibrated}, and at the reference what the exponential leaves over. */
export const calibratedGain = (distortion: number, loss: number, step: Step): number =>
  calibrated(distortion, loss, step) * referenceFactor(step);

/** By what a step gains more than its slope says, since it ends or begins at the reference: 1 elsewhere. */
function referenceFactor({ knobs, ran, name, offset }: Step): number {
  const upper = offset === 1 ? neighbour(knobs, ran, name, 1) : ran;
  if (!FITTED[name] || !upper || !sameConfiguration(upper, topConfiguration(knobs))) return 1;
  const [decay, width] = [decayOf(name), stepOf(knobs[name])];
  return 1 + Math.exp((-decay * width) / 2) / (decay * width);
}

/** Of what could be won back, where hardly anything is found. */
const foundShare = (loss: number, { saturates }: Fit): number =>
  saturates === undefined ? 1 : Math.min(1, Math.max(LEAST_FOUND, (1 - loss) / (1 - saturates)));

/** q and ln ρ half-way to the neighbour. */
function middleOf({ knobs, ran, name, offset }: Step): { fineness: number; detail: number } {
  const indices = indicesOf(knobs, ran);
  const there = { ...indices, [name]: indices[name] + offset };
  const width = (configuration: Configuration): number => parseSize(configuration.resolution).width;
  const input = parseSize(ran.inputSize).width;
  const widths = width(ran) * width(configurationAt(knobs, there));
  return {
    fineness: (stepOf(knobs.quantizer) * (indices.quantizer + there.quantizer)) / 2,
    detail: Math.log(widths / input ** 2) / 2,
  };
}
