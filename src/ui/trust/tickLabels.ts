/** Labels of an axis with as many decimals as tell its ticks apart. */
import { fixed, scientific } from '../format.ts';

const MOST_DECIMALS = 3;

export function tickLabels(ticks: readonly number[]): (tick: number) => string {
  const [first = 0, second = 1] = ticks;
  const step = Math.abs(second - first);
  const isTold = (decimals: number): boolean =>
    Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6;
  const decimals = Array.from({ length: MOST_DECIMALS + 1 }, (_, i) => i).find(
    (n) => step * 10 ** n >= 1 && isTold(n),
  );
  return (tick) => (tick === 0 ? '0' : decimals === undefined ? scientific(tick) : fixed(tick, decimals));
}
