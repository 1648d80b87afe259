/**
 * AccGrad in F1: what the distortion form, the level of loss and the place on the ladder together say of a step. Ours.
 *
 * The distortion form alone (accGrad.ts) says little of how much accuracy there is to be won: it shouts where the picture is coarse, and
 * of two contents it cannot tell which one suffers more. The detector's own uncertainty can (lossLevel.ts). With d the distortion form per full
 * ladder, L the expected loss, q the quantizer's position (0 coarse … 1 fine) and ρ the width sent by the width that the detector
 * looks at, both in the middle of the step,
 *
 *   ∂F1/∂x = exp(c) · d^0.2 · L^0.8 · (1 − L)^h · ρ^r · exp(s·q)
 *
 * (1 − L)^h is the quantizer's alone: where hardly anything is found a finer one wins nothing back, while a larger picture still may.
 *
 * The most expensive configuration is the reference, where F1 is 1 by definition. A step that ends or begins there gains, on top of
 * what its pixels do, all in which two nearly equal pictures disagree by chance: 0.2·L.
 *
 * The coefficients are round numbers from fits (quasi-Poisson, every content with the same weight) to the true changes of mean F1 at 15
 * to 28 places on the two ladders in every second of eight scenes (street-nano), four clips of people (yolov9n) and three of vehicles
 * (CenterNet); exponents within half of these do as well. The constants were raised afterwards, the resolution's by 0.4 and the quantizer's by 0.3,
 * after looking at what became of budgets and at the scale of F1 in docs/estimators.md. The grids were made by a build that measured them and is not
 * kept: no command here makes them. h and the 0.2 are from 19 walks (npm run fidelity) over those scenes with other seeds and over clips with other
 * detectors, none of them in docs/estimators.md. A free exponent of d comes out near 0, since place and level tell most
 * of what d does: that is the honest share of DNNGrad in it. docs/estimators.md has all forms side by side, on other runs than those.
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
  /** h, the exponent of what is not lost. */
  readonly saturation: number;
}

const FITTED: PerKnob<Fit> = {
  quantizer: { constant: 0.8, detail: -0.35, fineness: -2.3, saturation: 0.7 },
  resolution: { constant: -0.15, detail: -1.1, fineness: -0.8, saturation: 0 },
};
const DISTORTION_EXPONENT = 0.2;
const LEVEL_EXPONENT = 0.8;
/** Where the distortion form sees nothing, or the contrary, there may still be something. */
const LEAST_DISTORTION = 0.05;
/** A level outside says that nothing was found, or nothing was unsure: no more can be read from it. */
const [LEAST_LOSS, LARGEST_LOSS] = [0.02, 0.6];
const LEAST_FOUND = 0.05;
/** F1 that is won by arriving at the reference, by the level of loss. */
const JUMP_BY_LOSS = 0.2;
/** F1 for one unit of the distortion form, per candidate. */
const F1_PER_UNIT: PerKnob = {
  frameRate: 0.044,
  // The neighbouring member looks for itself: its estimate is a share of detections already (engine/serverProbe.ts).
  member: 1,
};
const UNSEEN_F1_PER_UNIT = 0.04;

/** F1 for one unit of the distortion form of a knob that was not fitted. */
export const f1PerUnit = (name: KnobName): number => F1_PER_UNIT[name] ?? UNSEEN_F1_PER_UNIT;

/** A step of a ladder: from what ran to a neighbour. */
export interface Step {
  readonly knobs: Knobs;
  readonly ran: Configuration;
  readonly name: KnobName;
  /** 1: to the more expensive neighbour. −1: to the cheaper one. */
  readonly offset: 1 | -1;
}

const within = (loss: number): number => Math.min(LARGEST_LOSS, Math.max(LEAST_LOSS, loss));

/** F1 that is won by arriving at the reference, on top of what the pixels gain. */
export const jumpToReference = (expectedLoss: number): number => JUMP_BY_LOSS * within(expectedLoss);

/** What of {@link calibrated} is the jump to the reference, per full ladder. */
export function jumpIn(expectedLoss: number, { knobs, ran, name, offset }: Step): number {
  const upper = offset === 1 ? neighbour(knobs, ran, name, 1) : ran;
  const isFitted = FITTED[name] !== undefined;
  if (!isFitted || !upper || !sameConfiguration(upper, topConfiguration(knobs))) return 0;
  return jumpToReference(expectedLoss) / stepOf(knobs[name]);
}

/**
 * AccGrad in F1.
 * @param distortion the distortion form of the step, per full ladder
 * @param expectedLoss of the interval that ran, 0 … 1
 * @returns estimated change of F1 per full ladder, towards the expensive side
 */
export function calibrated(distortion: number, expectedLoss: number, step: Step): number {
  const fit = FITTED[step.name];
  if (!fit) return distortion * f1PerUnit(step.name);
  const { fineness, detail } = middleOf(step);
  const slope = Math.exp(
    fit.constant +
      DISTORTION_EXPONENT * Math.log(Math.max(LEAST_DISTORTION, distortion)) +
      LEVEL_EXPONENT * Math.log(within(expectedLoss)) +
      fit.saturation * Math.log(Math.max(LEAST_FOUND, 1 - expectedLoss)) +
      fit.detail * detail +
      fit.fineness * fineness,
  );
  return slope + jumpIn(expectedLoss, step);
}

/** q and ln ρ half-way to the neighbour. */
function middleOf({ knobs, ran, name, offset }: Step): {
  readonly fineness: number;
  readonly detail: number;
} {
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
