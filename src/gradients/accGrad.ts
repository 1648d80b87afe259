/**
 * AccGrad: how accuracy moves with a knob, from one backward pass (OneAdapt, SoCC 2023, section 4).
 *
 * With g = DNNGrad = ∂U/∂pixels at what the server decoded, s the frame as captured, d what the server sees at the
 * present configuration and d′ what it would see with one knob a step away, all on the detector's input grid:
 *
 * - `signed`, the literal chain rule: Σ g·(d_hq − d_lq)/δ.
 * - `distortion`, what the authors' code ships: G16 = |g| summed over colour and averaged over 16×16 blocks;
 *   rec(k) = Σ G16·Σ_c|V_k − s|; AccGrad = (rec(lq) − rec(hq))/δ. Never negative where quality helps the pixels.
 *   Two departures: the authors compare with the decoded picture of the most expensive configuration instead of the
 *   captured frame s, and take the mean over pixels, where the sum keeps the unit of the other two.
 * - `towardSource`: the utility that all quality together would win back, T = Σ g·(s − d_lq), needs no re-encode; a knob
 *   is credited with the share of the weighted error that its step removes, T·(1 − rec(hq)/rec(lq))/δ. Signed like T:
 *   where the detector's output would not gain from the source's pixels, all knobs are told to fall.
 *
 * All are per candidate detection (÷ count), so that a busy scene does not shout.
 */
import type { Estimator } from '../domain/experiment.ts';
import type { Size } from '../domain/size.ts';
import { poolMean, type Grid } from './pooling.ts';

/** Side of the blocks over which the distortion form averages the gradient, pixels (a macroblock). */
export const BLOCK_PIXELS = 16;
/** Side of a heat map's cells, pixels of the detector's input. */
const HEATMAP_CELL_PIXELS = 8;
/** Mean difference in grey levels under which two neighbours count as the same picture (authors: 1e-5 of 0…1). */
const FLAT_DIFFERENCE = 1e-5 * 255;
/** DNNGrad travels as half-precision floats. */
const BYTES_PER_VALUE = 2;

/** RGBA, 4 bytes a pixel. */
export type Rgba = Uint8ClampedArray;

export interface Gradient {
  /** ∂U/∂pixel in RGB order, 3 numbers a pixel, pixels in 0…255. */
  readonly values: Float32Array;
  readonly size: Size;
  /** Candidate detections in U. */
  readonly count: number;
}

export interface KnobPictures {
  readonly present: Rgba;
  readonly neighbour: Rgba;
  readonly original: Rgba;
  /** Distance of the neighbour on the position axis; negative when it is the cheaper one. */
  readonly step: number;
}

export interface AccGrad {
  /** Change of utility per candidate and full ladder. */
  readonly estimates: Readonly<Record<Estimator, number>>;
  readonly flat: boolean;
}

/** |∂U/∂pixel| summed over colour, as a picture and for the 16×16 weights. */
const magnitudeAt =
  ({ values }: Gradient) =>
  (pixel: number): number =>
    Math.abs(values[3 * pixel] ?? 0) +
    Math.abs(values[3 * pixel + 1] ?? 0) +
    Math.abs(values[3 * pixel + 2] ?? 0);

export const differenceAt =
  (a: Rgba, b: Rgba) =>
  (pixel: number): number =>
    Math.abs((a[4 * pixel] ?? 0) - (b[4 * pixel] ?? 0)) +
    Math.abs((a[4 * pixel + 1] ?? 0) - (b[4 * pixel + 1] ?? 0)) +
    Math.abs((a[4 * pixel + 2] ?? 0) - (b[4 * pixel + 2] ?? 0));

const productAt =
  ({ values }: Gradient, from: Rgba, to: Rgba) =>
  (pixel: number): number =>
    (values[3 * pixel] ?? 0) * ((to[4 * pixel] ?? 0) - (from[4 * pixel] ?? 0)) +
    (values[3 * pixel + 1] ?? 0) * ((to[4 * pixel + 1] ?? 0) - (from[4 * pixel + 1] ?? 0)) +
    (values[3 * pixel + 2] ?? 0) * ((to[4 * pixel + 2] ?? 0) - (from[4 * pixel + 2] ?? 0));

const sumOver = (size: Size, valueAt: (pixel: number) => number): number => {
  let sum = 0;
  for (let pixel = 0; pixel < size.width * size.height; pixel += 1) sum += valueAt(pixel);
  return sum;
};

