/** The network between sensor and server: a queue that drains at a rate, then a delay. */
import type { LinkPoint, LinkSpec } from '../domain/experiment.ts';

export interface Link {
  /** One way. */
  readonly delayMs: number;
  /**
   * Sends a packet.
   * @param seconds when the sensor has it ready
   * @returns when the server has it, seconds
   */
  send(seconds: number, bytes: number): number;
}

export function createLink({ rateKbps, delayMs }: LinkSpec): Link {
  const trace: readonly LinkPoint[] =
    typeof rateKbps === 'number' ? [{ seconds: 0, rateKbps }] : (rateKbps ?? []);
  let freeAt = 0;
  return {
    delayMs,
    send(seconds, bytes) {
      freeAt = drainedAt(trace, Math.max(freeAt, seconds), (bytes * 8) / 1000);
      return freeAt + delayMs / 1000;
    },
  };
}

/** When some bits are through that begin at a moment. @param trace by rising time; none: as fast as needed */
function drainedAt(trace: readonly LinkPoint[], seconds: number, kilobits: number): number {
  if (trace.length === 0) return seconds;
  const from = Math.max(
    0,
    trace.findLastIndex((point) => point.seconds <= seconds),
  );
  let now = seconds;
  let left = kilobits;
  for (const [i, { rateKbps }] of trace.entries()) {
    if (i < from) continue;
    const until = trace[i + 1]?.seconds ?? Infinity;
    const fits = rateKbps * (until - now);
    if (left <= fits) return rateKbps > 0 ? now + left / rateKbps : now;
    left -= fits;
    now = until;
  }
  return Infinity;
}
