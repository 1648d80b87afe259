import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ESTIMATORS } from '../domain/experiment.ts';
import { accGrad, blockWeights, productMap, weightedError, type Gradient } from './accGrad.ts';
import { poolMean } from './pooling.ts';

const SIZE = { width: 40, height: 24 };
const PIXELS = SIZE.width * SIZE.height;

const rgba = (of: (i: number) => number): Uint8ClampedArray =>
  new Uint8ClampedArray(4 * PIXELS).map((_, i) => of(i));
const gradientOf = (of: (i: number) => number, count = 1): Gradient => ({
  size: SIZE,
  count,
  values: new Float32Array(3 * PIXELS).map((_, i) => of(i)),
});

const original = rgba((i) => 100 + (i % 97));
const blurred = (amount: number): Uint8ClampedArray =>
  rgba((i) => (original[i] ?? 0) - amount * ((i % 5) - 1));

describe('accGrad', () => {
  it('is the directional derivative of a linear utility, for both directions of the step', () => {
    // U = Σ w·pixel has DNNGrad w, so `signed` must equal the true difference quotient of U.
    const weight = (i: number): number => ((i % 7) - 3) / 50;
    const gradient = gradientOf(weight);
    const present = blurred(4);
    const neighbour = blurred(2);
    const utility = (picture: Uint8ClampedArray): number => {
      let sum = 0;
      for (let p = 0; p < PIXELS; p += 1)
        for (let c = 0; c < 3; c += 1) sum += weight(3 * p + c) * (picture[4 * p + c] ?? 0);
      return sum;
    };
    const weights = blockWeights(gradient);
    const up = accGrad(gradient, weights, { present, neighbour, original, step: 0.25 });
    expect(up.estimates.signed).toBeCloseTo((utility(neighbour) - utility(present)) / 0.25, 3);
    const down = accGrad(gradient, weights, {
      present: neighbour,
      neighbour: present,
      original,
      step: -0.25,
    });
    expect(down.estimates.signed).toBeCloseTo(up.estimates.signed, 3);
    expect(down.estimates.distortion).toBeCloseTo(up.estimates.distortion, 6);
    expect(down.estimates.towardSource).toBeCloseTo(up.estimates.towardSource, 6);
  });

  it('says that a step towards the source helps, in the distortion and towardSource forms', () => {
    const gradient = gradientOf((i) => Math.sin(i));
    const weights = blockWeights(gradient);
    const { estimates } = accGrad(gradient, weights, {
      present: blurred(4),
      neighbour: blurred(1),
      original,
      step: 0.2,
    });
    expect(estimates.distortion).toBeGreaterThan(0);
    expect(estimates.towardSource).toBeGreaterThan(0);
  });

  it('credits the whole of T to a step that restores the source', () => {
    const gradient = gradientOf((i) => ((i % 3) + 1) / 10, 2);
    const present = rgba((i) => (original[i] ?? 0) - 3);
    const result = accGrad(gradient, blockWeights(gradient), {
      present,
      neighbour: original,
      original,
      step: 1,
    });
    const recoverable = (PIXELS * (0.1 + 0.2 + 0.3) * 3) / 2;
    expect(result.estimates.towardSource).toBeCloseTo(recoverable, 1);
    expect(result.estimates.signed).toBeCloseTo(recoverable, 1);
  });

  it('lets towardSource fall below zero where the source would lower the utility', () => {
    const gradient = gradientOf(() => -1);
    const present = rgba((i) => (original[i] ?? 0) - 4);
    const neighbour = rgba((i) => (original[i] ?? 0) - 2);
    const { estimates } = accGrad(gradient, blockWeights(gradient), {
      present,
      neighbour,
      original,
      step: 0.5,
    });
    expect(estimates.towardSource).toBeLessThan(0);
    expect(estimates.distortion).toBeGreaterThan(0);
  });

  it('skips neighbours that decode to the same pixels', () => {
    const gradient = gradientOf(() => 1);
    const same = accGrad(gradient, blockWeights(gradient), {
      present: original,
      neighbour: original.slice(),
      original,
      step: 0.2,
    });
    expect(same.flat).toBe(true);
    expect(same.estimates.signed).toBe(0);
  });

  it('does not depend on the number of detections: twice as many, each as sensitive, give the same estimates', () => {
    const pictures = { present: blurred(4), neighbour: blurred(1), original, step: 0.2 };
    const [one, two] = [1, 2].map((count) => {
      const gradient = gradientOf((i) => count * Math.cos(i), count);
      return accGrad(gradient, blockWeights(gradient), pictures).estimates;
    });
    for (const name of ESTIMATORS) expect(two?.[name], name).toBeCloseTo(one?.[name] ?? NaN, 4);
  });

  it('weighs no error where the detector does not look', () => {
    const gradient = gradientOf((i) => (i / 3 < PIXELS / 3 ? 1 : 0));
    const weights = blockWeights(gradient);
    const wrongBelow = rgba((i) => (original[i] ?? 0) + (i / 4 > (PIXELS * 2) / 3 ? 50 : 0));
    expect(weightedError(gradient, weights, wrongBelow, original)).toBe(0);
  });

  it('has a product map whose mean is the signed sum', () => {
    const gradient = gradientOf((i) => Math.cos(i));
    const pictures = { present: blurred(4), neighbour: blurred(1), original, step: 0.5 };
    const { values } = productMap(gradient, pictures);
    const signed = accGrad(gradient, blockWeights(gradient), pictures).estimates.signed;
    // 40×24 is whole cells of 8×8, so every cell weighs the same.
    expect(values.reduce((a, b) => a + b, 0) * 64).toBeCloseTo(signed * 0.5, 2);
  });
});

describe('poolMean', () => {
  it('keeps the mean of the picture for any size, edges included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (width, height) => {
        const grid = poolMean({ width, height }, 16, () => 2.5);
        return grid.values.every((value) => Math.abs(value - 2.5) < 1e-6);
      }),
    );
  });
});
