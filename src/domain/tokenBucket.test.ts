import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_SECONDS, bucketViolations, createTokenBucket } from './tokenBucket.ts';

const second = (bytes: number, bandwidthKbps: number | null = 80) => ({ bytes, budget: { bandwidthKbps } });

describe('a token bucket of two seconds', () => {
  it('lets a burst of two seconds through once, and then the rate', () => {
    expect(bucketViolations([second(20_000), second(10_000), second(10_000)], 1)).toBe(0);
    expect(bucketViolations([second(20_001)], 1)).toBe(1);
    expect(bucketViolations([second(20_000), second(10_001)], 1)).toBe(1);
  });

  it('is full again after two seconds of silence and holds no more', () => {
    const quiet = [second(20_000), second(0), second(0), second(0), second(0)];
    expect(bucketViolations([...quiet, second(20_000)], 1)).toBe(0);
    expect(bucketViolations([...quiet, second(20_001)], 1)).toBe(1);
  });

  it('counts nothing without a budget', () => {
    expect(bucketViolations([second(1e9, null), second(20_000)], 1)).toBe(0);
  });

  it('lets no stretch of time through that holds more than the rate and a full bucket', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 30 }), (wishes) => {
        const bucket = createTokenBucket();
        const sent = wishes.map((wish) => {
          const bytes = Math.max(0, Math.min(wish, bucket.available(80)));
          bucket.spend(bytes, 80, 1);
          return bytes;
        });
        expect(
          bucketViolations(
            sent.map((bytes) => second(bytes)),
            1,
          ),
        ).toBe(0);
        for (let from = 0; from < sent.length; from += 1) {
          const total = sent.slice(from).reduce((a, b) => a + b, 0);
          expect(total).toBeLessThanOrEqual(10_000 * (sent.length - from - 1 + BUCKET_SECONDS));
        }
      }),
    );
  });
});