/** G16, the mean of |∂U/∂pixel| over each 16×16 block. */
export const blockWeights = (gradient: Gradient): Grid =>
  poolMean(gradient.size, BLOCK_PIXELS, magnitudeAt(gradient));

/** Σ_c|a − b|, the mean over each 16×16 block. */
export const blockErrors = (size: Size, a: Rgba, b: Rgba): Grid =>
  poolMean(size, BLOCK_PIXELS, differenceAt(a, b));

/** Errors of blocks, weighted by how much the detector looks there: Σ over pixels. */
export function weigh({ width, height }: Size, weights: Grid, errors: Float32Array): number {
  let sum = 0;
  for (let row = 0, at = 0; row < weights.rows; row += 1) {
    const rows = Math.min(BLOCK_PIXELS, height - row * BLOCK_PIXELS);
    for (let column = 0; column < weights.columns; column += 1, at += 1) {
      const columns = Math.min(BLOCK_PIXELS, width - column * BLOCK_PIXELS);
      sum += (weights.values[at] ?? 0) * (errors[at] ?? 0) * rows * columns;
    }
  }
  return sum;
}

/** rec(k): the error against the captured frame, weighted by how much the detector looks there. */
export const weightedError = ({ size }: Gradient, weights: Grid, picture: Rgba, original: Rgba): number =>
  weigh(size, weights, blockErrors(size, picture, original).values);

/** The cheaper picture and the more expensive one. */
const lowAndHigh = ({
  present,
  neighbour,
  step,
}: Pick<KnobPictures, 'present' | 'neighbour' | 'step'>): [low: Rgba, high: Rgba] =>
  step > 0 ? [present, neighbour] : [neighbour, present];

/** All estimators for one knob. */
export function accGrad(gradient: Gradient, weights: Grid, pictures: KnobPictures): AccGrad {
  const { present, neighbour, original, step } = pictures;
  const { size } = gradient;
  const meanDifference = sumOver(size, differenceAt(present, neighbour)) / (3 * size.width * size.height);
  if (meanDifference < FLAT_DIFFERENCE) {
    const estimates = { signed: 0, distortion: 0, towardSource: 0 };
    return { estimates, flat: true };
  }
  const scale = Math.max(1, gradient.count);
  const [low, high] = lowAndHigh({ present, neighbour, step });
  const distance = Math.abs(step) * scale;
  /** rec(lq) and rec(hq). */
  const errorLow = weightedError(gradient, weights, low, original);
  const errorHigh = weightedError(gradient, weights, high, original);
  const worst = Math.max(errorLow, errorHigh);
  const recoverable = sumOver(size, productAt(gradient, low, original));
  const share = worst === 0 ? 0 : (errorLow - errorHigh) / worst;
  return {
    estimates: {
      signed: sumOver(size, productAt(gradient, low, high)) / distance,
      distortion: (errorLow - errorHigh) / distance,
      towardSource: (recoverable * share) / distance,
    },
    flat: false,
  };
}

/**
 * Bytes of the DNNGrad that a sensor needs for an estimate, uncompressed: one value a block for the distortion form, one
 * a colour and pixel for the signed ones. (In the lab the product is taken where the gradient is, in the server's
 * worker, so that nothing of that size has to be copied; the figure says what a network would carry.)
 */
export function feedbackBytes(estimator: Estimator, { width, height }: Size): number {
  const blocks = Math.ceil(width / BLOCK_PIXELS) * Math.ceil(height / BLOCK_PIXELS);
  return BYTES_PER_VALUE * (estimator === 'distortion' ? blocks : 3 * width * height);
}

/** The pictures of one interval on the heat-map grid. */
export const dnnGradMap = (gradient: Gradient): Grid =>
  poolMean(gradient.size, HEATMAP_CELL_PIXELS, magnitudeAt(gradient));

export const inputGradMap = (size: Size, { present, neighbour }: KnobPictures): Grid =>
  poolMean(size, HEATMAP_CELL_PIXELS, differenceAt(present, neighbour));

/** DNNGrad · InputGrad, signed towards more quality. */
export function productMap(gradient: Gradient, pictures: KnobPictures): Grid {
  const [low, high] = lowAndHigh(pictures);
  return poolMean(gradient.size, HEATMAP_CELL_PIXELS, productAt(gradient, low, high));
}
