/** The oracle with luck partly taken out. */
import { EVEN, ODD, oracleFrontier, type Grid, type Outcome } from '../../src/domain/hindsight.ts';

/**
 * Chosen on the even captures and scored on the odd ones, and the other way round; both halves averaged at equal bandwidth.
 * No hull is taken of what was scored, since that would choose once more.
 */
export function splitHalfFrontier(grid: Grid, intervalSeconds: number): Outcome[] {
  const [a, b] = [
    oracleFrontier(grid, intervalSeconds, EVEN, ODD),
    oracleFrontier(grid, intervalSeconds, ODD, EVEN),
  ];
  const at = [...new Set([...a, ...b].map(({ bandwidthKbps }) => bandwidthKbps))].sort((x, y) => x - y);
  return at.flatMap((bandwidthKbps) => {
    const [one, other] = [accuracyAt(a, bandwidthKbps), accuracyAt(b, bandwidthKbps)];
    return one === null || other === null ? [] : [{ bandwidthKbps, accuracy: (one + other) / 2 }];
  });
}

/** Between its neighbours on a path of rising bandwidth; null outside. */
export function accuracyAt(path: readonly Outcome[], bandwidthKbps: number): number | null {
  const next = path.findIndex((outcome) => outcome.bandwidthKbps >= bandwidthKbps);
  const [before, after] = [path[next - 1], path[next]];
  if (!after) return null;
  if (!before) return after.bandwidthKbps === bandwidthKbps ? after.accuracy : null;
  const share = (bandwidthKbps - before.bandwidthKbps) / (after.bandwidthKbps - before.bandwidthKbps);
  return before.accuracy + share * (after.accuracy - before.accuracy);
}
