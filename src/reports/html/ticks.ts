/** Round numbers for an axis. */

/** Anything smaller is zero to a reader, and so near the smallest number that a step of it cannot be told. */
const LEAST_TOP = 1e-12;

/**
 * Ticks from 0 upwards that reach at least `top`.
 * @param wanted about how many steps
 */
export function ticksTo(top: number, wanted = 4): number[] {
  const rough = (top > LEAST_TOP && Number.isFinite(top) ? top : 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough) ?? 10) * power;
  const count = Math.max(1, Math.ceil((Number.isFinite(top) ? top : 1) / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** At most `wanted` + 1 whole numbers from `first` to `last`, at a round distance. */
export function wholeTicks(first: number, last: number, wanted = 8): number[] {
  const [, step = 1] = ticksTo(Math.max(1, last - first), wanted);
  const whole = Math.max(1, Math.round(step));
  const ticks: number[] = [];
  for (let tick = Math.ceil(first / whole) * whole; tick <= last; tick += whole) ticks.push(tick);
  return ticks;
}
