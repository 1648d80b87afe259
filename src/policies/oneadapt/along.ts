/** Between two values of a ladder of numbers, what is at a position. */
export function along(ladder: readonly number[], position: number): number {
  const exact = Math.min(1, Math.max(0, position)) * (ladder.length - 1);
  const below = ladder[Math.floor(exact)] ?? 0;
  const above = ladder[Math.ceil(exact)] ?? below;
  return below + (above - below) * (exact % 1);
}
