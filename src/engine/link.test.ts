import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLink } from './link.ts';

describe('link', () => {
  it('takes bytes × 8 / rate, then the delay', () => {
    const link = createLink({ rateKbps: 80, delayMs: 50 });
    expect(link.send(1, 1000)).toBeCloseTo(1 + 0.1 + 0.05, 9);
  });

  it('queues what comes while it is busy', () => {
    const link = createLink({ rateKbps: 8, delayMs: 0 });
    expect(link.send(0, 1000)).toBeCloseTo(1, 9);
    expect(link.send(0.5, 1000)).toBeCloseTo(2, 9);
    expect(link.send(5, 1000)).toBeCloseTo(6, 9);
  });

  it('never delivers out of order, nor before it was sent', () => {
    const packets = fc.array(
      fc.record({ gap: fc.double({ min: 0, max: 2, noNaN: true }), bytes: fc.nat(1e5) }),
    );
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 1e5 }), (list, rateKbps) => {
        const link = createLink({ rateKbps, delayMs: 20 });
        let now = 0;
        let before = 0;
        return list.every(({ gap, bytes }) => {
          now += gap;
          const arrival = link.send(now, bytes);
          const fine = arrival >= before && arrival >= now + 0.02 - 1e-9;
          before = arrival;
          return fine;
        });
      }),
    );
  });
});
