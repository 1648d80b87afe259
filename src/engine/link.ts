/** The network between sensor and server: a queue that drains at a rate, then a delay. */
import type { LinkPoint, LinkSpec } from '../domain/experiment.ts';

export interface Link {
  /** One way. */
  readonly delayMs: number;
  /**
   * Sends a packet.
   * @param seconds when the sensor has it ready
   * @param soonest the moment before which nothing more will be sent: earlier than `seconds` for what is known of
   * beforehand, a second round. What is sent in between must not wait for it, so its bits take their time of the queue at once.
   * @returns when the server has it, seconds
   */
  send(seconds: number, bytes: number, soonest?: number): number;
}

export function createLink({ rateKbps, delayMs }: LinkSpec): Link {
  const trace: readonly LinkPoint[] =
    typeof rateKbps === 'number' ? [{ seconds: 0, rateKbps }] : (rateKbps ?? []);
  let freeAt = 0;
  return {
    delayMs,
    send(seconds, bytes, soonest = seconds) {
      const through = (from: number): number => drainedAt(trace, Math.max(freeAt, from), (bytes * 8) / 1000);
      const arrives = through(seconds) + delayMs / 1000;
      freeAt = through(soonest);
      return arrives;
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
