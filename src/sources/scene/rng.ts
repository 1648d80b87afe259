/**
 * Randomness as a pure function of its keys: no state, so that any moment of the scene can be drawn without
 * having drawn the moments before it.
 */

/** Mixes whole numbers into 32 well-spread bits (the finaliser of MurmurHash3 over each key). */
export function hash(...keys: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const key of keys) {
    state = Math.imul(state ^ (key | 0), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state = (state ^ (state >>> 16)) + 0x6d2b79f5;
  }
  return state >>> 0;
}

/** Uniform in [0, 1). */
export const uniform = (...keys: readonly number[]): number => hash(...keys) / 2 ** 32;

/** Uniform in [low, high). */
export const between = (low: number, high: number, ...keys: readonly number[]): number =>
  low + (high - low) * uniform(...keys);

/** One element of a list. @throws Error when the list is empty. */
export function pick<T>(list: readonly T[], ...keys: readonly number[]): T {
  const element = list[Math.floor(uniform(...keys) * list.length)];
  if (element === undefined) throw new Error('Nothing can be picked from an empty list.');
  return element;
}

/** Draws from a sequence of its own: for building things once, where the order of the draws is fixed. */
export function sequence(...keys: readonly number[]): (low: number, high: number) => number {
  let count = 0;
  return (low, high) => between(low, high, ...keys, count++);
}
