/** For tests: DNNGrad of a whole detector against central differences of the utility. */
import * as tf from '@tensorflow/tfjs';
import type { Candidates, Detector } from '../detectors/detector.ts';
import { inputShape, packInput, unpackGradient } from '../detectors/pixels.ts';
import type { DnnGrad } from './dnnGrad.ts';
import { seeded } from './kernels/directional.ts';

export interface Probe {
  readonly directions: number;
  /** Steps in grey levels; their mean damps the noise of 32-bit floats. */
  readonly steps: readonly number[];
  readonly slope: number;
}

/**
 * Error of grad·d over random directions d (±1 grey level for every value): its root mean square as a share of that
 * of the central differences. (Single directions are small sums of many terms, some by chance nearly 0.)
 */
export async function directionalError(
  detector: Detector,
  dnnGrad: DnnGrad,
  rgba: Uint8ClampedArray,
  candidates: Candidates,
  { directions, steps, slope }: Probe,
): Promise<number> {
  const { gradient } = await dnnGrad.utilityGradient(rgba, candidates, slope);
  const { input, threshold } = detector.card;
  const [red = 0, green = 0, blue = 0] = input.channels === 'RGB' ? input.std : [...input.std].reverse();
  const std = [red, green, blue];
  const utility = async (packed: Float32Array): Promise<number> => {
    const scores = tf.tidy(() => detector.scores(tf.tensor4d(packed, inputShape(input))));
    const values = await scores.data();
    scores.dispose();
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    return candidates.indices.reduce((sum, i) => sum + sigmoid(slope * ((values[i] ?? 0) - threshold)), 0);
  };
  const errors: number[] = [];
  const differences: number[] = [];
  for (let k = 0; k < directions; k += 1) {
    const random = seeded(k + 1);
    const direction = Float64Array.from(rgba, () => (random() < 0.5 ? -1 : 1));
    let predicted = 0;
    let difference = 0;
    for (const step of steps) {
      const at = (sign: number): Float32Array =>
        packInput(
          direction.map((d, i) => (rgba[i] ?? 0) + sign * step * d),
          input,
        );
      const [plus, minus] = [at(1), at(-1)];
      difference += ((await utility(plus)) - (await utility(minus))) / (2 * step * steps.length);
      // The step as 32-bit floats took it, back in grey levels.
      const taken = unpackGradient(
        plus.map((value, i) => value - (minus[i] ?? 0)),
        input,
      );
      const along = gradient.reduce((sum, g, i) => sum + g * (taken[i] ?? 0) * (std[i % 3] ?? 0) ** 2, 0);
      predicted += along / (2 * step * steps.length);
    }
    errors.push(Math.abs(predicted - difference));
    differences.push(difference);
  }
  const rootMeanSquare = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return rootMeanSquare(errors) / rootMeanSquare(differences);
}

/** Breaks up flat areas: where neighbours are exactly equal a max pooling has no gradient. */
export function withNoise(rgba: Uint8ClampedArray): Uint8ClampedArray {
  const random = seeded(99);
  return rgba.map((value) => value + Math.round(6 * random() - 3));
}
