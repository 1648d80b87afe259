import { describe, expect, it } from 'vitest';
import { needAt, oneStaticAt, onSource, savingOf } from './need.ts';

const at = (bandwidthKbps: number, accuracy: number) => ({ bandwidthKbps, accuracy });

describe('what an F1 needs', () => {
  const outcomes = [at(100, 0.8), at(300, 0.85), at(200, 0.9), at(400, 1)];

  it('is read off the hull, on which a point that others beat has no part', () => {
    expect(needAt(outcomes, 0.85)).toEqual({ kbps: expect.closeTo(150) as number, isAtMost: false });
    expect(needAt(outcomes, 0.95)).toEqual({ kbps: expect.closeTo(300) as number, isAtMost: false });
    expect(needAt(outcomes, 0.8)).toEqual({ kbps: 100, isAtMost: false });
  });

  it('is a bound below the cheapest, and unknown above all', () => {
    expect(needAt(outcomes, 0.7)).toEqual({ kbps: 100, isAtMost: true });
    expect(needAt(outcomes.slice(0, 3), 0.95)).toBeNull();
    expect(needAt([], 0.5)).toBeNull();
  });

  it('is compared with the bounds that follow', () => {
    const [exact, bound] = [
      { kbps: 200, isAtMost: false },
      { kbps: 200, isAtMost: true },
    ];
    expect(savingOf({ kbps: 150, isAtMost: false }, exact)).toEqual({ share: 0.25, bound: '' });
    expect(savingOf({ kbps: 300, isAtMost: false }, exact)).toEqual({ share: -0.5, bound: '' });
    // It may need less still: saves at least that.
    expect(savingOf({ kbps: 150, isAtMost: true }, exact)).toEqual({ share: 0.25, bound: '≥' });
    // The other may need less still: saves at most that.
    expect(savingOf({ kbps: 150, isAtMost: false }, bound)).toEqual({ share: 0.25, bound: '≤' });
    expect(savingOf(bound, bound)).toBeNull();
    expect(savingOf(null, exact)).toBeNull();
  });
});

describe('the one static', () => {
  // The second place is beaten by sharing time between the others.
  const means = [at(100, 0.8), at(290, 0.82), at(300, 1)];

  it('shares time between two places of the grid, the same on every source', () => {
    const one = oneStaticAt(means, 0.85);
    expect(one).toEqual({ places: [0, 2], share: expect.closeTo(0.25) as number });
    const there = one && onSource(one, [at(40, 0.4), at(1, 1), at(80, 0.8)]);
    expect(there).toEqual({
      bandwidthKbps: expect.closeTo(50) as number,
      accuracy: expect.closeTo(0.5) as number,
    });
  });

  it('is a single place where the cheapest is enough, and none where none reaches it', () => {
    expect(oneStaticAt(means, 0.8)).toEqual({ places: [0, 0], share: 0 });
    expect(oneStaticAt(means.slice(0, 2), 0.9)).toBeNull();
  });
});
