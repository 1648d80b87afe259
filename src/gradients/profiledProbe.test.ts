import { describe, expect, it } from 'vitest';
import type { Detection } from '../domain/detection.ts';
import { combinedProbe, profiledProbe } from './profiledProbe.ts';

const at = (x: number): Detection => ({
  ...{ x, y: 0.4, width: 0.1, height: 0.1 },
  label: 'car',
  score: 0.9,
});
const [one, two, three] = [[at(0.1)], [at(0.1), at(0.5)], [at(0.1), at(0.5), at(0.8)]];

describe('profiledProbe', () => {
  it('is the change of mean F1 against the reference, as worked by hand', () => {
    // Against three: F1 of one is ½, of two 0.8, of three 1. Gains 0.3, 0 and 0.5.
    expect(profiledProbe([one, two, one], [two, two, three], [three, three, three])).toBeCloseTo(0.8 / 3, 12);
    // (0.3 − 0.2 + 0) / 3: the cheap side may well be right.
    expect(profiledProbe([one, three, []], [two, two, []], [three, three, []])).toBeCloseTo(0.1 / 3, 12);
  });

  it('counts what the reference does not see as false, and nothing where both see the same', () => {
    expect(profiledProbe([[]], [one], [[]])).toBe(-1);
    expect(profiledProbe([two], [two], [one])).toBe(0);
    expect(profiledProbe([], [], [])).toBe(0);
  });
});

describe('combinedProbe', () => {
  it('lies half-way between what the reference and the neighbours themselves say', () => {
    expect(combinedProbe(0.3, 0.1)).toBeCloseTo(0.2, 12);
    expect(combinedProbe(-0.1, 0.1)).toBe(0);
  });
});
