/**
 * A budget as a network enforces it: a bucket that fills at the budget's rate and holds two seconds of it. What is sent
 * takes tokens; an interval that takes more than there are violates it (RFC 2697 describes such a meter).
 */
export const BUCKET_SECONDS = 2;

export interface TokenBucket {
  /** Bytes that may be sent now. Below 0 while an earlier violation is made up for. */
  available(rateKbps: number): number;
  /** Tells what an interval has sent; its seconds' tokens come in. */
  spend(bytes: number, rateKbps: number, seconds: number): void;
}

const bytesOf = (rateKbps: number, seconds: number): number => (rateKbps * 1000 * seconds) / 8;

/** A full bucket. The rate may change from interval to interval; what is above the bucket's rim is lost. */
export function createTokenBucket(): TokenBucket {
  let level = Infinity;
  const available = (rateKbps: number): number => Math.min(level, bytesOf(rateKbps, BUCKET_SECONDS));
  return {
    available,
    spend(bytes, rateKbps, seconds) {
      level = available(rateKbps) - bytes + bytesOf(rateKbps, seconds);
    },
  };
}

/** How many intervals sent more than the bucket held; those without a bandwidth budget neither fill nor take. */
export function bucketViolations(
  intervals: readonly {
    readonly bytes: number;
    readonly budget: { readonly bandwidthKbps: number | null };
  }[],
  intervalSeconds: number,
): number {
  const bucket = createTokenBucket();
  let violations = 0;
  for (const { bytes, budget } of intervals) {
    if (budget.bandwidthKbps === null) continue;
    if (bytes > bucket.available(budget.bandwidthKbps)) violations += 1;
    bucket.spend(bytes, budget.bandwidthKbps, intervalSeconds);
  }
  return violations;
}
