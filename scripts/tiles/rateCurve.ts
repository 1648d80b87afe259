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

export interface Saving {
  /** Share of the bytes; below 0: it costs. */
  readonly share: number;
  /** The plain curve ends before this accuracy, so that the saving is at least or at most this. */
  readonly bound: '' | '≥' | '≤';
}

/**
 * What a point saves against the plain encode where that is as accurate.
 * @returns null where it is worse than all of the plain encode and cheaper too, which says nothing
 */
export function savedBy({ bytes, accuracy }: RatePoint, plain: RateCurve): Saving | null {
  const [cheapest, best] = [plain[0], plain.at(-1)];
  if (!cheapest || !best) return null;
  const share = (without: number): number => 1 - bytes / without;
  if (accuracy > best.accuracy) {
    // The fewest bytes at which the plain encode is at its best.
    return { share: share(bytesAt(plain, best.accuracy) ?? best.bytes), bound: '≥' };
  }
  if (accuracy < cheapest.accuracy) {
    return bytes > cheapest.bytes ? { share: share(cheapest.bytes), bound: '≤' } : null;
  }
  return { share: share(bytesAt(plain, accuracy) ?? best.bytes), bound: '' };
}
