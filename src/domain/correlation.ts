/**
 * How well one list of numbers tells another. All are null where the lists cannot say: fewer than two pairs, or no spread.
 */

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Spread below this share of the values' size is rounding. */
const NO_SPREAD = 1e-12;

/** Pearson's r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)²·Σ(y − ȳ)²), in [−1, 1]. */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new Error('A correlation needs pairs: the two lists differ in length.');
  if (x.length < 2) return null;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [products, squaresX, squaresY] = [0, 0, 0];
  x.forEach((value, i) => {
    const [dx, dy] = [value - meanX, (y[i] ?? 0) - meanY];
    products += dx * dy;
    squaresX += dx * dx;
    squaresY += dy * dy;
  });
  const flat = (squares: number, list: readonly number[]): boolean =>
    squares <= NO_SPREAD ** 2 * list.reduce((sum, value) => sum + value * value, 0) || squares === 0;
  if (flat(squaresX, x) || flat(squaresY, y)) return null;
  const r = products / (Math.sqrt(squaresX) * Math.sqrt(squaresY));
  // Squares of the smallest numbers are 0 to a computer.
  return Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : null;
}

/** Ranks from 1 (least); equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to += 1;
    for (let i = from; i <= to; i += 1) result[order[i]?.index ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return result;
}

/** Spearman's ρ: Pearson's r of the ranks; 1 where one list rises whenever the other does. */
export const spearman = (x: readonly number[], y: readonly number[]): number | null =>
  pearson(ranks(x), ranks(y));

/** Slope of the line through 0 that fits y by least squares: Σxy / Σx²; null where x is 0 throughout. */
export function slopeThroughZero(x: readonly number[], y: readonly number[]): number | null {
  const sumOf = (list: readonly number[]): number =>
    list.reduce((sum, value, i) => sum + value * (x[i] ?? 0), 0);
  const squares = sumOf(x);
  return squares === 0 ? null : sumOf(y) / squares;
}

/** Share of the pairs with y ≠ 0 in which x has y's sign; x = 0 counts as wrong. */
export function signAgreement(x: readonly number[], y: readonly number[]): number | null {
  const told = y.map((value, i) => ({ y: value, x: x[i] ?? 0 })).filter((pair) => pair.y !== 0);
  if (told.length === 0) return null;
  return told.filter((pair) => Math.sign(pair.x) === Math.sign(pair.y)).length / told.length;
}

/** The sign agreement of always saying the same: what an estimator has to beat. */
export function constantSignAgreement(y: readonly number[]): number | null {
  const positive = y.filter((value) => value > 0).length;
  const negative = y.filter((value) => value < 0).length;
  return positive + negative === 0 ? null : Math.max(positive, negative) / (positive + negative);
}
