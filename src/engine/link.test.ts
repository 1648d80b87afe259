import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLink } from './link.ts';

describe('link', () => {
  it('takes bytes × 8 / rate, then the delay', () => {
    const link = createLink({ rateKbps: 80, delayMs: 50, deadlineMs: null });
    expect(link.send(1, 1000)).toBeCloseTo(1 + 0.1 + 0.05, 9);
  });

  it('queues what comes while it is busy', () => {
    const link = createLink({ rateKbps: 8, delayMs: 0, deadlineMs: null });
    expect(link.send(0, 1000)).toBeCloseTo(1, 9);
    expect(link.send(0.5, 1000)).toBeCloseTo(2, 9);
    expect(link.send(5, 1000)).toBeCloseTo(6, 9);
  });

  it('follows a trace, over its steps and beyond its ends', () => {
    const step = [
      { seconds: 1, rateKbps: 8 },
      { seconds: 2, rateKbps: 16 },
    ];
    const link = createLink({ rateKbps: step, delayMs: 0, deadlineMs: null });
    // 8 kbit at 8 kbps, before the trace's first moment too.
    expect(link.send(0, 1000)).toBeCloseTo(1, 9);
    // From 1.5 s: 4 of 8 kbit by 2 s, the other 4 at 16 kbps.
    expect(link.send(1.5, 1000)).toBeCloseTo(2.25, 9);
    expect(link.send(100, 1000)).toBeCloseTo(100.5, 9);
  });

  it('waits out an outage, and for ever where the trace ends in one', () => {
    const outage = [
      { seconds: 0, rateKbps: 8 },
      { seconds: 1, rateKbps: 0 },
      { seconds: 3, rateKbps: 8 },
    ];
    expect(createLink({ rateKbps: outage, delayMs: 0, deadlineMs: null }).send(0.5, 1000)).toBeCloseTo(
      3.5,
      9,
    );
    const dead = createLink({ rateKbps: outage.slice(0, 2), delayMs: 0, deadlineMs: null });
    expect(dead.send(2, 1)).toBe(Infinity);
  });

  it('lets what is sent before a second round pass it, and takes the round’s time of the queue all the same', () => {
    const idle = createLink({ rateKbps: null, delayMs: 100, deadlineMs: null });
    expect(idle.send(0.2, 1000, 0)).toBeCloseTo(0.3, 9);
    expect(idle.send(0.1, 1000)).toBeCloseTo(0.2, 9);
    // 8 kbit each at 80 kbps: a tenth of a second.
    const busy = createLink({ rateKbps: 80, delayMs: 0, deadlineMs: null });
    expect(busy.send(0.5, 1000, 0)).toBeCloseTo(0.6, 9);
    expect(busy.send(0, 1000)).toBeCloseTo(0.2, 9);
    expect(busy.send(0, 9000)).toBeCloseTo(1.1, 9);
  });

  it('never delivers out of order, nor before it was sent', () => {
    const packets = fc.array(
      fc.record({ gap: fc.double({ min: 0, max: 2, noNaN: true }), bytes: fc.nat(1e5) }),
    );
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 1e5 }), (list, rateKbps) => {
        const link = createLink({ rateKbps, delayMs: 20, deadlineMs: null });
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
