/** For tests: compares gradients with central differences along random directions. */
import * as tf from '@tensorflow/tfjs';

/** Uniform numbers in [0, 1), always the same (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A tensor of uniform numbers in [−1, 1). */
export function randomTensor<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  const random = seeded(seed);
  const count = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Float32Array.from({ length: count }, () => 2 * random() - 1),
    shape,
  );
}

/**
 * Largest difference between grad·d and (f(x + εd) − f(x − εd)) / 2ε over a few random directions d, as a share of
 * the root mean square of the latter.
 * @param f must give a scalar
 */
export async function directionalError(
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  { epsilon, directions = 4 }: { epsilon: number; directions?: number },
): Promise<number> {
  const gradient = tf.grad(f)(x);
  const errors: number[] = [];
  const differences: number[] = [];
  for (let i = 0; i < directions; i += 1) {
    const pair = tf.tidy(() => {
      const d = randomTensor(x.shape, 100 + i);
      const at = (step: number): tf.Tensor => f(x.add(d.mul(step)));
      const difference = at(epsilon)
        .sub(at(-epsilon))
        .div(2 * epsilon);
      return tf.stack([gradient.mul(d).sum(), difference.asScalar()]);
    });
    const [predicted = 0, difference = 0] = await pair.data<'float32'>();
    pair.dispose();
    errors.push(Math.abs(predicted - difference));
    differences.push(difference);
  }
  gradient.dispose();
  const scale = Math.sqrt(differences.reduce((sum, q) => sum + q * q, 0) / directions);
  return Math.max(...errors) / scale;
}
