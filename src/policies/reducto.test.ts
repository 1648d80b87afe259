import { describe, expect, it } from 'vitest';
import { DEFAULT_REDUCTO } from '../domain/experiment.ts';
import type { Differences, FrameSeen, Policy } from './policy.ts';
import { accuracyUnder, createReducto, lookUp } from './reducto.ts';
import { box, contextOf, observation, seeing } from './testTrace.ts';

const [A, B] = [seeing(box(0.1, 0.1, 0.1)), seeing(box(0.6, 0.6, 0.1))];
/** Five captures of one thing, then five of another. */
const CUT = [A, A, A, A, A, B, B, B, B, B];
const STILL = CUT.map(() => A);
/** Where the cut is, 3 % of the frame change. */
const AT_CUT = [0, 0, 0, 0, 0, 0.03, 0, 0, 0, 0];

describe('the accuracy under a threshold', () => {
  it('is that of the last frame kept', () => {
    // 2 % lets the cut through; 4 % does not, and five of ten captures show what is gone.
    expect(accuracyUnder(2, AT_CUT, CUT, 10)).toBe(1);
    expect(accuracyUnder(4, AT_CUT, CUT, 10)).toBe(0.5);
    expect(accuracyUnder(4, AT_CUT, STILL, 10)).toBe(1);
    expect(accuracyUnder(0, AT_CUT, CUT, 10)).toBe(1);
  });

  it('adds up what changes slowly', () => {
    // 1 % a capture: with 4 %, captures 4 and 8 are sent. A B shows at 5 to 7 what was there at 4.
    const slow = CUT.map((_, i) => (i === 0 ? 0 : 0.01));
    expect(accuracyUnder(4, slow, CUT, 10)).toBe(0.7);
  });

  it('sends only frames whose turn it is', () => {
    // At 2 fps captures 0 and 5 are sent, which is when the cut is.
    expect(accuracyUnder(0, AT_CUT, CUT, 2)).toBe(1);
    // At 1 fps only the first.
    expect(accuracyUnder(0, AT_CUT, CUT, 1)).toBe(0.5);
  });
});

describe('the table', () => {
  const entry = (threshold: number, ...differences: number[]) => ({ threshold, differences });

  it('knows nothing when it is empty', () => {
    expect(lookUp([], [0.1])).toBeNull();
  });

  it('has the five nearest vote, each with the inverse of its distance', () => {
    // Range 0 to 0.3, 30 bins of 0.01. Histograms of two values each; the one looked up has 0 and 0.3.
    const table = [
      // The same but for one value: √(0.5² + 0.5²) = 0.71, a vote of 1.41.
      entry(4, 0, 0.155),
      // The same but for one value: 1.41 each, together 2.83.
      entry(1, 0.055, 0.3),
      entry(1, 0.1, 0.3),
      // Nothing alike: √(4 · 0.5²) = 1, a vote of 1 each, together 2.
      entry(8, 0.055, 0.155),
      entry(8, 0.105, 0.205),
    ];
    // But 3 · 0.71 + 2 · 1 = 4.1 is far; against entries that are the very same it is near.
    expect(lookUp(table, [0, 0.3])).toBeNull();
    const same = [entry(2, 0, 0.3), entry(2, 0, 0.3), entry(2, 0, 0.3)];
    // Three at 0 and two at 0.71: 1.41, not above 1.9.
    expect(lookUp([...table, ...same], [0, 0.3])).toBe(2);
  });

  it('weighs votes where none is the same, and of equal votes takes the more careful', () => {
    // Ten values each, of which one differs: √(2 · 0.1²) = 0.14, five of them 0.71.
    const nine = new Array<number>(9).fill(0);
    const table = [4, 4, 4, 1, 1].map((threshold, i) => entry(threshold, ...nine, 0.3 + i / 10));
    expect(lookUp(table, [...nine, 0.2])).toBe(4);
    expect(lookUp(table.slice(1), [...nine, 0.2])).toBe(1);
  });
});

describe('Reducto', () => {
  const differences = (pixelFilter: readonly number[]): Differences => ({
    pixelFilter,
    areaFilter: pixelFilter.map(() => 0),
    edgeFilter: pixelFilter.map(() => 0),
  });
  const reducto = (profiledIntervals = 5): Policy =>
    createReducto(
      { ...DEFAULT_REDUCTO, feature: 'pixelFilter', profiledIntervals, configuration: {} },
      contextOf([]),
    );
  /** The threshold that an interval runs at. */
  const interval = (policy: Policy, changes: readonly number[], seen: readonly FrameSeen[]): number => {
    const filtered = policy.filter?.(differences(changes));
    policy.next(observation({ seen, differences: differences(changes) }));
    expect(filtered).toMatchObject({ areaFilter: 0, edgeFilter: 0 });
    return filtered?.pixelFilter ?? -1;
  };

  it('sends the first intervals whole, then at the largest threshold that kept its accuracy', () => {
    const policy = reducto();
    const ran = Array.from({ length: 7 }, () => interval(policy, AT_CUT, CUT));
    expect(ran).toEqual([0, 0, 0, 0, 0, 2, 2]);
  });

  it('sends whole what is like nothing it knows, until it knows enough of it', () => {
    const policy = reducto();
    for (let i = 0; i < 5; i += 1) interval(policy, AT_CUT, CUT);
    // 20 % a capture, and nothing new to see: any threshold would do. Beside n of its own kind it is held against 5 − n of
    // the others: its one bin of 1 against theirs of 8/9 and 1/9 is √(1 + 0.79 + 0.01) = 1.34 each, so n must be 4.
    const wild = [0, ...new Array<number>(9).fill(0.2)];
    const ran = Array.from({ length: 6 }, () => interval(policy, wild, STILL));
    expect(ran).toEqual([0, 0, 0, 0, 8, 8]);
    expect(interval(policy, AT_CUT, CUT)).toBe(2);
  });

  it('keeps everything where every dropped frame would be wrong', () => {
    const policy = reducto(1);
    const blinking = CUT.map((_, i) => (i % 2 === 0 ? A : B));
    const changes = CUT.map((_, i) => (i === 0 ? 0 : 0.001));
    expect([interval(policy, changes, blinking), interval(policy, changes, blinking)]).toEqual([0, 0]);
  });

  it('learns nothing from an interval of which a live run missed captures', () => {
    const policy = reducto(1);
    interval(policy, AT_CUT, CUT.slice(1));
    expect(interval(policy, AT_CUT, CUT)).toBe(0);
    expect(interval(policy, AT_CUT, CUT)).toBe(2);
  });

  it('starts where it is given, with all filters off', () => {
    const given = { ...DEFAULT_REDUCTO, configuration: { quantizer: 96, areaFilter: 4 } };
    const { configuration } = createReducto(given, contextOf(['quantizer'])).first();
    expect(configuration).toMatchObject({ quantizer: 96, areaFilter: 0, pixelFilter: 0, edgeFilter: 0 });
  });
});
