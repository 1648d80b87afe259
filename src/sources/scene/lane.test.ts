import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, isResting, pathLength, placesInView, pointOnPath, type Lane } from './lane.ts';

const free: Lane = {
  users: 'traffic',
  path: [
    [0, 0],
    [100, 0],
  ],
  speed: 10,
  spacing: 12,
  slots: 1,
  period: 12,
  stop: 0,
  fill: 1,
  trucks: 0,
  stray: 0,
};
const signalled: Lane = {
  ...free,
  spacing: 8,
  slots: 3,
  period: 40,
  stop: 60,
  signal: { cycleSeconds: 20, goFrom: 0.1, goUntil: 0.5 },
};

describe('a lane', () => {
  it('moves at its speed where nothing stops it', () => {
    expect(advance(free, 3)).toBeCloseTo(30);
  });

  it('moves on by one platoon with each cycle of its signal, and never back', () => {
    expect(advance(signalled, 20) - advance(signalled, 0)).toBeCloseTo(40);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (t, dt) => {
          return advance(signalled, t + dt) >= advance(signalled, t) - 1e-9;
        },
      ),
    );
  });

  it('rests while its signal is red', () => {
    expect(isResting(signalled, 15)).toBe(true);
    expect(isResting(signalled, 6)).toBe(false);
  });

  it('leaves the crossing free at rest', () => {
    const rest = placesInView(signalled, advance(signalled, 15)).map((place) => place.along);
    expect(rest.filter((along) => along > 60.5 && along < 83.5)).toEqual([]);
    expect(rest).toContainEqual(expect.closeTo(60));
  });

  it('keeps the identity of a place as it moves', () => {
    const [before, after] = [placesInView(free, 30), placesInView(free, 31)];
    for (const place of after) {
      const same = before.find((other) => other.index === place.index);
      if (same) expect(place.along - same.along).toBeCloseTo(1);
    }
  });

  it('covers the whole path at every moment', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (advanced) => {
        const along = placesInView(free, advanced).map((place) => place.along);
        return along.length >= 8 && along.every((s) => s >= 0 && s <= 100);
      }),
    );
  });
});

describe('a path', () => {
  const bent = [
    [0, 0],
    [10, 0],
    [10, -5],
  ] as const;

  it('is as long as its pieces', () => {
    expect(pathLength(bent)).toBeCloseTo(15);
  });

  it('turns at its corners; north is a quarter turn from east', () => {
    expect(pointOnPath(bent, 4).heading).toBeCloseTo(0);
    const north = pointOnPath(bent, 12);
    expect(north.position[2]).toBeCloseTo(-2);
    expect(north.heading).toBeCloseTo(Math.PI / 2);
  });
});
