/** Rate and accuracy of the plain encode, and what another way saves against it at the same accuracy. */

export interface RatePoint {
  readonly bytes: number;
  /** Mean F1, 0 … 1. */
  readonly accuracy: number;
}

/** By rising bytes; accuracy never falls. */
export type RateCurve = readonly RatePoint[];

/**
 * More bytes cannot really cost accuracy, so where the measured points say so, it is noise: neighbours that are out of
 * order are replaced by their mean (isotonic regression by pooling adjacent violators).
 */
export function rateCurve(points: readonly RatePoint[]): RateCurve {
  const pools: { bytes: number[]; accuracy: number }[] = [];
  for (const { bytes, accuracy } of [...points].sort((a, b) => a.bytes - b.bytes)) {
    let pool = { bytes: [bytes], accuracy };
    for (let last = pools.at(-1); last && last.accuracy > pool.accuracy; last = pools.at(-1)) {
      pools.pop();
      const [before, now] = [last.bytes.length, pool.bytes.length];
      pool = {
        bytes: [...last.bytes, ...pool.bytes],
        accuracy: (last.accuracy * before + pool.accuracy * now) / (before + now),
      };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ bytes, accuracy }) => bytes.map((each) => ({ bytes: each, accuracy })));
}

/**
 * The fewest bytes at which a curve reaches an accuracy, between its points along the logarithm of the bytes.
 * @returns null where it never gets there, or where even its cheapest point lies above
 */
export function bytesAt(curve: RateCurve, accuracy: number): number | null {
  const above = curve.findIndex((point) => point.accuracy >= accuracy);
  const [high, low] = [curve[above], curve[above - 1]];
  if (!high) return null;
  if (!low) return high.accuracy === accuracy ? high.bytes : null;
  const part = (accuracy - low.accuracy) / (high.accuracy - low.accuracy);
  return low.bytes * (high.bytes / low.bytes) ** part;
}

/**
 * What a way saves against the plain encode at equal accuracy: the mean difference of the bytes' logarithm over the accuracies that
 * both curves reach (Bjøntegaard, ITU-T VCEG-M33, along monotone pieces in place of his cubic). Nothing for a curve against itself.
 * @param leastSpread how much accuracy has to move within both curves for a comparison
 * @returns share of the bytes, below 0: it costs; null where the curves share too little
 */
export function savingBetween(plain: RateCurve, way: RateCurve, leastSpread: number): number | null {
  const all = [plain, way].map((curve) => curve.map(({ accuracy }) => accuracy));
  const low = Math.max(...all.map((list) => list[0] ?? Infinity));
  const high = Math.min(...all.map((list) => list.at(-1) ?? -Infinity));
  if (!(high - low >= leastSpread && high > low)) return null;
  const corners = [...new Set([low, high, ...all.flat()])]
    .filter((accuracy) => accuracy >= low && accuracy <= high)
    .sort((a, b) => a - b);
  let sum = 0;
  for (const [i, right] of corners.slice(1).entries()) {
    const left = corners[i] ?? right;
    // Both logarithms are straight between corners, so that the middle stands for the piece.
    const middle = (left + right) / 2;
    const [before, after] = [bytesAt(plain, middle), bytesAt(way, middle)];
    if (before !== null && after !== null) sum += (right - left) * Math.log(after / before);
  }
  return 1 - Math.exp(sum / (high - low));
}
